import { moneyText } from "~/kernel/money";
import { dayOf } from "~/kernel/time";
import { invoiceNumber, parseAge, statusLabels } from "~/modules/invoices/invoice";
import { parseInvoiceFilter } from "~/modules/invoices/invoice-filters";
import { csvFile, csvStream } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { type ListCursor, readInvoiceList } from "~/queries/staff/invoice-list.server";

const ROWS_A_PAGE = 200;

/** The list of invoices as it is filtered and searched, for a spreadsheet. */
export const loader = staff.loader("invoice:read", async ({ services, session, url }) => {
  await holdToQuota(services, "export");
  const { zone, slug } = session.organization;
  const now = services.clock.now();
  const wanted = {
    filter: parseInvoiceFilter(url.searchParams.get("show")),
    age: parseAge(url.searchParams.get("age")),
    query: url.searchParams.get("q") ?? "",
    now,
  };
  const invoices = csvStream({
    headings: ["Invoice", "Customer", "State", "Units", "PO numbers", "Issued", "Due", "Total", "Paid", "Balance due"],
    read: (after: ListCursor | null) => readInvoiceList(services.db, { ...wanted, after }, ROWS_A_PAGE),
    cells: (row) => [
      invoiceNumber(row.number),
      row.customer,
      statusLabels[row.status],
      row.units,
      row.purchaseOrders,
      row.issuedAt === null ? null : dayOf(row.issuedAt, zone),
      row.dueDay,
      moneyText(row.total),
      moneyText(row.applied),
      moneyText(row.balance),
    ],
  });
  return csvFile(`${slug}-invoices-${dayOf(now, zone)}`, invoices);
});
