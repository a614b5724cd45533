import { Download } from "lucide-react";
import { useLoaderData } from "react-router";
import { readCursor } from "~/kernel/cursor";
import { paths } from "~/kernel/paths";
import { OrderDocket } from "~/modules/work-orders/order-docket.view";
import { staff } from "~/platform/http/guards.server";
import { readUnbilledWork } from "~/queries/staff/unbilled-work.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "Unbilled work" }];

export const loader = staff.loader("invoice:read", async ({ services, url }) => {
  const after = readCursor(url.searchParams.get("after"), "workOrder");
  return { ...(await readUnbilledWork(services.db, after)), first: after === null };
});

type Row = Awaited<ReturnType<typeof readUnbilledWork>>["rows"][number];

/** Completed work on no invoice yet, longest waiting first. */
export default function UnbilledWork() {
  const { rows, next, first } = useLoaderData<typeof loader>();
  const { money } = useFormat();
  return (
    <>
      <PageHeader
        title="Unbilled work"
        action={
          <>
            <ButtonLink to={paths.staff.unbilledCsv} reloadDocument icon={Download}>
              CSV
            </ButtonLink>
            <ButtonLink to={paths.staff.invoices}>Invoices</ButtonLink>
          </>
        }
      />
      <PageBody>
        {rows.length === 0 ? (
          <Empty title="Nothing to bill" body="Completed work orders that are on no invoice yet are listed here, longest waiting first." />
        ) : (
          <DataTable
            caption="Completed work that isn't invoiced"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.order(id)}
            columns={[
              { key: "order", title: "Order", cell: ({ number }) => <OrderDocket number={number} state="completed" /> },
              { key: "unit", title: "Unit", from: "sm", cell: ({ unitNumber }) => <UnitPlate number={unitNumber} /> },
              {
                key: "work",
                title: "Work",
                wraps: true,
                cell: ({ title, customer }) => (
                  <span className="grid min-w-0">
                    <span className="line-clamp-2">{title}</span>
                    <span className="text-small text-ink-soft">{customer}</span>
                  </span>
                ),
              },
              { key: "po", title: "PO number", from: "lg", cell: ({ purchaseOrder }) => purchaseOrder ?? "" },
              { key: "since", title: "Completed", from: "sm", cell: ({ since }) => <Moment at={since} /> },
              { key: "price", title: "Price", figures: true, cell: ({ price }) => money(price) },
            ]}
          />
        )}
        {(next || !first) && (
          <Pager label="Pages of unbilled work" previous={first ? undefined : "?"} next={next ? `?after=${next.at}-${next.id}` : undefined} />
        )}
      </PageBody>
    </>
  );
}
