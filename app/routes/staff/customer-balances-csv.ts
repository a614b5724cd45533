import { moneyText } from "~/kernel/money";
import { dayOf } from "~/kernel/time";
import { ageLabels, ages } from "~/modules/invoices/invoice";
import { csvFile } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { type BalanceCursor, readCustomerBalances } from "~/queries/staff/customer-balances.server";

const ROWS_A_PAGE = 200;

/** What each customer owes, by age, for a spreadsheet. */
export const loader = staff.loader("invoice:read", async ({ services, session }) => {
  await holdToQuota(services, "export");
  const { zone, slug } = session.organization;
  const now = services.clock.now();
  async function* pages() {
    for (let after: BalanceCursor | null = null; ; ) {
      const { rows, next } = await readCustomerBalances(services.db, { now, after }, ROWS_A_PAGE);
      yield rows.map((row) => [row.name, row.count, ...ages.map((age) => moneyText(row.ages[age])), moneyText(row.credit), moneyText(row.owed)]);
      if (!next) return;
      after = next;
    }
  }
  return csvFile(`${slug}-balances-${dayOf(now, zone)}`, ["Customer", "Open invoices", ...ages.map((age) => ageLabels[age]), "Credit", "Owed"], pages());
});
