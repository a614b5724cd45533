import { Download, FilePlus, Wrench } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { type InspectionFilter, inspectionFilterNames, inspectionFilters, parseInspectionFilter } from "~/modules/inspections/inspection-filters";
import { cursorIn, cursorText, InspectionTable } from "~/modules/inspections/inspection-table.view";
import { PartTrend } from "~/modules/inspections/part-trend.view";
import { staff } from "~/platform/http/guards.server";
import { countOpenDefects, readInspectionList, readPartTrend } from "~/queries/staff/inspection-list.server";
import { ButtonLink } from "~/ui/button";
import { Columns } from "~/ui/columns";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Inspections" }];

export const loader = staff.loader("inspection:read", async ({ services: { db, clock }, url }) => {
  const query = url.searchParams.get("q") ?? "";
  const filter = parseInspectionFilter(url.searchParams.get("show"));
  const after = cursorIn(url.searchParams.get("after"));
  const [list, trend, open] = await Promise.all([readInspectionList(db, { filter, query, after }), readPartTrend(db, clock.now()), countOpenDefects(db)]);
  return { ...list, trend, open, filter, query, first: after === null };
});

const address = (filter: InspectionFilter, query: string, after?: Parameters<typeof cursorText>[0] | null) =>
  `?${new URLSearchParams({ ...(filter === "all" ? {} : { show: filter }), ...(query ? { q: query } : {}), ...(after ? { after: cursorText(after) } : {}) })}`;

export default function Inspections() {
  const { rows, next, first, trend, open, filter, query } = useLoaderData<typeof loader>();
  const { now } = useFormat();
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
            <ButtonLink to={`${paths.staff.inspectionsCsv}${address(filter, query)}`} reloadDocument icon={Download}>
              CSV
            </ButtonLink>
          </>
        }
      />
      <PageBody>
        <Columns side={<PartTrend rows={trend} />}>
          <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
            <FilterChips
              label="Filter inspections"
              chips={inspectionFilterNames.map((name) => ({ label: inspectionFilters[name].label, to: address(name, query), current: name === filter }))}
            />
            <div className="lg:w-64 lg:shrink-0">
              <SearchField label="Find an inspection" value={query} placeholder="Unit, driver, customer" keep={filter === "all" ? {} : { show: filter }} />
            </div>
          </div>
          {rows.length === 0 ? (
            <Empty
              title={query ? "No inspection matches" : inspectionFilters[filter].empty}
              body={query ? "Try another search, or choose All." : "Drivers file inspections in the driver portal. They show up here as they are signed."}
            />
          ) : (
            <InspectionTable rows={rows} rowTo={paths.staff.inspection} withCustomer />
          )}
          {(next || !first) && (
            <Pager label="Pages of inspections" previous={first ? undefined : address(filter, query)} next={next ? address(filter, query, next) : undefined} />
          )}
        </Columns>
      </PageBody>
    </>
  );
}
