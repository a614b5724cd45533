import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { newId } from "~/kernel/ids";
import { orderParams, parseList, placeParams } from "~/kernel/list-order";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { type CustomerFilter, customerFilterNames, customerFilters, parseCustomerFilter } from "~/modules/customers/customer-filters";
import { readSavedViews } from "~/modules/people/saved-views/saved-views.server";
import { staff } from "~/platform/http/guards.server";
import { customerSorts, readCustomerList } from "~/queries/staff/customer-list.server";
import { ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { columnSorts, listAddress } from "~/ui/list-sort";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark } from "~/ui/state-mark";
import { ListDownload, ListViews } from "./list-tools";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Customers" }];

export const loader = staff.loader("customer:read", async ({ services, session, url }) => {
  const wanted = parseList(url.searchParams, customerSorts);
  const filter = parseCustomerFilter(url.searchParams.get("show"));
  const [list, views] = await Promise.all([
    readCustomerList(services.db, { ...wanted, filter }),
    readSavedViews(services, { me: session.membership.id, list: "customers" }),
  ]);
  const mayAdd = may("staff", session.membership.role, "customer:manage");
  return {
    ...list,
    views,
    filter,
    query: wanted.query,
    order: wanted.order,
    first: wanted.after === null,
    fresh: newId("customer", services.clock.now()),
    mayAdd,
  };
});

type Row = Awaited<ReturnType<typeof readCustomerList>>["rows"][number];

/** The filter and search of an address, without those that it has anyway. */
const narrowed = (filter: CustomerFilter, query: string) => ({ ...(filter === "all" ? {} : { show: filter }), ...(query ? { q: query } : {}) });

export default function Customers() {
  const { rows, views, next, filter, query, order, first, fresh, mayAdd } = useLoaderData<typeof loader>();
  const { now } = useFormat();
  const { live } = useShopRoom(["customer", "asset"]);
  const sort = columnSorts(narrowed(filter, query), order ?? { by: "name", direction: "asc" });
  const address = (show: CustomerFilter, more = {}) => listAddress(narrowed(show, query), order, more);
  const isNarrowed = query !== "" || filter !== "all";
  const add = mayAdd && (
    <ButtonLink to={paths.staff.customerForm(fresh)} kind="primary" icon={Plus}>
      Add customer
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title="Customers" state={<LiveDot {...live} now={now} />} action={add} />
      <PageBody>
        <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
          <FilterChips
            label="Filter customers"
            chips={customerFilterNames.map((name) => ({
              label: customerFilters[name],
              to: address(name),
              current: name === filter,
            }))}
          />
          <div className="lg:w-72">
            <SearchField label="Find a customer" value={query} placeholder="Name, email or phone" keep={{ ...narrowed(filter, ""), ...orderParams(order) }} />
          </div>
        </div>
        <ListViews list="customers" search={address(filter)} views={views} />
        {rows.length === 0 ? (
          <Empty
            title={isNarrowed ? "No customer matches" : "No customers yet"}
            body={isNarrowed ? "Try another search, or choose All." : "Add the fleets you work for, with their contacts, units and portal access."}
            action={isNarrowed ? undefined : add}
          />
        ) : (
          <DataTable
            caption="Customers"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.customer(id)}
            columns={[
              { key: "name", title: "Name", sort: sort("name"), wraps: true, cell: ({ name }) => name },
              { key: "units", title: "Units", figures: true, cell: ({ units }) => units },
              { key: "portal", title: "Portal", cell: (row) => <Portal {...row} /> },
              { key: "email", title: "Email", wraps: true, from: "lg", cell: ({ email }) => email ?? "" },
              { key: "phone", title: "Phone", from: "sm", cell: ({ phone }) => phone ?? "" },
            ]}
          />
        )}
        {(next || !first) && (
          <Pager label="Pages of customers" previous={first ? undefined : address(filter)} next={next ? address(filter, placeParams(next)) : undefined} />
        )}
        {rows.length > 0 && <ListDownload to={`${paths.staff.customersCsv}${address(filter)}`} />}
      </PageBody>
    </>
  );
}

function Portal({ isSelf, portalEnabled }: Pick<Row, "isSelf" | "portalEnabled">) {
  if (isSelf) return <span className="text-ink-soft">own fleet</span>;
  return portalEnabled ? <StateMark tone="green" label="On" /> : <StateMark tone="slate" label="Off" />;
}
