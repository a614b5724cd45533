import { Download } from "lucide-react";
import { ButtonLink } from "~/ui/button";

type Props = {
  /** Where the list is downloaded, as it is filtered, searched and sorted. */
  csv: string;
};

/** What can be done with a list as it is shown. */
export function ListTools({ csv }: Props) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <ButtonLink to={csv} reloadDocument icon={Download}>
        Download CSV
      </ButtonLink>
    </div>
  );
}
