import { FilePlus, Wrench } from "lucide-react";
import { useLoaderData } from "react-router";
import { orderParams, parseList, placeParams } from "~/kernel/list-order";
import { paths } from "~/kernel/paths";
import { type InspectionFilter, inspectionFilterNames, inspectionFilters, parseInspectionFilter } from "~/modules/inspections/inspection-filters";
import { InspectionTable } from "~/modules/inspections/inspection-table.view";
import { PartTrend } from "~/modules/inspections/part-trend.view";
import { readSavedViews } from "~/modules/people/saved-views/saved-views.server";
import { staff } from "~/platform/http/guards.server";
import { type InspectionSort, inspectionSorts } from "~/queries/inspections.server";
import { countOpenDefects, readInspectionList, readPartTrend } from "~/queries/staff/inspection-list.server";
import { ButtonLink } from "~/ui/button";
import { Columns } from "~/ui/columns";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { columnSorts, listAddress } from "~/ui/list-sort";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { ListDownload, ListViews } from "./list-tools";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Inspections" }];

export const loader = staff.loader("inspection:read", async ({ services, session, url }) => {
  const { db, clock } = services;
  const wanted = parseList(url.searchParams, inspectionSorts);
  const filter = parseInspectionFilter(url.searchParams.get("show"));
  const [list, trend, open, views] = await Promise.all([
    readInspectionList(db, { ...wanted, filter }),
    readPartTrend(db, clock.now()),
    countOpenDefects(db),
    readSavedViews(services, { me: session.membership.id, list: "inspections" }),
  ]);
  return { ...list, trend, open, views, filter, query: wanted.query, order: wanted.order, first: wanted.after === null };
});

const shownBy = (filter: InspectionFilter): Record<string, string> => (filter === "all" ? {} : { show: filter });
const narrowed = (filter: InspectionFilter, query: string) => ({ ...shownBy(filter), ...(query ? { q: query } : {}) });

export default function Inspections() {
  const { rows, next, first, trend, open, views, filter, query, order } = useLoaderData<typeof loader>();
  const { now } = useFormat();
  const sort = columnSorts<InspectionSort>(narrowed(filter, query), order ?? { by: "signed", direction: "desc" });
  const address = (show: InspectionFilter, more = {}) => listAddress(narrowed(show, query), order, more);
  const { live } = useShopRoom(["inspection"]);
  return (
    <>
      <PageHeader
        title="Inspections"
        state={<LiveDot {...live} now={now} />}
        action={
          <>
            {open > 0 && (
              <ButtonLink to={paths.staff.openDefects()} kind="primary" icon={Wrench}>
                {open === 1 ? "1 open defect" : `${open} open defects`}
              </ButtonLink>
            )}
            <ButtonLink to={paths.staff.enterInspection({})} icon={FilePlus}>
              Enter paper report
            </ButtonLink>
            <ButtonLink to={paths.staff.missingInspections}>Missing</ButtonLink>
          </>
        }
      />
      <PageBody>
        <Columns side={<PartTrend rows={trend} />}>
          <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
            <FilterChips
              label="Filter inspections"
              chips={inspectionFilterNames.map((name) => ({ label: inspectionFilters[name].label, to: address(name), current: name === filter }))}
            />
            <div className="lg:w-64 lg:shrink-0">
              <SearchField label="Find an inspection" value={query} placeholder="Unit, driver, customer" keep={{ ...shownBy(filter), ...orderParams(order) }} />
            </div>
          </div>
          <ListViews list="inspections" search={address(filter)} views={views} />
          {rows.length === 0 ? (
            <Empty
              title={query ? "No inspection matches" : inspectionFilters[filter].empty}
              body={query ? "Try another search, or choose All." : "Drivers file inspections in the driver portal. They show up here as they are signed."}
            />
          ) : (
            <InspectionTable rows={rows} rowTo={paths.staff.inspection} withCustomer sort={sort} />
          )}
          {(next || !first) && (
            <Pager label="Pages of inspections" previous={first ? undefined : address(filter)} next={next ? address(filter, placeParams(next)) : undefined} />
          )}
          {rows.length > 0 && <ListDownload to={`${paths.staff.inspectionsCsv}${address(filter)}`} />}
        </Columns>
      </PageBody>
    </>
  );
}
