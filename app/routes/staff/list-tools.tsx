import { Download } from "lucide-react";
import { paths } from "~/kernel/paths";
import { type SavedList, type SavedView, viewSearch } from "~/modules/people/saved-views/saved-view";
import { ButtonLink } from "~/ui/button";
import { FilterChips } from "~/ui/filters";
import { TextLink } from "~/ui/text-link";

type Props = {
  list: SavedList;
  /** Filter, search and order of the list, as its address has them. */
  search: string;
  views: readonly SavedView[];
  /** Where the list is downloaded. */
  csv: string;
};

/** What can be done with a list as it is shown: its person's own views of it, and a download of all its pages. */
export function ListTools({ list, search, views, csv }: Props) {
  const shown = viewSearch(search);
  const isSaved = views.some((view) => view.search === shown);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {views.length > 0 && (
          <FilterChips
            label="Saved views"
            chips={views.map((view) => ({ label: view.name, to: `${paths.staff.list(list)}?${view.search}`, current: view.search === shown }))}
          />
        )}
        {shown !== null && !isSaved && <TextLink to={paths.staff.savedViews(list, shown)}>Save this view</TextLink>}
        {views.length > 0 && <TextLink to={paths.staff.savedViews(list)}>Edit views</TextLink>}
      </div>
      <ButtonLink to={`${csv}${search}`} reloadDocument icon={Download}>
        Download CSV
      </ButtonLink>
    </div>
  );
}
