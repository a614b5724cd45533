import { moneyCell } from "~/kernel/csv";
import { toCents } from "~/kernel/money";
import { dayOf } from "~/kernel/time";
import { instantsOf, periodIn } from "~/modules/invoices/statements/statement";
import { type SquareDay, squareDays } from "~/modules/payments/payouts/square-days";
import { faultMessage } from "~/modules/payments/square/square-connection";
import { csvFile, csvStream } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { readSquareDays } from "~/queries/staff/square-days.server";

/** Payments, fees and payouts of each day, for the bookkeeper. Without Square's answer the payouts are missing, and the heading has the reason. */
export const loader = staff.loader("payments:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug, name } = session.organization;
  const period = periodIn(url.searchParams.get("from"), url.searchParams.get("through"), dayOf(services.clock.now(), zone));
  const { since, until } = instantsOf(period, zone);
  const square = await services.square();
  const [sums, payouts] = await Promise.all([readSquareDays(services.db, period), square?.payouts(since, until)]);
  const whyNone = payouts === undefined ? "Square isn't connected." : payouts.ok ? null : faultMessage(payouts.error);
  const days = squareDays(sums, payouts?.ok ? payouts.value : null, zone);
  const heading = whyNone === null ? `Paid out to ${name} (all sales of the location)` : `Paid out to ${name}: missing. ${whyNone}`;
  const rows = csvStream({
    headings: [
      "Day",
      "Payments",
      "Received",
      "Refunded",
      "Taken back by banks",
      "Square's fees",
      "Payments without a fee yet",
      "Net",
      "On its way, expected this day",
      heading,
      "Payout references",
    ],
    read: async (_: null) => ({ rows: days, next: null }),
    cells: (row: SquareDay) => [
      row.day,
      row.payments,
      moneyCell(row.received),
      moneyCell(toCents(Math.abs(row.refunded))),
      moneyCell(toCents(Math.abs(row.takenBack))),
      moneyCell(row.fees),
      row.withoutFee,
      moneyCell(row.net),
      moneyCell(row.onItsWay),
      row.payouts === null ? null : moneyCell(row.payouts.amount),
      row.payouts?.references ?? null,
    ],
  });
  return csvFile(`${slug}-square-${period.from}-${period.through}`, rows);
});
