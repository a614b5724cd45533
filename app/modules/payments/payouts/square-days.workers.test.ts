import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { dayOf, later, MINUTE, toUtcMs } from "~/kernel/time";
import { readSquareDays } from "~/queries/staff/square-days.server";
import { beginning, paidShop, payingShop } from "../../../../tests/world/payments";
import { atSquare } from "../../../../tests/world/square";
import { applyPayment } from "../apply-payment.server";
import { beginCheckout } from "../checkouts/begin-checkout.server";
import { listPayouts } from "./list-payouts.server";
import { squareDays } from "./square-days";

const ZONE = "Pacific/Chatham";

test("a day has what came, what went back, Square's fee and what Square paid out, failed payouts apart", async () => {
  const its = await paidShop([500_00]);
  await atSquare({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 100_00 });
  await its.notifyAll();
  const today = dayOf(toUtcMs(Date.now()), ZONE);
  await atSquare({ do: "payout", merchant: its.merchant, location: its.location, amount: 380_00 });
  await atSquare({ do: "payout", merchant: its.merchant, location: its.location, amount: 7_00, failed: true });
  const payouts = await listPayouts({ client: its.client, locationId: its.location }, toUtcMs(0), later(toUtcMs(Date.now()), MINUTE));
  const sums = await readSquareDays(its.staff.db, { from: "2020-01-01", through: "2031-01-01" });
  const fee = 14_80;
  expect(squareDays(sums, payouts.ok ? payouts.value : null, ZONE)).toEqual([
    {
      day: today,
      payments: 1,
      received: 500_00,
      refunded: -100_00,
      takenBack: 0,
      onItsWay: 0,
      fees: fee,
      withoutFee: 0,
      net: 400_00 - fee,
      payouts: { amount: 380_00, references: expect.stringMatching(/^L2\w+$/) },
    },
  ]);
  expect(squareDays(sums, null, ZONE)).toMatchObject([{ day: today, payouts: null }]);
  expect(await readSquareDays(its.staff.db, { from: "2030-01-01", through: "2031-01-01" })).toEqual([]);
  expect(toCents(fee)).toBe(Math.round(500_00 * 0.029) + 30);
});

test("the fee that Square reports after the payment is kept; without it, the day shows how many are missing", async () => {
  const its = await payingShop([500_00]);
  const begun = await beginCheckout(its.services, its.square, beginning(its, its.invoices, [500_00]));
  if (!begun.ok) throw new Error(begun.error.kind);
  const { id } = await atSquare<{ id: string }>({ do: "pay", link: begun.value.intent.linkId ?? "", way: "card" });
  const read = await its.client.payment(id);
  const payment = (read.ok && read.value) || expect.fail("no payment");
  const days = () => readSquareDays(its.staff.db, { from: "2020-01-01", through: "2031-01-01" });
  const early = { ...payment, fee: null, updatedAt: later(payment.updatedAt, -1) };
  expect(await applyPayment(its.needs, early)).toBe("applied");
  expect(await days()).toMatchObject([{ count: 1, fee: 0, withoutFee: 1 }]);
  expect([await applyPayment(its.needs, payment), await applyPayment(its.needs, early)]).toEqual(["known", "known"]);
  expect(await days()).toMatchObject([{ count: 1, fee: 14_80, withoutFee: 0 }]);
});
