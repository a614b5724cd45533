import { expect, test } from "vitest";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { readAccount } from "~/queries/staff/account.server";
import { connectedShop, unclearPayment } from "../../../tests/world/payments";
import { announced, atSquare } from "../../../tests/world/square";
import { assignPayment } from "./assign-payment.server";
import { disputeStore } from "./disputes/dispute.store.server";
import { paymentStore } from "./payment.store.server";

/** A shop with an invoice of 500.00 and one of 300.00, and a payment of 200.00 that names none of them. */
async function unclearShop() {
  const its = await connectedShop([500_00, 300_00]);
  const paymentId = await unclearPayment(its, 200_00);
  const notify = async () => {
    for (const notice of (await announced(its.merchant)).toReversed()) await its.send(notice);
    await its.world.drainOutbox(its.shop);
  };
  await notify();
  const now = () => its.world.clock.now();
  const applied = () => Promise.all(its.invoices.map(async (id) => (await readInvoiceRecord(its.staff.db, id, now()))?.invoice.applied));
  const assign = (invoiceNumber: number) => assignPayment(its.staff, { paymentId, invoiceNumber });
  const disputes = () => disputeStore(its.services.db).newest();
  const mails = async (what: string) => (await its.world.mail(its.shop.ownerEmail)).filter(({ subject }) => subject.includes(what));
  return {
    ...its,
    paymentId,
    notify,
    applied,
    assign,
    disputes,
    mails,
    account: () => readAccount(its.staff.db, its.customer.id, { now: now(), before: null }),
  };
}

test("a payment that fits no invoice is put on one by its number, once, and the customer gets the receipt", async () => {
  const its = await unclearShop();
  expect(await paymentStore(its.staff.db).unclear()).toMatchObject([{ id: its.paymentId, amount: 200_00 }]);
  expect(await its.assign(99)).toEqual({ ok: false, error: { kind: "no-such-invoice" } });
  expect(await its.assign(1)).toMatchObject({ ok: true, value: { credit: 0, on: [{ number: 1, applied: 200_00, open: 300_00 }] } });
  expect(await its.assign(2)).toEqual({ ok: false, error: { kind: "payment-not-waiting" } });
  await its.notify();
  expect(await its.applied()).toEqual([200_00, 0]);
  expect(await paymentStore(its.staff.db).unclear()).toEqual([]);
  expect(await its.mails("paid")).toHaveLength(1);
});

test("put on two invoices at the same moment, it is on one", async () => {
  const its = await unclearShop();
  await Promise.all([its.assign(1), its.assign(2)]);
  const applied = await its.applied();
  expect(applied.toSorted()).toEqual([0, 200_00]);
  expect((await its.account())?.credit).toBe(0);
});

test("a dispute about it is kept and notified, and follows the payment to the invoice", async () => {
  const its = await unclearShop();
  const { id } = await atSquare<{ id: string }>({ do: "dispute", merchant: its.merchant, payment: its.paymentId, days: 5_000 });
  await its.notify();
  await its.notify();
  expect(await its.disputes()).toMatchObject([{ id, state: "EVIDENCE_REQUIRED", customerId: null, sourceId: null }]);
  const opened = await its.mails("disputes");
  expect(opened.map(({ text }) => text)).toEqual([expect.stringMatching(/fits no invoice yet[\s\S]*\/settings\/payments/)]);
  expect(await its.assign(1)).toMatchObject({ ok: true });
  await its.world.drainOutbox(its.shop);
  expect(await its.disputes()).toMatchObject([{ id, customerId: its.customer.id, sourceId: expect.any(String), entryId: null }]);
  expect(await its.mails("disputes")).toHaveLength(1);
  await atSquare({ do: "settle-dispute", merchant: its.merchant, dispute: id, as: "LOST" });
  await its.notify();
  expect(await its.applied()).toEqual([0, 0]);
});

test("what was refunded of it, and lost to the bank, before it was put on an invoice leaves the account again", async () => {
  const its = await unclearShop();
  await atSquare({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 50_00 });
  const { id } = await atSquare<{ id: string }>({ do: "dispute", merchant: its.merchant, payment: its.paymentId, amount: 30_00 });
  await atSquare({ do: "settle-dispute", merchant: its.merchant, dispute: id, as: "LOST" });
  await its.notify();
  expect(await its.disputes()).toMatchObject([{ state: "LOST", sourceId: null }]);
  // Square does not answer at first.
  await atSquare({ do: "fault", kind: "500", path: "/v2/refunds", times: 1 });
  expect(await its.assign(1)).toMatchObject({ ok: true });
  await its.world.drainOutbox(its.shop);
  its.world.clock.pass(60_000);
  await its.world.drainOutbox(its.shop);
  expect(await its.applied()).toEqual([120_00, 0]);
  expect(await its.disputes()).toMatchObject([{ state: "LOST", entryId: expect.any(String) }]);
});
