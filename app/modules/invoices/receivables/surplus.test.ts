import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { type Account, decideLedger, ledgerRefusalMessage } from "./ledger";
import { surplusToConfirm } from "./surplus";

const now = toUtcMs(1_900_000_000_000);
const invoiceId = newId("invoice");
const account: Account = { entries: [], invoices: new Map([[invoiceId, { state: "issued" as const, total: toCents(250_00), dueAt: null }]]) };
const pay = (amount: number, confirmed: number | null, to: Id<"invoice"> | null = invoiceId) =>
  decideLedger(
    account,
    {
      intent: "pay",
      id: newId("entry"),
      invoiceId: to,
      amount: toCents(amount),
      confirmed: confirmed === null ? null : toCents(confirmed),
      method: "check",
      reference: null,
      day: "2030-03-01",
    },
    now,
    () => newId("entry"),
  );

test("ten times what is open is recorded, a cent more is asked about", () => {
  expect(pay(2_500_00, null).ok).toBe(true);
  expect(pay(2_500_01, null)).toEqual({ ok: false, error: { kind: "surplus", surplus: 2_250_01 } });
});

test("a payment a thousand times the balance is recorded once the very surplus is confirmed", () => {
  const asked = pay(250_000_00, null);
  expect(asked).toEqual({ ok: false, error: { kind: "surplus", surplus: 249_750_00 } });
  if (!asked.ok) expect(ledgerRefusalMessage(asked.error, (cents) => `$${cents / 100}`)).toBe("This is $249750 more than is open. Record it anyway?");
  expect(pay(250_000_00, 249_750_00).ok).toBe(true);
  // Another amount was typed since.
  expect(pay(350_000_00, 249_750_00)).toEqual({ ok: false, error: { kind: "surplus", surplus: 349_750_00 } });
});

test("a deposit has no invoice to be measured by: above $100,000 it is asked about", () => {
  expect(surplusToConfirm(toCents(100_000_00), null)).toBeNull();
  expect(pay(100_000_01, null, null)).toEqual({ ok: false, error: { kind: "surplus", surplus: 100_000_01 } });
  expect(pay(100_000_01, 100_000_01, null).ok).toBe(true);
});
