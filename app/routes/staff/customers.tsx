import { useLoaderData } from "@remix-run/react";
import { paths } from "~/kernel/paths";
import { readCustomerList } from "~/modules/assets/customer-list.read.server";
import { staff } from "~/platform/http/guards.server";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { SearchField } from "~/ui/filters";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark } from "~/ui/state-mark";

export const meta = () => [{ title: "Customers" }];

export const loader = staff.loader("customer:read", async ({ services, url }) => {
  const query = url.searchParams.get("q") ?? "";
  const [name, id] = [url.searchParams.get("after"), url.searchParams.get("id")];
  const list = await readCustomerList(services.db, { query, after: name !== null && id !== null ? { name, id } : null });
  return { ...list, query, first: name === null };
});

type Row = Awaited<ReturnType<typeof readCustomerList>>["rows"][number];

export default function Customers() {
  const { rows, next, query, first } = useLoaderData<typeof loader>();
  const keep = query ? { q: query } : undefined;
  return (
    <>
      <PageHeader
        title="Customers"
        action={
          <div className="w-72 max-w-full">
            <SearchField label="Find a customer" value={query} placeholder="Name or email" />
          </div>
        }
      />
      <PageBody>
        {rows.length === 0 ? (
          <Empty
            title={query ? "No customer matches" : "No customers yet"}
            body={
              query ? "Another word, or none, shows more." : "Fleets that bring their vehicles stand here, with their people, their units and their portal."
            }
          />
        ) : (
          <DataTable
            caption="Customers"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.customer(id)}
            columns={[
              { key: "name", title: "Name", cell: ({ name }) => name },
              { key: "units", title: "Units", figures: true, cell: ({ units }) => units },
              { key: "portal", title: "Portal", cell: (row) => <Portal {...row} /> },
              { key: "email", title: "Email", from: "lg", cell: ({ email }) => email ?? "" },
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
  return portalEnabled ? <StateMark tone="green" word="On" /> : <StateMark tone="slate" word="Off" />;
}
