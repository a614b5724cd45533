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
};

/** A person's own views of a list, above it, and the way to save what is shown as one more. */
export function ListViews({ list, search, views }: Props) {
  const shown = viewSearch(search);
  const mayBeSaved = shown !== null && !views.some((view) => view.search === shown);
  if (views.length === 0 && !mayBeSaved) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {views.length > 0 && (
        <FilterChips
          label="Saved views"
          chips={views.map((view) => ({ label: view.name, to: `${paths.staff.list(list)}?${view.search}`, current: view.search === shown }))}
        />
      )}
      {mayBeSaved && <TextLink to={paths.staff.savedViews(list, shown)}>Save this view</TextLink>}
      {views.length > 0 && <TextLink to={paths.staff.savedViews(list)}>Edit views</TextLink>}
    </div>
  );
}

/** All pages of a list as they are filtered, searched and sorted, below it. */
export function ListDownload({ to }: { to: string }) {
  return (
    <div className="flex justify-end">
      <ButtonLink to={to} reloadDocument icon={Download}>
        Download CSV
      </ButtonLink>
    </div>
  );
}
