import { moneyCell } from "~/kernel/csv";
import { parseList } from "~/kernel/list-order";
import { dayOf } from "~/kernel/time";
import { invoiceNumber, parseAge, statusLabels } from "~/modules/invoices/invoice";
import { parseInvoiceFilter } from "~/modules/invoices/invoice-filters";
import { csvFile } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { invoiceSorts, readInvoiceList } from "~/queries/staff/invoice-list.server";
import { listCsv } from "./list-csv.server";

/** The list of invoices as it is filtered, searched and sorted, for a spreadsheet. */
export const loader = staff.loader("invoice:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug, currency } = session.organization;
  const now = services.clock.now();
  const { query, order } = parseList(url.searchParams, invoiceSorts);
  const wanted = {
    query,
    order,
    filter: parseInvoiceFilter(url.searchParams.get("show")),
    age: parseAge(url.searchParams.get("age")),
    now,
  };
  const invoices = listCsv({
    headings: ["Invoice", "Customer", "State", "Units", "PO numbers", "Issued", "Due", "Total", "Paid", "Balance due", "On its way", "Expected", "Currency"],
    read: (after, rowsAPage) => readInvoiceList(services.db, { ...wanted, after }, rowsAPage),
    cells: (row) => [
      invoiceNumber(row.number),
      row.customer,
      statusLabels[row.status],
      row.units,
      row.purchaseOrders,
      row.issuedAt === null ? null : dayOf(row.issuedAt, zone),
      row.dueDay,
      moneyCell(row.total),
      moneyCell(row.applied),
      moneyCell(row.balance),
      row.pending && moneyCell(row.pending.amount),
      row.pending?.expectedDay ?? null,
      currency,
    ],
  });
  return csvFile(`${slug}-invoices-${dayOf(now, zone)}`, invoices);
});
