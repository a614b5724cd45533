import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { customerFilterNames, customerFilters, parseCustomerFilter } from "~/modules/customers/customer-filters";
import { staff } from "~/platform/http/guards.server";
import { readCustomerList } from "~/queries/staff/customer-list.server";
import { ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark } from "~/ui/state-mark";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Customers" }];

export const loader = staff.loader("customer:read", async ({ services, session, url }) => {
  const query = url.searchParams.get("q") ?? "";
  const [name, id] = [url.searchParams.get("after"), url.searchParams.get("id")];
  const filter = parseCustomerFilter(url.searchParams.get("show"));
  const list = await readCustomerList(services.db, { filter, query, after: name !== null && id !== null ? { name, id } : null });
  const mayAdd = may("staff", session.membership.role, "customer:manage");
  return { ...list, filter, query, first: name === null, fresh: newId("customer", services.clock.now()), mayAdd };
});

type Row = Awaited<ReturnType<typeof readCustomerList>>["rows"][number];

export default function Customers() {
  const { rows, next, filter, query, first, fresh, mayAdd } = useLoaderData<typeof loader>();
  const { now } = useFormat();
  const { live } = useShopRoom(["customer", "asset"]);
  const keep = { ...(filter === "all" ? {} : { show: filter }), ...(query ? { q: query } : {}) };
  const narrowed = query !== "" || filter !== "all";
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
              to: `?${new URLSearchParams({ ...(name === "all" ? {} : { show: name }), ...(query ? { q: query } : {}) })}`,
              current: name === filter,
            }))}
          />
          <div className="lg:w-72">
            <SearchField label="Find a customer" value={query} placeholder="Name, email or phone" keep={filter === "all" ? {} : { show: filter }} />
          </div>
        </div>
        {rows.length === 0 ? (
          <Empty
            title={narrowed ? "No customer matches" : "No customers yet"}
            body={narrowed ? "Try another search, or choose All." : "Add the fleets you work for, with their contacts, units and portal access."}
            action={narrowed ? undefined : add}
          />
        ) : (
          <DataTable
            caption="Customers"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.customer(id)}
            columns={[
              { key: "name", title: "Name", wraps: true, cell: ({ name }) => name },
              { key: "units", title: "Units", figures: true, cell: ({ units }) => units },
              { key: "portal", title: "Portal", cell: (row) => <Portal {...row} /> },
              { key: "email", title: "Email", wraps: true, from: "lg", cell: ({ email }) => email ?? "" },
              { key: "phone", title: "Phone", from: "sm", cell: ({ phone }) => phone ?? "" },
            ]}
          />
        )}
        {(next || !first) && (
          <Pager
            label="Pages of customers"
            previous={first ? undefined : `?${new URLSearchParams(keep)}`}
            next={next ? `?${new URLSearchParams({ ...keep, after: next.name, id: next.id })}` : undefined}
          />
        )}
      </PageBody>
    </>
  );
}

function Portal({ isSelf, portalEnabled }: Pick<Row, "isSelf" | "portalEnabled">) {
  if (isSelf) return <span className="text-ink-soft">own fleet</span>;
  return portalEnabled ? <StateMark tone="green" label="On" /> : <StateMark tone="slate" label="Off" />;
}
