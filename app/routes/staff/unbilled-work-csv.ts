import type { Cursor } from "~/kernel/cursor";
import { moneyText } from "~/kernel/money";
import { dayOf } from "~/kernel/time";
import { docketNumber } from "~/modules/work-orders/work-order";
import { csvFile, csvStream } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { readUnbilledWork } from "~/queries/staff/unbilled-work.server";

const ROWS_A_PAGE = 200;

/** Completed work on no invoice yet, for a spreadsheet. */
export const loader = staff.loader("invoice:read", async ({ services, session }) => {
  await holdToQuota(services, "list");
  const { zone, slug } = session.organization;
  const work = csvStream({
    headings: ["Work order", "Customer", "Unit", "Work", "PO number", "Completed", "Price before supplies and tax"],
    read: (after: Cursor<"workOrder"> | null) => readUnbilledWork(services.db, after, ROWS_A_PAGE),
    cells: (row) => [docketNumber(row.number), row.customer, row.unitNumber, row.title, row.purchaseOrder, dayOf(row.since, zone), moneyText(row.price)],
  });
  return csvFile(`${slug}-unbilled-work-${dayOf(services.clock.now(), zone)}`, work);
});
