import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { err, ok } from "~/kernel/result";
import { HOUR, later } from "~/kernel/time";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { entryLabel } from "~/modules/invoices/statements/statement";
import { readStatement } from "~/modules/invoices/statements/statement.read.server";
import { journal } from "~/platform/database/tenant.tables";
import { forJob } from "~/platform/scope/scope.server";
import { readDisputeEvidence } from "~/queries/dispute-evidence.server";
import { expectConsoleError } from "../../../../tests/setup/console";
import { approvedOrder, completed, issued } from "../../../../tests/world/accounts";
import { estimateShop } from "../../../../tests/world/estimates";
import { type PaidShop, paidShop } from "../../../../tests/world/payments";
import { atSquare } from "../../../../tests/world/square";
import { applyRefund } from "../refunds/apply-refund.server";
import { askRefund } from "../refunds/ask-refund.server";
import { disconnectSquare } from "../square/connect-square.server";
import { applyDispute } from "./apply-dispute.server";
import { askEvidence } from "./ask-evidence.server";
import { disputeStore } from "./dispute.store.server";
import { sendEvidence } from "./send-evidence.server";

const open = (its: PaidShop, more: { amount?: number; inquiry?: boolean; days?: number } = {}) =>
  atSquare<{ id: string }>({ do: "dispute", merchant: its.merchant, payment: its.paymentId, days: 5_000, ...more });
const settle = (its: PaidShop, dispute: string, as: "WON" | "LOST" | "ACCEPTED" | "PROCESSING") =>
  atSquare({ do: "settle-dispute", merchant: its.merchant, dispute, as });
const disputeOf = async (its: PaidShop, id: string) => (await disputeStore(its.services.db).find(id)) ?? expect.fail("no dispute");
const mailsAbout = async (its: PaidShop, what: string) =>
  (await its.world.mail(its.shop.ownerEmail)).filter(({ subject }) => subject.includes(what)).map(({ subject }) => subject);
const read = async (its: PaidShop, id: string) => {
  const dispute = await its.client.dispute(id);
  return (dispute.ok && dispute.value) || expect.fail("no dispute");
};

test("a dispute is kept with its due date and notified once; the account changes only when it is lost, the newest allocation first", async () => {
  const its = await paidShop([300_00, 200_00]);
  const { id } = await open(its, { amount: 250_00 });
  await its.notifyAll();
  expect(await disputeOf(its, id)).toMatchObject({
    state: "EVIDENCE_REQUIRED",
    amount: 250_00,
    sourceId: its.sourceId,
    entryId: null,
    dueAt: expect.any(Number),
  });
  expect(await mailsAbout(its, "disputes")).toHaveLength(1);
  expect(await its.applied()).toEqual([300_00, 200_00]);
  const [before] = await Promise.all(its.invoices.slice(0, 1).map((invoice) => readInvoiceRecord(its.staff.db, invoice, its.world.clock.now())));

  await settle(its, id, "LOST");
  await its.notifyAll();
  await its.catchUp();
  expect(await applyDispute(its.needs, await read(its, id))).toBe("known");
  expect(await its.applied()).toEqual([250_00, 0]);
  const { entries, owed, credit } = await its.account();
  expect(entries.filter(({ kind }) => kind === "chargeback")).toMatchObject([{ amount: -250_00, method: "square", why: "Dispute lost: Not received" }]);
  expect([owed, credit]).toEqual([250_00, 0]);
  const [after] = await Promise.all(its.invoices.slice(0, 1).map((invoice) => readInvoiceRecord(its.staff.db, invoice, its.world.clock.now())));
  expect(after?.invoice.dueDay).toBe(before?.invoice.dueDay);
  expect(await mailsAbout(its, "Dispute lost")).toHaveLength(1);

  const statement = await readStatement(its.staff.db, its.customer.id, { from: "2020-01-01", through: "2031-12-31" });
  const lines = statement.ok ? statement.value.lines : [];
  expect(lines.map((line) => [entryLabel(line), line.amount])).toContainEqual([expect.stringContaining("Payment returned by the bank"), 250_00]);
});

test("catching up finds a dispute and its end that no notice reported", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  expect(await its.catchUp()).toMatchObject({ disputes: 1, found: 1 });
  await settle(its, id, "ACCEPTED");
  expect(await its.catchUp()).toMatchObject({ disputes: 1, found: 1 });
  expect(await its.catchUp()).toMatchObject({ found: 0 });
  expect(await its.applied()).toEqual([0]);
});

test("a dispute that is won changes nothing, and an older report of it neither", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  const early = await read(its, id);
  await settle(its, id, "WON");
  await its.notifyAll();
  expect(await applyDispute(its.needs, early)).toBe("known");
  expect(await disputeOf(its, id)).toMatchObject({ state: "WON", entryId: null });
  expect(await its.applied()).toEqual([500_00]);
  expect(await mailsAbout(its, "Dispute won")).toHaveLength(1);
});

test("of a payment that was refunded in part, only what is left is taken back", async () => {
  const its = await paidShop([500_00]);
  await atSquare({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 400_00 });
  const { id } = await open(its);
  await settle(its, id, "LOST");
  await its.notifyAll();
  expect(await its.applied()).toEqual([0]);
  // Whichever was reported first, no more than the payment has left.
  const { entries, credit } = await its.account();
  const left = entries.filter(({ kind }) => kind === "chargeback" || kind === "refund");
  expect(left.reduce((sum, { amount }) => sum + amount, 0)).toBe(-500_00);
  expect(credit).toBe(0);
});

test("a refund that is reported after its payment was taken back whole leaves the account as it is", async () => {
  const its = await paidShop([500_00]);
  const refund = await atSquare<{ id: string }>({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 400_00 });
  const { id } = await open(its);
  await settle(its, id, "LOST");
  expect(await applyDispute(its.needs, await read(its, id))).toBe("applied");
  const found = await its.client.refundById(refund.id);
  for (let time = 0; time < 2; time++) expect(await applyRefund(its.needs, (found.ok && found.value) || expect.fail("no refund"))).toBe("known");
  expect(await its.applied()).toEqual([0]);
  expect(await its.account()).toMatchObject({ owed: 500_00, credit: 0 });
  await its.world.drainOutbox(its.shop);
  // The office reads both sums, once, and so does the account's journal.
  expect(await mailsAbout(its, "refunded")).toEqual([expect.stringMatching(/400\.00 refunded to .*, but only .*\b0\.00 is on the account/)]);
  const noted = await its.services.db.query({ from: journal, columns: { event: journal.event }, where: eq(journal.event, "refund.beyond-payment"), limit: 10 });
  expect(noted).toHaveLength(1);
});

test("of a refund that is larger than what the bank left, both sums are notified", async () => {
  const its = await paidShop([500_00]);
  const refund = await atSquare<{ id: string }>({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 400_00 });
  const { id } = await open(its, { amount: 250_00 });
  await settle(its, id, "LOST");
  expect(await applyDispute(its.needs, await read(its, id))).toBe("applied");
  const found = await its.client.refundById(refund.id);
  expect(await applyRefund(its.needs, (found.ok && found.value) || expect.fail("no refund"))).toBe("applied");
  await its.world.drainOutbox(its.shop);
  expect(await mailsAbout(its, "refunded")).toEqual([expect.stringMatching(/400\.00 refunded to .*, but only .*250\.00 is on the account/)]);
});

test("while the bank decides about a payment, no refund of it is asked for", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  await its.notifyAll();
  const ask = () => askRefund(its.staff, its.customer.id, { id: newId("refund"), sourceId: its.sourceId, amount: toCents(50_00), why: "Core returned" });
  expect(await ask()).toEqual({ ok: false, error: { kind: "disputed" } });
  await settle(its, id, "WON");
  await its.notifyAll();
  expect(await ask()).toEqual({ ok: true, value: null });
});

test("a dispute over a sale at the counter is left alone", async () => {
  const its = await paidShop([500_00]);
  const sale = await atSquare<{ id: string }>({ do: "counter-sale", merchant: its.merchant, location: its.location, amount: 12_00 });
  const { id } = await atSquare<{ id: string }>({ do: "dispute", merchant: its.merchant, payment: sale.id });
  await its.notifyAll();
  expect(await disputeStore(its.services.db).find(id)).toBeNull();
});

/** A customer approved an estimate by phone, and paid the invoice of its work. */
async function approvedAndPaid() {
  const shop = await estimateShop();
  const { id } = await approvedOrder(shop, { Drums: 300_00 });
  await completed(shop, id);
  const invoice = await issued(shop, [id]);
  await shop.world.drainOutbox(shop.shop);
  return paidShop({ ...shop, invoices: [invoice] });
}
type Evidence = { evidence_type: string; evidence_text?: string; evidence_file?: { filetype: string } };
const evidenceAt = (its: PaidShop, dispute: string) => atSquare<Evidence[]>({ do: "evidence", merchant: its.merchant, dispute });

test("one click sends approval, work and invoice to the bank, also where Square fails in between, and adds nothing twice", async () => {
  const its = await approvedAndPaid();
  const { id } = await open(its);
  await its.notifyAll();
  await atSquare({ do: "fault", kind: "lost", path: `/v2/disputes/${id}/evidence-files` });
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  await its.world.drainOutbox(its.shop);
  expect(await disputeOf(its, id)).toMatchObject({ evidence: "asked", state: "EVIDENCE_REQUIRED" });
  expect(await askEvidence(its.staff, id)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  its.world.clock.pass(120_000);
  await its.world.drainOutbox(its.shop);
  expect(await disputeOf(its, id)).toMatchObject({ evidence: "sent", state: "PROCESSING" });
  const evidence = await evidenceAt(its, id);
  expect(evidence.map(({ evidence_type }) => evidence_type)).toEqual(["AUTHORIZATION_DOCUMENTATION", "SERVICE_RECEIVED_DOCUMENTATION", "RECEIPT"]);
  expect(evidence[0]?.evidence_text).toMatch(/approved by Renee by phone, recorded by Owner on 2030-03-01 .*SHA-256 of the approved revision: [\w-]{43}$/);
  expect(evidence[1]?.evidence_text).toContain("Drums");
  expect(evidence[2]?.evidence_file).toMatchObject({ filetype: "application/pdf" });
  expect(await askEvidence(its.staff, id)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("evidence that Square refuses is notified with the reason, and can be sent again", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  await its.notifyAll();
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  const refused = { kind: "squareRefused", status: 400, code: "INVALID_VALUE", detail: "No more evidence" } as const;
  const services = its.world.context.servicesFor(forJob(its.shop.id, "Square"));
  const client = { ...its.client, submitEvidence: async () => err(refused) };
  const { directory } = its.world.context.platform;
  await sendEvidence({ ...its.needs, ...services, directory, client, facts: ({ sourceId }) => readDisputeEvidence(services.db, sourceId) }, id);
  await its.world.drainOutbox(its.shop);
  expect(await disputeOf(its, id)).toMatchObject({ state: "EVIDENCE_REQUIRED", evidence: "failed", problem: expect.stringContaining("No more evidence") });
  expect(await mailsAbout(its, "did not take the evidence")).toHaveLength(1);
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  await its.world.drainOutbox(its.shop);
  expect(await disputeOf(its, id)).toMatchObject({ state: "PROCESSING", evidence: "sent" });
});

test("a dispute that ended before the evidence left is not shown as answered", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  await its.notifyAll();
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  await settle(its, id, "LOST");
  await its.world.drainOutbox(its.shop);
  expect(await disputeOf(its, id)).toMatchObject({ state: "LOST", evidence: "failed" });
});

test("after its due date, no evidence is sent", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its, { days: 1 });
  const dispute = await read(its, id);
  await applyDispute(its.needs, { ...dispute, dueAt: later(its.world.clock.now(), -1) });
  expect(await askEvidence(its.staff, id)).toMatchObject({ ok: false, error: { kind: "not-allowed", message: "The time for evidence is over." } });
  expect(await askEvidence(its.staff, "no-such")).toEqual({ ok: false, error: { kind: "not-found" } });
});

test("only invoices that the payment still pays are evidence, and only they show the dispute", async () => {
  const its = await paidShop([300_00, 200_00]);
  const [kept, left] = its.invoices;
  if (!kept || !left) return expect.fail("two invoices");
  const { id } = await open(its);
  await its.notifyAll();
  await changeAccount(its.staff, its.customer.id, { intent: "release", sourceId: its.sourceId, invoiceId: left, why: "Wrong invoice" });
  expect((await readDisputeEvidence(its.services.db, its.sourceId)).invoices.map((invoice) => invoice.id)).toEqual([kept]);
  expect((await disputeStore(its.services.db).onInvoice(kept)).map((dispute) => dispute.id)).toEqual([id]);
  expect(await disputeStore(its.services.db).onInvoice(left)).toEqual([]);
});

test("a dispute that is won after it was lost names the money that has to be recorded", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its, { amount: 250_00 });
  await settle(its, id, "LOST");
  const lost = await read(its, id);
  await applyDispute(its.needs, lost);
  await applyDispute(its.needs, { ...lost, state: "WON", updatedAt: later(lost.updatedAt, 1) });
  await its.world.drainOutbox(its.shop);
  const [mail] = (await its.world.mail(its.shop.ownerEmail)).filter(({ subject }) => subject.includes("Dispute won"));
  expect(mail?.text).toMatch(/The bank gave .*250\.00 back: record it as a payment\./);
  expect(mail?.text).not.toContain("Nothing changes");
});

test("evidence that was sent can't be sent again while Square shows the old state, but for the dispute that an inquiry becomes", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its, { inquiry: true });
  await its.notifyAll();
  const inquiry = await read(its, id);
  await its.services.db.batch([disputeStore(its.services.db).evidenceRow(id, "sent")]);
  await applyDispute(its.needs, { ...inquiry, dueAt: later(inquiry.updatedAt, 99 * 86_400_000), updatedAt: later(inquiry.updatedAt, 1) });
  expect(await disputeOf(its, id)).toMatchObject({ state: "INQUIRY_EVIDENCE_REQUIRED", evidence: "sent" });
  expect(await askEvidence(its.staff, id)).toEqual({ ok: false, error: { kind: "not-allowed", message: "The bank has the evidence and decides." } });
  await applyDispute(its.needs, { ...inquiry, state: "EVIDENCE_REQUIRED", updatedAt: later(inquiry.updatedAt, 2) });
  expect(await disputeOf(its, id)).toMatchObject({ state: "EVIDENCE_REQUIRED", evidence: null });
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
});

/** Lets the outbox try for so many hours, as its sweep does. */
async function trying(its: PaidShop, hours: number): Promise<void> {
  for (let at = 0; at < hours; at++) {
    its.world.clock.pass(HOUR);
    await its.world.drainOutbox(its.shop);
  }
}

test("evidence that Square does not answer about for most of a day is given up, notified as unknown, and can be sent again", async () => {
  expectConsoleError(/square\.evidence-given-up/);
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  await its.notifyAll();
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  await atSquare({ do: "fault", kind: "500", path: `/v2/disputes/${id}`, times: 60 });
  await trying(its, 19);
  expect(await disputeOf(its, id)).toMatchObject({ evidence: "asked" });
  await trying(its, 4);
  expect(await disputeOf(its, id)).toMatchObject({ evidence: "unknown", problem: "Square did not answer for 20 hours." });
  const mails = (await its.world.mail(its.shop.ownerEmail)).filter(({ subject }) => subject.includes("evidence"));
  expect(mails.map(({ subject, text }) => [subject, text.includes("Square's dashboard")])).toEqual([[expect.stringContaining("Nobody knows"), true]]);
  await atSquare({ do: "no-faults" });
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  await its.world.drainOutbox(its.shop);
  expect(await disputeOf(its, id)).toMatchObject({ evidence: "sent", state: "PROCESSING", problem: null });
});

test("evidence whose time is over while Square does not answer is given up at once", async () => {
  expectConsoleError(/square\.evidence-given-up/);
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  const dispute = await read(its, id);
  await applyDispute(its.needs, { ...dispute, dueAt: later(its.world.clock.now(), 2 * HOUR) });
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  await atSquare({ do: "fault", kind: "500", path: `/v2/disputes/${id}`, times: 60 });
  await trying(its, 4);
  expect(await disputeOf(its, id)).toMatchObject({ evidence: "unknown", problem: "Square did not answer before the time for evidence was over." });
  await atSquare({ do: "no-faults" });
});

test("evidence asked for while Square is being disconnected does not wait for ever", async () => {
  expectConsoleError(/square\.evidence-given-up/);
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  await its.notifyAll();
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  expect(await disconnectSquare(its.staff)).toMatchObject({ ok: true });
  await trying(its, 23);
  expect(await disputeOf(its, id)).toMatchObject({ evidence: "unknown", problem: "Square isn't connected." });
});

test("a dispute that the connected account does not know is reported as that", async () => {
  const its = await paidShop([500_00]);
  const { id } = await open(its);
  await its.notifyAll();
  expect(await askEvidence(its.staff, id)).toEqual({ ok: true, value: null });
  const services = its.world.context.servicesFor(forJob(its.shop.id, "Square"));
  const client = { ...its.client, dispute: async () => ok(null) };
  const { directory } = its.world.context.platform;
  await sendEvidence({ ...its.needs, ...services, directory, client, facts: ({ sourceId }) => readDisputeEvidence(services.db, sourceId) }, id);
  expect(await disputeOf(its, id)).toMatchObject({ evidence: "failed", problem: expect.stringContaining("does not know this dispute") });
});
