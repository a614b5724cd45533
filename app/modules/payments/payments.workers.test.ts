import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { DAY } from "~/kernel/time";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { readAccount } from "~/queries/staff/account.server";
import { beginning, type PayingShop, payingShop } from "../../../tests/world/payments";
import { atSquare } from "../../../tests/world/square";
import { applyPayment } from "./apply-payment.server";
import { beginCheckout } from "./checkouts/begin-checkout.server";
import { closeCheckouts } from "./checkouts/close-checkouts.server";
import { intentStore } from "./checkouts/intent.store.server";
import { voidInvoice } from "./checkouts/void-invoice.server";
import { readPendingInvoices, readPendingOn } from "./payment.read.server";
import { applyRefund } from "./refunds/apply-refund.server";

async function begin(its: PayingShop, invoices: readonly Id<"invoice">[], amounts: readonly number[]) {
  const begun = await beginCheckout(its.services, its.square, beginning(its, invoices, amounts));
  if (!begun.ok) throw new Error(begun.error.kind);
  return begun.value;
}

/** Pays a checkout at Square, and reads it from Square. */
async function pay({ client }: PayingShop, linkId: string | null, way: "card" | "bank" | "decline" = "card") {
  const { id } = await atSquare<{ id: string }>({ do: "pay", link: linkId ?? "", way });
  const read = await client.payment(id);
  return (read.ok && read.value) || expect.fail("no payment");
}

const invoiceOf = async ({ staff, world }: PayingShop, id: Id<"invoice"> | undefined) =>
  (await readInvoiceRecord(staff.db, id as Id<"invoice">, world.clock.now()))?.invoice ?? expect.fail("no invoice");

test("an invoice is paid in part, then the rest, and reported five times it is on the account once", async () => {
  const its = await payingShop([500_00]);
  const [invoice] = its.invoices;
  const part = await begin(its, its.invoices, [200_00]);
  expect(await begin(its, its.invoices, [200_00])).toEqual(part);
  const payment = await pay(its, part.intent.linkId);
  const outcomes = [];
  for (let time = 0; time < 5; time++) outcomes.push(await applyPayment(its.needs, payment));
  expect(outcomes).toEqual(["applied", "known", "known", "known", "known"]);
  expect(await invoiceOf(its, invoice)).toMatchObject({ applied: 200_00, status: "partial" });
  expect(await intentStore(its.services.db).find(part.intent.id)).toMatchObject({ state: "paid" });

  const rest = await begin(its, its.invoices, [300_00]);
  expect(rest.intent.id).not.toBe(part.intent.id);
  expect(await applyPayment(its.needs, await pay(its, rest.intent.linkId))).toBe("applied");
  expect(await invoiceOf(its, invoice)).toMatchObject({ applied: 500_00, status: "paid" });
  expect(await beginCheckout(its.services, its.square, beginning(its, its.invoices, [1_00]))).toEqual({ ok: false, error: { kind: "nothing-to-pay" } });
});

test("one checkout pays three invoices", async () => {
  const its = await payingShop([100_00, 200_00, 300_00]);
  const { intent } = await begin(its, its.invoices, [100_00, 200_00, 300_00]);
  expect(await applyPayment(its.needs, await pay(its, intent.linkId))).toBe("applied");
  for (const id of its.invoices) expect(await invoiceOf(its, id)).toMatchObject({ status: "paid" });
});

test("two people who pay the same invoice at once get one checkout; another amount replaces it, and what is paid late is credit", async () => {
  const its = await payingShop([500_00]);
  const both = await Promise.all([begin(its, its.invoices, [500_00]), begin(its, its.invoices, [500_00])]);
  expect(both[0].url).toBe(both[1].url);
  const other = await begin(its, its.invoices, [200_00]);
  expect(other.url).not.toBe(both[0].url);
  expect(await intentStore(its.services.db).find(both[0].intent.id)).toMatchObject({ state: "closed" });
  // The first one's page was still open somewhere: its money counts.
  const [late, early] = [await pay(its, both[0].intent.linkId), await pay(its, other.intent.linkId)];
  expect(await applyPayment(its.needs, late)).toBe("applied");
  expect(await applyPayment(its.needs, early)).toBe("applied");
  expect(await invoiceOf(its, its.invoices[0])).toMatchObject({ applied: 500_00, status: "paid" });
  expect(await readAccount(its.staff.db, its.customer.id, { now: its.world.clock.now(), before: null })).toMatchObject({ credit: 200_00 });
});

test("money on its way is shown and paid by nobody else, counts when it arrives, and is forgotten when it does not", async () => {
  const its = await payingShop([500_00]);
  const { intent } = await begin(its, its.invoices, [500_00]);
  const pending = await pay(its, intent.linkId, "bank");
  expect(await applyPayment(its.needs, pending)).toBe("waiting");
  expect(await readPendingOn(its.services.db, its.invoices[0] as Id<"invoice">)).toMatchObject({ amount: 500_00 });
  expect(await readPendingInvoices(its.services.db)).toEqual(its.invoices);
  expect(await invoiceOf(its, its.invoices[0])).toMatchObject({ applied: 0 });
  expect(await voidInvoice(its.staff, its.invoices[0] as Id<"invoice">, "By mistake")).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  expect(await beginCheckout(its.services, its.square, beginning(its, its.invoices, [500_00]))).toEqual({
    ok: false,
    error: { kind: "pending", amount: 500_00 },
  });
  await atSquare({ do: "settle", merchant: its.merchant, payment: pending.id, as: "FAILED" });
  const failed = await its.client.payment(pending.id);
  expect(await applyPayment(its.needs, (failed.ok && failed.value) || expect.fail("no payment"))).toBe("failed");
  expect(await readPendingOn(its.services.db, its.invoices[0] as Id<"invoice">)).toBeNull();
  expect(await readPendingInvoices(its.services.db)).toEqual([]);
  // An older word that comes late changes nothing.
  expect(await applyPayment(its.needs, pending)).toBe("known");
  expect(await intentStore(its.services.db).find(intent.id)).toMatchObject({ state: "open" });
});

test("a declined card changes nothing, and the next one pays", async () => {
  const its = await payingShop([500_00]);
  const { intent } = await begin(its, its.invoices, [500_00]);
  expect(await applyPayment(its.needs, await pay(its, intent.linkId, "decline"))).toBe("failed");
  expect(await applyPayment(its.needs, await pay(its, intent.linkId))).toBe("applied");
  expect(await invoiceOf(its, its.invoices[0])).toMatchObject({ status: "paid" });
});

test("a refund in Square's dashboard opens its invoice again, once, and comes before its payment's own notice without harm", async () => {
  const its = await payingShop([500_00]);
  const { intent } = await begin(its, its.invoices, [500_00]);
  const payment = await pay(its, intent.linkId);
  const { id } = await atSquare<{ id: string }>({ do: "refund", merchant: its.merchant, payment: payment.id, amount: 120_00 });
  const read = await its.client.refundById(id);
  const refund = (read.ok && read.value) || expect.fail("no refund");
  expect(await applyRefund(its.needs, refund)).toBe("applied");
  expect(await applyRefund(its.needs, refund)).toBe("known");
  expect(await applyPayment(its.needs, payment)).toBe("known");
  expect(await invoiceOf(its, its.invoices[0])).toMatchObject({ applied: 380_00 });
});

test("a refund that comes while its payment is only known to be on its way is entered, and reported again it is known", async () => {
  const its = await payingShop([500_00]);
  const { intent } = await begin(its, its.invoices, [500_00]);
  const pending = await pay(its, intent.linkId, "bank");
  expect(await applyPayment(its.needs, pending)).toBe("waiting");
  await atSquare({ do: "settle", merchant: its.merchant, payment: pending.id, as: "COMPLETED" });
  const { id } = await atSquare<{ id: string }>({ do: "refund", merchant: its.merchant, payment: pending.id, amount: 120_00 });
  const read = await its.client.refundById(id);
  const refund = (read.ok && read.value) || expect.fail("no refund");
  expect([await applyRefund(its.needs, refund), await applyRefund(its.needs, refund)]).toEqual(["applied", "known"]);
  expect(await invoiceOf(its, its.invoices[0])).toMatchObject({ applied: 380_00 });
});

test("sales at the counter are left alone; a payment of ours that fits nothing is put before a person", async () => {
  const its = await payingShop([500_00]);
  const sale = await atSquare<{ id: string }>({ do: "counter-sale", merchant: its.merchant, location: its.location, amount: 12_00 });
  const read = await its.client.payment(sale.id);
  expect(await applyPayment(its.needs, (read.ok && read.value) || expect.fail("no sale"))).toBe("elsewhere");
  const { intent } = await begin(its, its.invoices, [500_00]);
  const payment = await pay(its, intent.linkId);
  expect(await applyPayment(its.needs, { ...payment, id: "another", orderId: null })).toBe("unclear");
  expect(await invoiceOf(its, its.invoices[0])).toMatchObject({ applied: 0 });
});

test("what came through Square is corrected at Square alone", async () => {
  const its = await payingShop([500_00]);
  const { intent } = await begin(its, its.invoices, [500_00]);
  await applyPayment(its.needs, await pay(its, intent.linkId));
  const account = await readAccount(its.staff.db, its.customer.id, { now: its.world.clock.now(), before: null });
  const sourceId = account?.entries.find(({ kind }) => kind === "payment")?.id ?? expect.fail("no payment");
  for (const command of [
    { intent: "reverse", sourceId, why: "By mistake" },
    { intent: "remove", entryId: sourceId, why: "By mistake" },
  ] as const)
    expect(await changeAccount(its.staff, its.customer.id, command)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("a checkout ends after a day, and when its invoice needs less", async () => {
  const its = await payingShop([500_00, 300_00]);
  const [first, second] = its.invoices as [Id<"invoice">, Id<"invoice">];
  const unused = await begin(its, [first], [500_00]);
  const overtaken = await begin(its, [second], [300_00]);
  await changeAccount(its.staff, its.customer.id, {
    intent: "pay",
    id: `ent_${"0".repeat(26)}` as Id<"entry">,
    on: [{ invoiceId: second, amount: null }],
    amount: toCents(100_00),
    method: "check",
    reference: "7",
    day: "2030-03-02",
  });
  expect(await closeCheckouts(its.services)).toBe(1);
  expect(await intentStore(its.services.db).find(overtaken.intent.id)).toMatchObject({ state: "closed" });
  its.world.clock.pass(DAY);
  expect(await closeCheckouts(its.services)).toBe(1);
  expect(await intentStore(its.services.db).find(unused.intent.id)).toMatchObject({ state: "closed" });
});

test("a process that dies before Square answers is picked up under the same key", async () => {
  const its = await payingShop([500_00]);
  await atSquare({ do: "fault", kind: "lost", path: "/v2/online-checkout/payment-links" });
  expect(await beginCheckout(its.services, its.square, beginning(its, its.invoices, [500_00]))).toMatchObject({ ok: false, error: { kind: "square" } });
  const [living] = await intentStore(its.services.db).allLiving();
  expect(living).toMatchObject({ state: "creating" });
  const { intent } = await begin(its, its.invoices, [500_00]);
  expect(intent.id).toBe(living?.id);
});

test("more than is open, less than the shop takes, and another customer's invoice are refused", async () => {
  const its = await payingShop([500_00]);
  const refused = async (amount: number, least: number | null) => {
    const begun = await beginCheckout(its.services, its.square, beginning(its, its.invoices, [amount], least));
    return begun.ok ? null : begun.error;
  };
  expect(await refused(500_01, 10_00)).toMatchObject({ kind: "too-much", most: 500_00 });
  expect(await refused(9_99, 10_00)).toEqual({ kind: "too-little", number: expect.any(Number), least: 10_00 });
  expect(await refused(499_99, null)).toEqual({ kind: "too-little", number: expect.any(Number), least: 500_00 });
  const stranger = await its.shop.customer();
  const begun = await beginCheckout(its.services, its.square, { ...beginning(its, its.invoices, [500_00]), customerId: stranger.id });
  expect(begun).toEqual({ ok: false, error: { kind: "not-found" } });
});
