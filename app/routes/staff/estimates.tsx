import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { orderParams, parseList, placeParams } from "~/kernel/list-order";
import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { defaultFilter, type EstimateFilter, estimateFilters, filterNames, parseFilter } from "~/modules/estimates/estimate-filters";
import { EstimateMark } from "~/modules/estimates/estimate-list.view";
import { estimateNumber } from "~/modules/estimates/format";
import { readSavedViews } from "~/modules/people/saved-views/saved-views.server";
import { staff } from "~/platform/http/guards.server";
import { type EstimateSort, estimateSorts, readEstimateList } from "~/queries/staff/estimate-list.server";
import { ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { columnSorts, listAddress } from "~/ui/list-sort";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { UnitPlate } from "~/ui/unit-plate";
import { ListDownload, ListViews } from "./list-tools";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Estimates" }];

export const loader = staff.loader("estimate:read", async ({ services, session, url }) => {
  const wanted = parseList(url.searchParams, estimateSorts);
  const filter = parseFilter(url.searchParams.get("show"), wanted.query);
  const today = dayOf(services.clock.now(), session.organization.zone);
  const [list, views] = await Promise.all([
    readEstimateList(services.db, { ...wanted, filter, today }),
    readSavedViews(services, { me: session.membership.id, list: "estimates" }),
  ]);
  return { ...list, views, filter, query: wanted.query, order: wanted.order, first: wanted.after === null };
});

type Row = Awaited<ReturnType<typeof readEstimateList>>["rows"][number];
/** The filter and search of an address, without those that it has anyway. */
const narrowed = (filter: EstimateFilter, query: string) => ({ ...(filter === defaultFilter(query) ? {} : { show: filter }), ...(query ? { q: query } : {}) });

export default function Estimates() {
  const { rows, views, next, first, filter, query, order } = useLoaderData<typeof loader>();
  const { day, money, now } = useFormat();
  const sort = columnSorts<EstimateSort>(narrowed(filter, query), order ?? { by: "number", direction: "desc" });
  const address = (show: EstimateFilter, more = {}) => listAddress(narrowed(show, query), order, more);
  const { live } = useShopRoom(["estimate", "work-order"]);
  const add = (
    <ButtonLink to={paths.staff.newEstimate} kind="primary" icon={Plus}>
      New estimate
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title="Estimates" state={<LiveDot {...live} now={now} />} action={add} />
      <PageBody>
        <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
          <FilterChips
            label="Filter estimates"
            chips={filterNames.map((name) => ({ label: estimateFilters[name].label, to: address(name), current: name === filter }))}
          />
          <div className="lg:w-72">
            <SearchField
              label="Find an estimate"
              value={query}
              placeholder="Number, unit, customer, title"
              keep={{ ...(filter === defaultFilter(query) ? {} : { show: filter }), ...orderParams(order) }}
            />
          </div>
        </div>
        <ListViews list="estimates" search={address(filter)} views={views} />
        {rows.length === 0 ? (
          <Empty
            title={query ? "No estimate matches" : estimateFilters[filter].empty}
            body={query ? "Try another search, or choose All." : "Write up what a repair will cost and send it. The customer answers in the portal."}
            action={query || filter !== "open" ? undefined : add}
          />
        ) : (
          <DataTable
            caption="Estimates"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.estimate(id)}
            columns={[
              {
                key: "number",
                title: "Estimate",
                sort: sort("number", "desc"),
                cell: ({ number }) => <span className="font-semibold tabular-nums">{estimateNumber(number)}</span>,
              },
              { key: "unit", title: "Unit", cell: ({ unitNumber }) => <UnitPlate number={unitNumber} /> },
              {
                key: "title",
                title: "Title",
                wraps: true,
                cell: (row) => (
                  <span className="grid min-w-0">
                    <span className="line-clamp-2">{row.title}</span>
                    <span className="line-clamp-1 text-small text-ink-soft xl:hidden">{row.customer}</span>
                    <span className="flex flex-wrap items-baseline justify-between gap-x-3 *:wrap-normal *:whitespace-normal sm:hidden">
                      <EstimateMark {...row} />
                      <span className="ml-auto tabular-nums">{row.total === null ? "Not sent" : money(row.total)}</span>
                    </span>
                  </span>
                ),
              },
              { key: "customer", title: "Customer", wraps: true, from: "xl", cell: ({ customer }) => customer },
              { key: "state", title: "State", from: "sm", cell: (row) => <EstimateMark {...row} /> },
              { key: "until", title: "Valid until", from: "lg", sort: sort("until"), cell: ({ validThrough }) => (validThrough ? day(validThrough) : "") },
              {
                key: "total",
                title: "Total",
                from: "lg",
                figures: true,
                sort: sort("total", "desc"),
                cell: ({ total }) => (total === null ? "Not sent" : money(total)),
              },
            ]}
          />
        )}
        {(next || !first) && (
          <Pager label="Pages of estimates" previous={first ? undefined : address(filter)} next={next ? address(filter, placeParams(next)) : undefined} />
        )}
        {rows.length > 0 && <ListDownload to={`${paths.staff.estimatesCsv}${address(filter)}`} />}
      </PageBody>
    </>
  );
}
