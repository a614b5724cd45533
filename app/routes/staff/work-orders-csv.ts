import { moneyCell } from "~/kernel/csv";
import { parseList } from "~/kernel/list-order";
import { dayOf, localText, type UtcMs } from "~/kernel/time";
import { parseFilter } from "~/modules/work-orders/order-filters";
import { docketNumber, holdLabels, stateLabels } from "~/modules/work-orders/work-order";
import { csvFile } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { orderSorts, readOrderList } from "~/queries/staff/order-list.server";
import { listCsv } from "./list-csv.server";

/** The list of work orders as it is filtered, searched and sorted, for a spreadsheet. */
export const loader = staff.loader("work-order:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug, currency } = session.organization;
  const { query, order } = parseList(url.searchParams, orderSorts);
  const wanted = { query, order, filter: parseFilter(url.searchParams.get("show"), query), me: session.membership.id };
  const timeOf = (at: UtcMs | null) => (at === null ? null : localText(at, zone).replace("T", " "));
  const orders = listCsv({
    headings: ["Order", "Unit", "Complaint", "Customer", "State", "On hold for", "Assigned to", "Promised", "To bill", "Lines not authorized", "Currency"],
    read: (after, rowsAPage) => readOrderList(services.db, { ...wanted, after }, rowsAPage),
    cells: (row) => [
      docketNumber(row.number),
      row.unitNumber,
      row.title,
      row.customer,
      stateLabels[row.state],
      row.holdReason && holdLabels[row.holdReason],
      row.leadName,
      timeOf(row.promisedAt),
      moneyCell(row.price),
      row.overLines,
      currency,
    ],
  });
  return csvFile(`${slug}-work-orders-${dayOf(services.clock.now(), zone)}`, orders);
});
