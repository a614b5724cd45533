import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { newId } from "~/kernel/ids";
import { orderParams, parseList, placeParams } from "~/kernel/list-order";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { nameOfAsset } from "~/modules/assets/asset";
import { unitConditionLabels } from "~/modules/inspections/defects/defect";
import { readSavedViews } from "~/modules/people/saved-views/saved-views.server";
import { parseUnitFilter, type UnitFilter, unitFilterNames, unitFilters } from "~/modules/work-orders/unit-status/unit-filters";
import { unitStatus } from "~/modules/work-orders/unit-status/unit-status";
import { statusTones } from "~/modules/work-orders/unit-status/unit-status.view";
import { staff } from "~/platform/http/guards.server";
import { readUnitList, unitSorts } from "~/queries/staff/unit-list.server";
import { ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { columnSorts, listAddress } from "~/ui/list-sort";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark, type Tone } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { ListDownload, ListViews } from "./list-tools";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Assets" }];

export const loader = staff.loader("asset:read", async ({ services, session, url }) => {
  const wanted = parseList(url.searchParams, unitSorts);
  const filter = parseUnitFilter(url.searchParams.get("show"));
  const [list, views] = await Promise.all([
    readUnitList(services.db, { ...wanted, filter, customer: null }),
    readSavedViews(services, { me: session.membership.id, list: "assets" }),
  ]);
  const mayAdd = may("staff", session.membership.role, "asset:manage");
  return {
    ...list,
    views,
    filter,
    query: wanted.query,
    order: wanted.order,
    first: wanted.after === null,
    fresh: newId("asset", services.clock.now()),
    mayAdd,
  };
});

type Row = Awaited<ReturnType<typeof readUnitList>>["rows"][number];
/** The filter and search of an address, without those that it has anyway. */
const narrowed = (filter: UnitFilter, query: string) => ({ ...(filter === "all" ? {} : { show: filter }), ...(query ? { q: query } : {}) });

/** Its one state: out of service, that it may not be driven, or where it is. */
function stateOf(row: Row): { tone: Tone; label: string } {
  const { status, label } = unitStatus(row, row.orders);
  if (row.condition === "do-not-operate" && status !== "out-of-service") return { tone: "red", label: unitConditionLabels[row.condition] };
  if (row.criticalFault && status !== "out-of-service") return { tone: "red", label: "Critical fault" };
  return { tone: statusTones[status], label };
}

export default function Assets() {
  const { rows, views, next, first, filter, query, order, fresh, mayAdd } = useLoaderData<typeof loader>();
  const { now } = useFormat();
  const sort = columnSorts(narrowed(filter, query), order ?? { by: "unit", direction: "asc" });
  const address = (show: UnitFilter, more = {}) => listAddress(narrowed(show, query), order, more);
  const { live } = useShopRoom(["asset", "work-order", "inspection"]);
  const add = mayAdd && (
    <ButtonLink to={paths.staff.assetForm(fresh)} kind="primary" icon={Plus}>
      Add unit
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title="Assets" state={<LiveDot {...live} now={now} />} action={add} />
      <PageBody>
        <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
          <FilterChips
            label="Filter units"
            chips={unitFilterNames.map((name) => ({ label: unitFilters[name], to: address(name), current: name === filter }))}
          />
          <div className="lg:w-72">
            <SearchField
              label="Find a unit"
              value={query}
              placeholder="Number, VIN, plate, customer"
              keep={{ ...narrowed(filter, ""), ...orderParams(order) }}
            />
          </div>
        </div>
        <ListViews list="assets" search={address(filter)} views={views} />
        {rows.length === 0 ? (
          <Empty
            title={query || filter !== "all" ? "No unit matches" : "No units yet"}
            body={
              query || filter !== "all"
                ? "Try another search, or choose All."
                : "Your customers' trucks, trailers and equipment, and your own fleet, show up here."
            }
            action={query || filter !== "all" ? undefined : add}
          />
        ) : (
          <DataTable
            caption="Units"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.asset(id)}
            columns={[
              {
                key: "unit",
                title: "Unit",
                sort: sort("unit"),
                cell: (row) => <UnitPlate number={row.unitNumber} state={stateOf(row).tone} />,
              },
              {
                key: "name",
                title: "Vehicle",
                wraps: true,
                cell: (row) => (
                  <span className="grid min-w-0">
                    <span>{nameOfAsset(row)}</span>
                    {row.due && <span className="text-small">Maintenance {row.due}</span>}
                    <span className="line-clamp-1 text-small text-ink-soft xl:hidden">{row.customer}</span>
                  </span>
                ),
              },
              { key: "customer", title: "Customer", wraps: true, from: "xl", cell: ({ customer }) => customer },
              {
                key: "status",
                title: "Status",
                cell: (row) => <StateMark bare {...stateOf(row)} />,
                from: "sm",
              },
              { key: "plate", title: "Plate", from: "lg", code: true, cell: ({ plate }) => plate ?? "" },
              { key: "vin", title: "VIN or serial", from: "lg", code: true, cell: ({ vin }) => vin ?? "" },
            ]}
          />
        )}
        {(next || !first) && (
          <Pager label="Pages of units" previous={first ? undefined : address(filter)} next={next ? address(filter, placeParams(next)) : undefined} />
        )}
        {rows.length > 0 && <ListDownload to={`${paths.staff.assetsCsv}${address(filter)}`} />}
      </PageBody>
    </>
  );
}
