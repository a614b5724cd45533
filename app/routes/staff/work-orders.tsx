import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { orderParams, parseList, placeParams } from "~/kernel/list-order";
import { paths } from "~/kernel/paths";
import { readSavedViews } from "~/modules/people/saved-views/saved-views.server";
import { formatPromise, isLate } from "~/modules/work-orders/board/board-view";
import { overLabel } from "~/modules/work-orders/lines/line-labels";
import { OrderDocket } from "~/modules/work-orders/order-docket.view";
import { defaultFilter, filterNames, type OrderFilter, orderFilters, parseFilter } from "~/modules/work-orders/order-filters";
import { OrderStateMark } from "~/modules/work-orders/state.view";
import { staff } from "~/platform/http/guards.server";
import { type OrderSort, orderSorts, readOrderList } from "~/queries/staff/order-list.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { columnSorts, listAddress } from "~/ui/list-sort";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { ListDownload, ListViews } from "./list-tools";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Work orders" }];

export const loader = staff.loader("work-order:read", async ({ services, session, url }) => {
  const wanted = parseList(url.searchParams, orderSorts);
  const filter = parseFilter(url.searchParams.get("show"), wanted.query);
  const [list, views] = await Promise.all([
    readOrderList(services.db, { ...wanted, filter, me: session.membership.id }),
    readSavedViews(services, { me: session.membership.id, list: "work-orders" }),
  ]);
  return { ...list, views, filter, query: wanted.query, order: wanted.order, first: wanted.after === null };
});

type Row = Awaited<ReturnType<typeof readOrderList>>["rows"][number];
/** The filter and search of an address, without those that it has anyway. */
const narrowed = (filter: OrderFilter, query: string) => ({ ...(filter === defaultFilter(query) ? {} : { show: filter }), ...(query ? { q: query } : {}) });

export default function Orders() {
  const { rows, views, next, first, filter, query, order } = useLoaderData<typeof loader>();
  const { money, now } = useFormat();
  const sort = columnSorts<OrderSort>(narrowed(filter, query), order ?? { by: "number", direction: "desc" });
  const address = (show: OrderFilter, more = {}) => listAddress(narrowed(show, query), order, more);
  const { live } = useShopRoom(["work-order", "asset"]);
  const add = (
    <ButtonLink to={paths.staff.newOrder} kind="primary" icon={Plus}>
      New work order
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title="Work orders" state={<LiveDot {...live} now={now} />} action={<span className="sm:hidden">{add}</span>} />
      <PageBody>
        <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
          <FilterChips
            label="Filter work orders"
            chips={filterNames.map((name) => ({ label: orderFilters[name].label, to: address(name), current: name === filter }))}
          />
          <div className="lg:w-72">
            <SearchField
              label="Find a work order"
              value={query}
              placeholder="Number, unit, customer, complaint"
              keep={{ ...(filter === defaultFilter(query) ? {} : { show: filter }), ...orderParams(order) }}
            />
          </div>
        </div>
        <ListViews list="work-orders" search={address(filter)} views={views} />
        {rows.length === 0 ? (
          <Empty
            title={query ? "No order matches" : emptyTitles[filter]}
            body={query ? "Try another search, or choose All." : "When a truck comes in for repair, open a work order for it."}
            action={query || filter !== "current" ? undefined : add}
          />
        ) : (
          <DataTable
            caption="Work orders"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.order(id)}
            columns={[
              {
                key: "number",
                title: "Order",
                sort: sort("number", "desc"),
                cell: ({ number, state }) => <OrderDocket number={number} state={state} />,
              },
              { key: "unit", title: "Unit", cell: ({ unitNumber }) => <UnitPlate number={unitNumber} /> },
              {
                key: "title",
                title: "Complaint",
                wraps: true,
                cell: (row) => (
                  <span className="grid min-w-0">
                    <span className="line-clamp-2">{row.title}</span>
                    <span className="line-clamp-1 text-small text-ink-soft xl:hidden">{row.customer}</span>
                    <span className="flex flex-wrap gap-x-3 *:wrap-normal *:whitespace-normal sm:hidden">
                      <OrderStateMark bare order={row} />
                      <Late {...row} />
                    </span>
                  </span>
                ),
              },
              { key: "customer", title: "Customer", wraps: true, from: "xl", cell: ({ customer }) => customer },
              {
                key: "state",
                title: "State",
                from: "sm",
                cell: (row) => (
                  <span className="flex flex-wrap gap-x-3">
                    <OrderStateMark bare order={row} />
                    <span className="lg:hidden">
                      <Late {...row} />
                    </span>
                  </span>
                ),
              },
              { key: "lead", title: "Assigned to", from: "lg", cell: ({ leadName }) => leadName ?? <span className="text-ink-soft">Unassigned</span> },
              {
                key: "promised",
                title: "Promised",
                sort: sort("promised"),
                from: "lg",
                cell: (row) => (isLate(row, now) ? <Late {...row} /> : row.promisedAt !== null && <Moment at={row.promisedAt} />),
              },
              {
                key: "price",
                title: "To bill",
                sort: sort("price", "desc"),
                from: "lg",
                figures: true,
                cell: ({ price, overLines }) => {
                  const over = overLabel({ applies: true, overLines });
                  return (
                    <>
                      {money(price)}
                      {over && (
                        <span className="flex justify-end whitespace-nowrap">
                          <StateMark bare tone="amber" label={over} />
                        </span>
                      )}
                    </>
                  );
                },
              },
            ]}
          />
        )}
        {(next || !first) && (
          <Pager label="Pages of work orders" previous={first ? undefined : address(filter)} next={next ? address(filter, placeParams(next)) : undefined} />
        )}
        {rows.length > 0 && <ListDownload to={`${paths.staff.ordersCsv}${address(filter)}`} />}
      </PageBody>
    </>
  );
}

/** How late the order is, such as "3 h late", the same on list and board. */
function Late(row: Pick<Row, "state" | "promisedAt">) {
  const { now } = useFormat();
  return isLate(row, now) ? <StateMark bare tone="red" label={formatPromise(row, now) ?? "late"} /> : null;
}

const emptyTitles: Record<OrderFilter, string> = {
  current: "No open work",
  mine: "No orders assigned to you",
  draft: "No drafts",
  completed: "Nothing to invoice",
  invoiced: "No invoiced orders yet",
  canceled: "No canceled orders",
  all: "No work orders yet",
};
