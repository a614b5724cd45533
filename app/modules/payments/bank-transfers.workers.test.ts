import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { DAY } from "~/kernel/time";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { readAccount } from "~/queries/staff/account.server";
import { beginning, connectedShop, type PayingShop } from "../../../tests/world/payments";
import { announced, atSquare } from "../../../tests/world/square";
import { applyPayment } from "./apply-payment.server";
import { beginCheckout } from "./checkouts/begin-checkout.server";
import { closeCheckouts } from "./checkouts/close-checkouts.server";
import { intentStore } from "./checkouts/intent.store.server";
import { voidInvoice } from "./checkouts/void-invoice.server";
import { readPendingInvoices, readPendingOn } from "./payment.read.server";

const shop = (totals: readonly number[]) => connectedShop(totals, "USD");

async function begin(its: PayingShop, amounts: readonly number[], way: "bank" | "card" = "bank") {
  const begun = await beginCheckout(its.services, its.square, beginning(its, its.invoices, amounts, 10_00, way));
  if (!begun.ok) throw new Error(JSON.stringify(begun.error));
  return begun.value;
}

const pay = (invoice: string | null) => atSquare<{ id: string }>({ do: "pay-invoice", invoice: invoice ?? "" });
const read = async ({ client }: PayingShop, id: string) => {
  const found = await client.payment(id);
  return (found.ok && found.value) || expect.fail("no payment");
};
const invoiceOf = async ({ staff, world, invoices }: PayingShop, at = 0) =>
  (await readInvoiceRecord(staff.db, invoices[at] as Id<"invoice">, world.clock.now()))?.invoice ?? expect.fail("no invoice");
const pendingOn = (its: PayingShop, at = 0) => readPendingOn(its.services.db, its.invoices[at] as Id<"invoice">);

test("a bank transfer is on its way for days, lowers nothing, and pays its invoices when it arrives", async () => {
  const its = await shop([500_00, 200_00]);
  const { intent, url } = await begin(its, [500_00, 150_00]);
  expect(url).toContain("/pay-invoice/");
  expect(intent).toMatchObject({ way: "bank", state: "open" });
  const { id } = await pay(intent.linkId);
  await its.takeNotices();
  expect(await pendingOn(its)).toMatchObject({ amount: 500_00, expectedDay: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  expect(await pendingOn(its, 1)).toMatchObject({ amount: 150_00 });
  expect(await readPendingInvoices(its.services.db)).toHaveLength(2);
  expect(await invoiceOf(its)).toMatchObject({ applied: 0 });
  expect(await voidInvoice(its.staff, its.invoices[0] as Id<"invoice">, "By mistake")).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  const again = beginning(its, its.invoices, [500_00, 150_00], 10_00, "card");
  expect(await beginCheckout(its.services, its.square, again)).toEqual({ ok: false, error: { kind: "pending", amount: 650_00 } });

  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await its.takeNotices();
  expect(await pendingOn(its)).toBeNull();
  expect(await invoiceOf(its)).toMatchObject({ status: "paid" });
  expect(await invoiceOf(its, 1)).toMatchObject({ applied: 150_00 });
  expect(await intentStore(its.services.db).find(intent.id)).toMatchObject({ state: "paid" });
});

test("a notice of the invoice alone is enough to find its payment", async () => {
  const its = await shop([500_00]);
  // Square's own clock is not the world's.
  its.world.clock.pass(Date.now() - its.world.clock.now());
  const { intent } = await begin(its, [500_00]);
  const { id } = await pay(intent.linkId);
  await its.takeNotices(/^invoice\.updated/);
  expect(await pendingOn(its)).toMatchObject({ amount: 500_00 });
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await its.takeNotices(/^invoice\.payment_made/);
  expect(await invoiceOf(its)).toMatchObject({ status: "paid" });
});

test("a transfer that the bank refuses is awaited no more, and customer and office are notified", async () => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00]);
  const { id } = await pay(intent.linkId);
  await its.takeNotices();
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "FAILED" });
  await its.takeNotices();
  expect(await pendingOn(its)).toBeNull();
  expect(await invoiceOf(its)).toMatchObject({ applied: 0 });
  const mails = await its.world.mail(its.customer.email);
  expect(mails.map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/^Your bank transfer of .* did not arrive$/));
  // The same page takes another try.
  expect((await begin(its, [500_00])).url).toBe((await intentStore(its.services.db).find(intent.id))?.url);
});

test.each(["status", "dispute"] as const)("a transfer that is returned weeks later, reported as a %s, opens its invoice again, once", async (as) => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00]);
  const { id } = await pay(intent.linkId);
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await its.takeNotices();
  expect(await invoiceOf(its)).toMatchObject({ applied: 500_00 });
  await atSquare({ do: "return", merchant: its.merchant, payment: id, as });
  await its.takeNotices();
  await its.takeNotices();
  expect(await invoiceOf(its)).toMatchObject({ applied: 0 });
  const account = await readAccount(its.staff.db, its.customer.id, { now: its.world.clock.now(), before: null });
  expect(account?.entries.filter(({ kind, invoiceId }) => kind === "chargeback" && invoiceId === null).map(({ amount }) => amount)).toEqual([-500_00]);
  expect(account?.credit).toBe(0);
});

test("a return that is reported both ways is taken off once", async () => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00]);
  const { id } = await pay(intent.linkId);
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await its.takeNotices();
  await atSquare({ do: "return", merchant: its.merchant, payment: id, as: "dispute" });
  await its.takeNotices();
  await atSquare({ do: "return", merchant: its.merchant, payment: id, as: "status" });
  await its.takeNotices();
  expect(await applyPayment(its.needs, await read(its, id))).toBe("known");
  expect(await readAccount(its.staff.db, its.customer.id, { now: its.world.clock.now(), before: null })).toMatchObject({ owed: 500_00, credit: 0 });
});

test("two people who pay by bank at once share one invoice; another amount or a card makes another checkout and cancels it", async () => {
  const its = await shop([500_00]);
  const [one, two] = await Promise.all([begin(its, [500_00]), begin(its, [500_00])]);
  expect(one.url).toBe(two.url);
  const part = await begin(its, [200_00]);
  const card = await begin(its, [200_00], "card");
  expect(new Set([one.url, part.url, card.url]).size).toBe(3);
  await its.world.drainOutbox(its.shop);
  for (const { intent } of [one, part]) expect(await its.client.invoice(intent.linkId ?? "")).toMatchObject({ value: { status: "CANCELED" } });
  expect(await intentStore(its.services.db).find(part.intent.id)).toMatchObject({ state: "closed" });
});

test("money that Square has for an invoice before its notice comes keeps another checkout from being made", async () => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00]);
  await pay(intent.linkId);
  const other = beginning(its, its.invoices, [200_00], 10_00, "card");
  expect(await beginCheckout(its.services, its.square, other)).toEqual({ ok: false, error: { kind: "pending", amount: 500_00 } });
});

test("an answer that was lost leads to no second invoice", async () => {
  const its = await shop([500_00]);
  const wanted = beginning(its, its.invoices, [500_00], 10_00, "bank");
  for (const path of ["/v2/customers", "/v2/orders", "/v2/invoices"]) {
    await atSquare({ do: "fault", kind: "lost", path });
    expect(await beginCheckout(its.services, its.square, wanted)).toMatchObject({ ok: false });
  }
  await begin(its, [500_00]);
  const made = (await announced(its.merchant)).filter(({ type }) => type === "invoice.created");
  expect(made).toHaveLength(1);
});

test("without an address, or where the shop takes none, no transfer is begun", async () => {
  const its = await shop([500_00]);
  const wanted = beginning(its, its.invoices, [500_00], 10_00, "bank");
  expect(await beginCheckout(its.services, its.square, { ...wanted, buyerEmail: null })).toEqual({ ok: false, error: { kind: "no-email" } });
  expect(await beginCheckout(its.services, { ...its.square, takesBank: false }, wanted)).toEqual({ ok: false, error: { kind: "no-bank-transfer" } });
});

test("a failure that is reported after the next try began does not end the wait for that one", async () => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00]);
  const first = await pay(intent.linkId);
  expect(await applyPayment(its.needs, await read(its, first.id))).toBe("waiting");
  await atSquare({ do: "settle", merchant: its.merchant, payment: first.id, as: "FAILED" });
  const second = await pay(intent.linkId);
  expect(await applyPayment(its.needs, await read(its, second.id))).toBe("waiting");
  expect(await applyPayment(its.needs, await read(its, first.id))).toBe("failed");
  expect(await pendingOn(its)).toMatchObject({ amount: 500_00 });
  expect(await readPendingInvoices(its.services.db)).toEqual(its.invoices);
  await atSquare({ do: "settle", merchant: its.merchant, payment: second.id, as: "FAILED" });
  expect(await applyPayment(its.needs, await read(its, second.id))).toBe("failed");
  expect(await pendingOn(its)).toBeNull();
});

test("a transfer begun on a page that was closed since is awaited like any other, and the page is canceled if it fails", async () => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00]);
  const { id } = await pay(intent.linkId);
  its.world.clock.pass(DAY);
  expect(await closeCheckouts(its.services)).toBe(1);
  await its.world.drainOutbox(its.shop);
  await its.takeNotices();
  expect(await pendingOn(its)).toMatchObject({ amount: 500_00 });
  expect(await voidInvoice(its.staff, its.invoices[0] as Id<"invoice">, "By mistake")).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  const again = beginning(its, its.invoices, [500_00], 10_00, "card");
  expect(await beginCheckout(its.services, its.square, again)).toEqual({ ok: false, error: { kind: "pending", amount: 500_00 } });

  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "FAILED" });
  await its.takeNotices();
  expect(await pendingOn(its)).toBeNull();
  expect(await closeCheckouts(its.services)).toBe(1);
  await its.world.drainOutbox(its.shop);
  expect(await its.client.invoice(intent.linkId ?? "")).toMatchObject({ value: { status: "CANCELED" } });
});

test("a transfer begun on a page that another one replaced leaves that one as it is, and is credit when both arrive", async () => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00]);
  const card = await begin(its, [500_00], "card");
  const late = await pay(intent.linkId);
  expect(await applyPayment(its.needs, await read(its, late.id))).toBe("waiting");
  expect(await intentStore(its.services.db).find(card.intent.id)).toMatchObject({ state: "open" });
  const paid = await atSquare<{ id: string }>({ do: "pay", link: card.intent.linkId ?? "", way: "card" });
  expect(await applyPayment(its.needs, await read(its, paid.id))).toBe("applied");
  await atSquare({ do: "settle", merchant: its.merchant, payment: late.id, as: "COMPLETED" });
  expect(await applyPayment(its.needs, await read(its, late.id))).toBe("applied");
  expect(await readAccount(its.staff.db, its.customer.id, { now: its.world.clock.now(), before: null })).toMatchObject({ owed: 0, credit: 500_00 });
});

test("of a transfer that is refunded in part and then returned, the account loses all of it once", async () => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00]);
  const { id } = await pay(intent.linkId);
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await its.takeNotices();
  await atSquare({ do: "refund", merchant: its.merchant, payment: id, amount: 200_00 });
  await its.takeNotices();
  expect(await invoiceOf(its)).toMatchObject({ applied: 300_00 });
  await atSquare({ do: "return", merchant: its.merchant, payment: id, as: "status" });
  await its.takeNotices();
  expect(await readAccount(its.staff.db, its.customer.id, { now: its.world.clock.now(), before: null })).toMatchObject({ owed: 500_00, credit: 0 });
});
