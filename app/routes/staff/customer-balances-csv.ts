import { moneyCell } from "~/kernel/csv";
import type { Cursor } from "~/kernel/cursor";
import { dayOf } from "~/kernel/time";
import { ageLabels, ages } from "~/modules/invoices/invoice";
import { csvFile, csvStream } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { readCustomerBalances } from "~/queries/staff/customer-balances.server";

const ROWS_A_PAGE = 200;

/** What each customer owes, by age, for a spreadsheet. */
export const loader = staff.loader("invoice:read", async ({ services, session }) => {
  await holdToQuota(services, "list");
  const { zone, slug } = session.organization;
  const now = services.clock.now();
  const balances = csvStream({
    headings: ["Customer", "Open invoices", ...ages.map((age) => ageLabels[age]), "Credit", "Balance due", "On its way"],
    read: (after: Cursor<"customer"> | null) => readCustomerBalances(services.db, { now, after }, ROWS_A_PAGE),
    cells: (row) => [
      row.name,
      row.count,
      ...ages.map((age) => moneyCell(row.ages[age])),
      moneyCell(row.credit),
      moneyCell(row.balance),
      moneyCell(row.pending),
    ],
  });
  return csvFile(`${slug}-balances-${dayOf(now, zone)}`, balances);
});
