import { and, asc, eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { err } from "~/kernel/result";
import { DAY, dayOf, later, MINUTE, toUtcMs } from "~/kernel/time";
import { findInvoiceAccount } from "~/modules/invoices/documents/invoice-account.store.server";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { entryLabel } from "~/modules/invoices/statements/statement";
import { readStatement } from "~/modules/invoices/statements/statement.read.server";
import { outbox } from "~/platform/database/tenant.tables";
import { readSquareRefundables } from "~/queries/staff/square-refunds.server";
import { expectConsoleError } from "../../../../tests/setup/console";
import { type PaidShop, paidShop, reconnect } from "../../../../tests/world/payments";
import { atSquare } from "../../../../tests/world/square";
import { reconcile } from "../reconcile.server";
import { connectSquare } from "../square/square-jobs.server";
import { applyRefund } from "./apply-refund.server";
import { askRefund } from "./ask-refund.server";
import { refundByHand } from "./refund-by-hand.server";
import { refundStore } from "./refund-request.store.server";

/** A paid shop whose office asks for refunds. */
async function refundingShop(totals: readonly number[]) {
  const its = await paidShop(totals);
  const ask = (amount: number, more: { id?: Id<"refund">; why?: string } = {}) =>
    askRefund(its.staff, its.customer.id, {
      id: more.id ?? newId("refund"),
      sourceId: its.sourceId,
      amount: toCents(amount),
      why: more.why ?? "Core returned",
    });
  return { ...its, ask };
}

const leftOf = async (its: PaidShop) => {
  const { entries } = await its.account();
  return (await readSquareRefundables(its.staff.db, entries))[its.sourceId] ?? expect.fail("no payment");
};
const refundsAtSquare = async ({ client }: PaidShop) => {
  const listed = await client.refunds({ updatedSince: toUtcMs(0), cursor: null });
  return listed.ok ? listed.value.refunds : expect.fail("no answer");
};
test("a refund is reserved when it is asked for, and is on the account once, by answer, notices and catching up", async () => {
  const its = await refundingShop([300_00, 200_00]);
  expect(await leftOf(its)).toMatchObject({ most: 500_00, free: 0, on: [{ amount: 300_00 }, { amount: 200_00 }] });
  expect(await its.ask(250_00)).toEqual({ ok: true, value: null });
  // Nothing has left yet, and the same money can't be asked for again.
  expect(await leftOf(its)).toMatchObject({ most: 250_00, reserved: 250_00, requests: [{ state: "asked" }] });
  expect(await its.ask(250_01)).toEqual({ ok: false, error: { kind: "too-much", most: 250_00 } });
  expect(await its.applied()).toEqual([300_00, 200_00]);
  await its.world.drainOutbox(its.shop);
  expect(await leftOf(its)).toMatchObject({ most: 250_00, reserved: 0, requests: [{ state: "completed" }] });
  // The newest allocation went first.
  expect(await its.applied()).toEqual([250_00, 0]);
  await its.notifyAll();
  expect(await its.catchUp()).toMatchObject({ found: 0, fault: null });
  expect(await its.applied()).toEqual([250_00, 0]);
  expect((await its.account()).entries.filter(({ kind }) => kind === "refund")).toHaveLength(1);
  expect(await refundsAtSquare(its)).toHaveLength(1);
});

test("of refunds asked for at the same moment, only what is there is reserved", async () => {
  const its = await refundingShop([500_00]);
  const asked = await Promise.all([its.ask(300_00), its.ask(300_00), its.ask(300_00)]);
  expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await leftOf(its)).toMatchObject({ most: 200_00, reserved: 300_00 });
  await its.world.drainOutbox(its.shop);
  expect(await its.applied()).toEqual([200_00]);
});

test("the same form sent twice is one refund; with other figures it is refused", async () => {
  const its = await refundingShop([500_00]);
  const id = newId("refund");
  expect([await its.ask(50_00, { id }), await its.ask(50_00, { id })]).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  expect(await its.ask(60_00, { id })).toEqual({ ok: false, error: { kind: "id-taken" } });
  expect(await leftOf(its)).toMatchObject({ most: 450_00 });
});

test.each(["REJECTED", "FAILED"] as const)("a refund that is %s in the end is free again, and the office is notified", async (as) => {
  const its = await refundingShop([500_00]);
  await atSquare({ do: "next-refund", as: "PENDING" });
  await its.ask(120_00);
  await its.world.drainOutbox(its.shop);
  expect(await leftOf(its)).toMatchObject({ most: 380_00, requests: [{ state: "pending" }] });
  const [refund] = await refundsAtSquare(its);
  await atSquare({ do: "settle-refund", merchant: its.merchant, refund: refund?.id ?? "", as });
  await its.notifyAll();
  expect(await leftOf(its)).toMatchObject({ most: 500_00, reserved: 0, requests: [{ state: "failed" }] });
  expect(await its.applied()).toEqual([500_00]);
  const mails = (await its.world.mail(its.shop.ownerEmail)).filter(({ subject }) => subject.includes("refund of"));
  expect(mails.map(({ text }) => text)).toEqual([expect.stringContaining("Nothing changed on the account")]);
});

test("one that Square pays out later counts when it is paid out", async () => {
  const its = await refundingShop([500_00]);
  await atSquare({ do: "next-refund", as: "PENDING" });
  await its.ask(120_00);
  await its.world.drainOutbox(its.shop);
  expect(await its.applied()).toEqual([500_00]);
  const [refund] = await refundsAtSquare(its);
  await atSquare({ do: "settle-refund", merchant: its.merchant, refund: refund?.id ?? "", as: "COMPLETED" });
  // No notice comes; the hourly question finds it.
  expect(await its.catchUp()).toMatchObject({ found: 1, fault: null });
  expect(await its.applied()).toEqual([380_00]);
});

test("a process that dies before it keeps Square's answer asks again under the same key, and Square pays once", async () => {
  const its = await refundingShop([500_00]);
  await atSquare({ do: "fault", kind: "lost", path: "/v2/refunds", times: 2 });
  await its.ask(120_00);
  await its.world.drainOutbox(its.shop);
  expect(await leftOf(its)).toMatchObject({ most: 380_00, requests: [{ state: "asked" }] });
  // Square's notices come first: the refund is entered, though nobody knows yet that it is the one asked for.
  await its.notifyAll();
  await its.catchUp();
  await its.catchUp();
  expect(await leftOf(its)).toMatchObject({ most: 380_00, reserved: 0, requests: [{ state: "completed" }] });
  expect(await its.applied()).toEqual([380_00]);
  expect(await refundsAtSquare(its)).toHaveLength(1);
});

test("what Square refuses is free again, with its reason", async () => {
  const its = await refundingShop([500_00]);
  await atSquare({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 450_00 });
  await its.ask(120_00);
  await its.world.drainOutbox(its.shop);
  const left = await leftOf(its);
  expect(left.requests).toMatchObject([{ state: "failed", problem: expect.stringContaining("REFUND_AMOUNT_INVALID") }]);
  await its.notifyAll();
  expect(await leftOf(its)).toMatchObject({ most: 50_00, reserved: 0 });
});

test("without an answer for a day, a refund that Square made all the same is the one that was asked for", async () => {
  const its = await refundingShop([500_00]);
  await atSquare({ do: "fault", kind: "lost", path: "/v2/refunds", times: 1 });
  await its.ask(120_00);
  await its.world.drainOutbox(its.shop);
  its.world.clock.pass(DAY);
  await its.catchUp();
  const [request] = (await leftOf(its)).requests;
  expect(request).toMatchObject({ state: "completed", problem: null });
  expect(await refundStore(its.services.db).reserved()).toEqual([]);
  expect(await its.applied()).toEqual([380_00]);
  expect(await leftOf(its)).toMatchObject({ most: 380_00 });
});

test("nothing is asked for where Square isn't connected, or the payment is another customer's", async () => {
  const its = await refundingShop([500_00]);
  const stranger = await its.shop.customer();
  const wanted = { id: newId("refund"), sourceId: its.sourceId, amount: toCents(1_00), why: "Why not" };
  expect(await askRefund(its.staff, stranger.id, wanted)).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await askRefund({ ...its.staff, settings: { square: null } }, its.customer.id, wanted)).toMatchObject({
    ok: false,
    error: { kind: "not-connected" },
  });
});

test("what is on its way back pays no invoice, and is shown beside the credit", async () => {
  const its = await refundingShop([500_00]);
  const [invoiceId] = its.invoices;
  if (!invoiceId) return expect.fail("no invoice");
  const change = (command: Parameters<typeof changeAccount>[2]) => changeAccount(its.staff, its.customer.id, command);
  const record = async () => (await readInvoiceRecord(its.staff.db, invoiceId, its.world.clock.now())) ?? expect.fail("no invoice");
  await change({ intent: "release", sourceId: its.sourceId, invoiceId, why: "Wrong invoice" });
  await atSquare({ do: "next-refund", as: "PENDING" });
  expect(await its.ask(300_00)).toMatchObject({ ok: true });
  expect(await its.account()).toMatchObject({ credit: 500_00, reserved: 300_00 });
  expect(await record()).toMatchObject({ credit: 500_00, spendable: 200_00 });
  const allocate = { intent: "allocate", id: newId("entry"), sourceId: its.sourceId, invoiceId, amount: toCents(200_01) } as const;
  expect(await change(allocate)).toEqual({ ok: false, error: { kind: "too-much", most: 200_00 } });
  expect(await change({ intent: "apply-credit", invoiceId })).toMatchObject({ ok: true });
  expect(await its.applied()).toEqual([200_00]);
  await its.world.drainOutbox(its.shop);
  expect(await change({ intent: "apply-credit", invoiceId })).toEqual({ ok: false, error: { kind: "no-credit" } });
  const [refund] = await refundsAtSquare(its);
  await atSquare({ do: "settle-refund", merchant: its.merchant, refund: refund?.id ?? "", as: "FAILED" });
  await its.catchUp();
  expect(await its.account()).toMatchObject({ credit: 300_00, reserved: 0 });
  expect(await change({ intent: "apply-credit", invoiceId })).toMatchObject({ ok: true });
  expect(await its.applied()).toEqual([500_00]);
});

test("once a refund is paid out, nothing of the payment is reserved", async () => {
  const its = await refundingShop([500_00]);
  const [invoiceId] = its.invoices;
  if (!invoiceId) return expect.fail("no invoice");
  await changeAccount(its.staff, its.customer.id, { intent: "release", sourceId: its.sourceId, invoiceId, why: "Wrong invoice" });
  await its.ask(300_00);
  await its.world.drainOutbox(its.shop);
  expect(await its.account()).toMatchObject({ credit: 200_00, reserved: 0 });
  expect(await changeAccount(its.staff, its.customer.id, { intent: "apply-credit", invoiceId })).toMatchObject({ ok: true });
  expect(await its.applied()).toEqual([200_00]);
});

test("a refund counts from the day it was paid out, not the day it was asked for; without a reason it names none", async () => {
  const its = await refundingShop([500_00]);
  const { id } = await atSquare<{ id: string }>({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 20_00 });
  const read = await its.client.refundById(id);
  const refund = (read.ok && read.value) || expect.fail("no refund");
  expect(await applyRefund(its.needs, { ...refund, reason: "  ", createdAt: later(refund.updatedAt, -40 * DAY) })).toBe("applied");
  const entry = (await its.account()).entries.find(({ kind }) => kind === "refund");
  expect(entry).toMatchObject({ day: dayOf(refund.updatedAt, its.needs.zone), why: "No reason given" });
});

test("more payments than a statement of D1 has parameters are read", async () => {
  const its = await paidShop([500_00]);
  const shown = Array.from({ length: 150 }, () => ({ id: newId("entry"), kind: "payment", method: "square" }) as const);
  const all = await readSquareRefundables(its.staff.db, [...shown, { id: its.sourceId, kind: "payment", method: "square" }]);
  expect(Object.keys(all)).toHaveLength(151);
  expect(all[its.sourceId]).toMatchObject({ most: 500_00 });
});

test("one object that can't be read does not keep the others from the account", async () => {
  expectConsoleError(/square\.not-read.*payment broken/);
  const its = await refundingShop([500_00]);
  const { id } = await atSquare<{ id: string }>({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 20_00 });
  const read = await its.client.refundById(id);
  const refund = (read.ok && read.value) || expect.fail("no refund");
  const client: typeof its.client = {
    ...its.client,
    payment: (wanted) => (wanted === "broken" ? Promise.resolve(err({ kind: "squareUnreachable" })) : its.client.payment(wanted)),
    refunds: async () => ({ ok: true, value: { refunds: [{ ...refund, id: "first", paymentId: "broken" }, refund], cursor: null } }),
  };
  const result = await reconcile({ ...its.needs, client, locationId: its.location }, toUtcMs(DAY));
  expect(result).toMatchObject({ refunds: 2, found: 1, unread: 1, fault: null });
  expect(await its.applied()).toEqual([480_00]);
});

test("a refund that Square can't be asked about does not keep the next one", async () => {
  expectConsoleError(/square\.refund-not-asked/);
  const its = await refundingShop([500_00]);
  await its.ask(10_00);
  await its.ask(20_00);
  const client: typeof its.client = {
    ...its.client,
    refund: (wanted) => (wanted.amount === 10_00 ? Promise.resolve(err({ kind: "squareUnreachable" })) : its.client.refund(wanted)),
  };
  expect(await reconcile({ ...its.needs, client, locationId: its.location }, toUtcMs(DAY))).toMatchObject({ unread: 1, fault: null });
  expect((await leftOf(its)).requests.map(({ state }) => state).sort()).toEqual(["asked", "completed"]);
});

test("without an answer for a day, and without a refund at Square, nobody knows, and the office reads so", async () => {
  const its = await refundingShop([500_00]);
  await atSquare({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 30_00 });
  await its.ask(120_00);
  its.world.clock.pass(DAY);
  await its.catchUp();
  await its.world.drainOutbox(its.shop);
  expect(await leftOf(its)).toMatchObject({ reserved: 0, requests: [{ state: "unknown", problem: expect.stringContaining("dashboard") }] });
  const mails = (await its.world.mail(its.shop.ownerEmail)).filter(({ subject }) => subject.includes("refund of"));
  expect(mails.map(({ subject, text }) => [subject.includes("unknown"), text.includes("Ask for it again")])).toEqual([[true, false]]);
});

/** The last refund that was asked of Square came to nothing. */
async function failedRefund(amount: number, totals: readonly number[] = [300_00, 200_00]) {
  const its = await refundingShop(totals);
  await atSquare({ do: "next-refund", as: "FAILED" });
  await its.ask(amount);
  await its.world.drainOutbox(its.shop);
  const pay = (sum: number, more: Partial<Parameters<typeof refundByHand>[2]> = {}) =>
    refundByHand(its.staff, its.customer.id, {
      intent: "refund",
      id: newId("entry"),
      sourceId: its.sourceId,
      amount: toCents(sum),
      method: "check",
      reference: "881",
      day: "2030-03-01",
      why: "Card expired",
      ...more,
    });
  return { ...its, pay };
}

test("what Square could not refund is paid out another way; statement, invoice and balance agree", async () => {
  const its = await failedRefund(250_00);
  expect(await leftOf(its)).toMatchObject({ most: 500_00, byHand: 500_00, requests: [{ state: "failed" }] });
  expect(await its.pay(500_01)).toEqual({ ok: false, error: { kind: "too-much", most: 500_00 } });
  const id = newId("entry");
  expect(await its.pay(250_00, { id })).toMatchObject({ ok: true });
  // The form sent twice is one refund.
  expect(await its.pay(250_00, { id })).toEqual({ ok: true, value: null });
  expect(await leftOf(its)).toMatchObject({ most: 250_00, byHand: 250_00 });
  expect(await its.applied()).toEqual([250_00, 0]);
  expect(await its.account()).toMatchObject({ owed: 250_00, credit: 0 });
  const statement = await readStatement(its.staff.db, its.customer.id, { from: "2020-01-01", through: "2031-12-31" });
  if (!statement.ok) return expect.fail("no statement");
  expect(statement.value.lines.map((line) => [entryLabel(line), line.amount])).toContainEqual([expect.stringMatching(/Refund: Check 881/), 250_00]);
  expect(statement.value.closing).toBe(250_00);
  const printed = await Promise.all(its.invoices.map((invoice) => findInvoiceAccount(its.staff.db, invoice, its.needs.zone)));
  expect(printed.map((account) => account.reduce((sum, { amount }) => sum + amount, 0))).toEqual([250_00, 0]);
  // What is left can still go through Square.
  expect(await its.ask(250_01)).toEqual({ ok: false, error: { kind: "too-much", most: 250_00 } });
  expect(await its.ask(250_00)).toEqual({ ok: true, value: null });
});

test("what is on its way through Square, or disputed, is not paid out another way as well", async () => {
  const its = await failedRefund(250_00);
  await atSquare({ do: "next-refund", as: "PENDING" });
  await its.ask(400_00);
  await its.world.drainOutbox(its.shop);
  expect(await its.pay(100_01)).toEqual({ ok: false, error: { kind: "too-much", most: 100_00 } });
  const id = newId("entry");
  expect(await its.pay(100_00, { id })).toMatchObject({ ok: true });
  // A correction finds no more than that either.
  const more = {
    intent: "correct",
    id: newId("entry"),
    entryId: id,
    amount: toCents(100_01),
    method: "check",
    reference: "882",
    day: "2030-03-01",
    why: "Mistyped",
  } as const;
  expect(await changeAccount(its.staff, its.customer.id, more)).toEqual({ ok: false, error: { kind: "too-much", most: 100_00 } });
  await atSquare({ do: "dispute", merchant: its.merchant, payment: its.paymentId, days: 5_000 });
  await its.catchUp();
  expect(await its.pay(1_00)).toMatchObject({ ok: false, error: { kind: "not-allowed", message: expect.stringContaining("disputes this payment") } });
});

test("without a failed refund, or while nobody knows what became of the last one, a payment through Square goes back through Square", async () => {
  const its = await failedRefund(120_00);
  const other = await refundingShop([500_00]);
  const wanted = {
    intent: "refund",
    id: newId("entry"),
    amount: toCents(1_00),
    method: "cash",
    reference: null,
    day: "2030-03-01",
    why: "Wanted cash",
  } as const;
  const refused = { ok: false, error: { kind: "not-allowed", message: expect.stringContaining("Refund it through Square") } };
  expect(await refundByHand(other.staff, other.customer.id, { ...wanted, sourceId: other.sourceId })).toMatchObject(refused);
  // Whoever does not ask first may not either.
  expect(await changeAccount(its.staff, its.customer.id, { ...wanted, sourceId: its.sourceId })).toMatchObject(refused);
  its.world.clock.pass(MINUTE);
  await its.ask(120_00);
  its.world.clock.pass(DAY);
  await its.catchUp();
  expect(await leftOf(its)).toMatchObject({ byHand: 0, requests: [{ state: "unknown" }, { state: "failed" }] });
  expect(await its.pay(1_00)).toMatchObject({ ok: false, error: { kind: "not-allowed", message: expect.stringContaining("Nobody knows") } });
});

test("a payment of an account that was connected before is not refunded through another, and its refund under way ends as unknown", async () => {
  const its = await refundingShop([500_00]);
  await atSquare({ do: "next-refund", as: "PENDING" });
  await its.ask(120_00);
  await its.world.drainOutbox(its.shop);
  await reconnect(its);
  expect(await its.ask(50_00)).toEqual({ ok: false, error: { kind: "other-account", name: "Shop" } });
  expect(await leftOf(its)).toMatchObject({ otherAccount: "Shop", reserved: 120_00 });
  const square = (await connectSquare(its.services)) ?? expect.fail("not connected");
  expect(await reconcile({ ...square, locationId: square.locationId }, toUtcMs(DAY))).toMatchObject({ unread: 0, fault: null });
  await its.world.drainOutbox(its.shop);
  const left = await leftOf(its);
  expect(left).toMatchObject({
    most: 500_00,
    reserved: 0,
    requests: [{ state: "unknown", problem: expect.stringContaining("the Square account Shop, which isn't connected") }],
  });
  expect(await its.applied()).toEqual([500_00]);
  const mails = (await its.world.mail(its.shop.ownerEmail)).filter(({ subject }) => subject.includes("refund of"));
  expect(mails.map(({ text }) => text)).toEqual([expect.stringContaining("connect that account again")]);
});

/** What open pages were notified of since the last time. */
function noticesOf(its: PaidShop) {
  let seen = 0;
  return async (): Promise<unknown[]> => {
    await its.world.drainOutbox(its.shop);
    const rows = await its.services.db.query({
      from: outbox,
      columns: { body: outbox.body },
      where: and(eq(outbox.kind, "board.changed"), like(outbox.key, `board:account:${its.customer.id}:%`)),
      orderBy: [asc(outbox.createdAt)],
      limit: 200,
    });
    const fresh = rows.slice(seen);
    seen = rows.length;
    return fresh.map(({ body }) => body.audiences);
  };
}

test("open pages are notified when unapplied money comes, is applied, refunded, disputed and taken back", async () => {
  const its = await refundingShop([500_00]);
  const [invoiceId] = its.invoices;
  if (!invoiceId) return expect.fail("no invoice");
  const notices = noticesOf(its);
  await notices();
  const both = ["staff", `customer:${its.customer.id}`];
  const change = (command: Parameters<typeof changeAccount>[2]) => changeAccount(its.staff, its.customer.id, command);
  const seen: unknown[][] = [];
  await change({ intent: "release", sourceId: its.sourceId, invoiceId, why: "Wrong invoice" });
  seen.push(await notices());
  await change({ intent: "pay", id: newId("entry"), on: [], amount: toCents(20_00), method: "cash", reference: null, day: "2030-03-01" });
  seen.push(await notices());
  // In Square's dashboard: no invoice changes.
  await atSquare({ do: "refund", merchant: its.merchant, payment: its.paymentId, amount: 50_00 });
  await its.catchUp();
  seen.push(await notices());
  const { id } = await atSquare<{ id: string }>({ do: "dispute", merchant: its.merchant, payment: its.paymentId, amount: 60_00 });
  await its.catchUp();
  seen.push(await notices());
  await atSquare({ do: "settle-dispute", merchant: its.merchant, dispute: id, as: "LOST" });
  await its.catchUp();
  seen.push(await notices());
  expect(seen).toEqual(Array.from({ length: 5 }, () => [both]));
});
