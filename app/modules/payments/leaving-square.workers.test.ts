import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { DAY, HOUR, later, toUtcMs, type UtcMs } from "~/kernel/time";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { fromSession } from "~/platform/scope/scope.server";
import { beginning, connectedShop, type PayingShop } from "../../../tests/world/payments";
import { testRequest } from "../../../tests/world/request";
import { announced, atSquare, newMerchant } from "../../../tests/world/square";
import { sweepSquare } from "../../../workers/background";
import { beginCheckout } from "./checkouts/begin-checkout.server";
import { intentStore } from "./checkouts/intent.store.server";
import { readUnclearPayments } from "./payment.read.server";
import { paymentStore } from "./payment.store.server";
import { disconnectSquare, finishSquareConnection, startSquareConnection, switchBankTransfers } from "./square/connect-square.server";
import { renewSquareAccess } from "./square/renew-square-access.server";
import { squareBankScopes, squareScopes } from "./square/square";
import { catchUpWithSquare } from "./square/square-jobs.server";

/** A shop whose clock is Square's. */
async function shop(totals: readonly number[]) {
  const its = await connectedShop(totals, "USD");
  const began = toUtcMs(Date.now());
  its.world.clock.pass(began - its.world.clock.now());
  const { session } = await its.shop.session(its.shop.ownerEmail, "staff");
  const owner = its.world.context.servicesFor(fromSession(session, testRequest));
  /** As the owner connects, with Square's page in between. */
  async function connect(merchant: string) {
    const started = await startSquareConnection(owner, { sessionId: session.id, origin: "http://shop.test" });
    const state = new URL(started.ok ? started.value.url : "").searchParams.get("state");
    const { code } = await atSquare<{ code: string }>({ do: "grant", merchant, scopes: [...squareScopes, ...squareBankScopes] });
    expect(await finishSquareConnection(owner, { state, code, sessionId: session.id, currency: "USD" })).toEqual({ ok: true, value: null });
  }
  return { ...its, began, owner, session, connect };
}

async function begin(its: PayingShop, amounts: readonly number[], way: "bank" | "card") {
  const begun = await beginCheckout(its.services, its.square, beginning(its, its.invoices, amounts, 10_00, way));
  if (!begun.ok) throw new Error(JSON.stringify(begun.error));
  return begun.value;
}

const payLink = (link: string | null) => atSquare<{ id: string }>({ do: "pay", link: link ?? "", way: "card" });
const payInvoice = (invoice: string | null) => atSquare<{ id: string }>({ do: "pay-invoice", invoice: invoice ?? "" });
const invoiceOf = async ({ staff, world, invoices }: PayingShop, at = 0) =>
  (await readInvoiceRecord(staff.db, invoices[at] as Id<"invoice">, world.clock.now()))?.invoice ?? expect.fail("no invoice");
const sweep = ({ world }: PayingShop) => sweepSquare(world.env, world.context.platform, HOUR);

test("before a shop disconnects, open checkouts are closed and taken off Square, so that nobody pays there unseen", async () => {
  const its = await shop([500_00, 200_00]);
  const card = await begin(its, [500_00], "card");
  const bank = await beginCheckout(its.services, its.square, beginning(its, its.invoices.slice(1), [200_00], 10_00, "bank"));
  const invoice = (bank.ok && bank.value.intent.linkId) || "";
  expect(await disconnectSquare(its.owner)).toMatchObject({ ok: true });
  for (const { id } of await intentStore(its.services.db).allLiving()) expect.fail(`${id} is still open`);
  await expect(payLink(card.intent.linkId)).rejects.toThrow();
  await expect(payInvoice(invoice)).rejects.toThrow();
});

test("bank transfers that are switched off are no longer taken on pages that were opened before; what is on its way still comes in", async () => {
  const its = await shop([500_00, 200_00]);
  const { intent } = await begin(its, [500_00], "bank");
  const { id } = await payInvoice(intent.linkId);
  await its.takeNotices();
  const open = await beginCheckout(its.services, its.square, beginning(its, its.invoices.slice(1), [200_00], 10_00, "bank"));
  expect(await switchBankTransfers(its.owner, { on: false, sessionId: its.session.id, origin: "http://shop.test" })).toMatchObject({ ok: true });
  await its.world.drainOutbox(its.shop);
  await expect(payInvoice((open.ok && open.value.intent.linkId) || "")).rejects.toThrow();
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await its.takeNotices();
  expect(await invoiceOf(its)).toMatchObject({ status: "paid" });
});

test("a checkout of an account that was replaced is not used again: the next payer gets one of the new account", async () => {
  const its = await shop([500_00]);
  const before = await begin(its, [500_00], "card");
  await atSquare({ do: "revoke", merchant: its.merchant });
  expect(await renewSquareAccess(its.services)).toBe("revoked");
  const { id } = await newMerchant("USD");
  await its.connect(id);
  const square = (await its.services.square()) ?? expect.fail("not connected");
  const after = await beginCheckout(its.services, square, beginning(its, its.invoices, [500_00], 10_00, "card"));
  expect(after.ok && after.value.url).not.toBe(before.url);
});

test("what arrived while the shop was not connected is entered once the same account is connected again, however long that took", async () => {
  const its = await shop([500_00, 200_00]);
  const { intent } = await begin(its, [500_00], "bank");
  const { id } = await payInvoice(intent.linkId);
  await its.takeNotices();
  const card = await beginCheckout(its.services, its.square, beginning(its, its.invoices.slice(1), [200_00], 10_00, "card"));
  await sweep(its);
  await atSquare({ do: "revoke", merchant: its.merchant });
  expect(await renewSquareAccess(its.services)).toBe("revoked");
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await payLink((card.ok && card.value.intent.linkId) || "");
  // Its notices come, and nobody can ask Square about them.
  await its.takeNotices();
  expect([await invoiceOf(its), await invoiceOf(its, 1)]).toMatchObject([{ applied: 0 }, { applied: 0 }]);
  its.world.clock.pass(10 * DAY);
  await its.connect(its.merchant);
  await sweep(its);
  expect([await invoiceOf(its), await invoiceOf(its, 1)]).toMatchObject([{ status: "paid" }, { status: "paid" }]);
});

test("a transfer whose notices were all lost is asked about by itself, longer than Square lists changes", async () => {
  const its = await shop([500_00]);
  const { intent } = await begin(its, [500_00], "bank");
  const { id } = await payInvoice(intent.linkId);
  await its.takeNotices();
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  its.world.clock.pass(40 * DAY);
  await sweep(its);
  expect(await invoiceOf(its)).toMatchObject({ status: "paid" });
});

test("more changes than one pass takes are gone on with by the next pass, oldest first, until all are read", async () => {
  const its = await shop([500_00]);
  for (let sale = 0; sale < 110; sale++) await atSquare({ do: "counter-sale", merchant: its.merchant, location: its.location, amount: 5_00 });
  const { intent } = await begin(its, [500_00], "card");
  await payLink(intent.linkId);
  its.world.clock.pass(10 * DAY);
  const pass = (since: UtcMs) => catchUpWithSquare(its.services, since, 1);
  expect(await pass(its.began)).toMatchObject({ payments: 100, found: 0 });
  expect(await invoiceOf(its)).toMatchObject({ applied: 0 });
  // By itself the next one would ask about an hour.
  expect(await pass(later(its.world.clock.now(), -HOUR))).toMatchObject({ found: 1, goesOnSince: null });
  expect(await invoiceOf(its)).toMatchObject({ status: "paid" });
  expect(await pass(later(its.world.clock.now(), -HOUR))).toMatchObject({ payments: 0 });
});

test("another seller's notices about this shop's payment put nothing on any account", async () => {
  const [its, other] = [await shop([500_00]), await connectedShop([100_00], "USD")];
  const { intent } = await begin(its, [500_00], "bank");
  const { id } = await payInvoice(intent.linkId);
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  const { webhook } = its.world.context.platform.settings.square ?? expect.fail("not set up");
  for (const notice of await announced(its.merchant)) {
    const body = notice.body.replaceAll(its.merchant, other.merchant);
    const signature = createHmac("sha256", webhook.key)
      .update(webhook.url + body)
      .digest("base64");
    expect((await other.send({ body, headers: { "x-square-hmacsha256-signature": signature } })).status).toBe(200);
  }
  await other.world.drainOutbox(other.shop);
  expect([await invoiceOf(its), await invoiceOf(other)]).toMatchObject([{ applied: 0 }, { applied: 0 }]);
  expect(await readUnclearPayments(other.staff.db)).toEqual([]);
});

test("a transfer for an invoice that the seller made at Square is left alone", async () => {
  const its = await shop([500_00]);
  const own = await its.client.createBankInvoice({
    idempotencyKey: newId("event"),
    locationId: its.location,
    title: "Sold at the counter",
    amount: toCents(500_00),
    currency: "USD",
    referenceId: "0042",
    metadata: {},
    payer: { id: "walk-in", name: "Somebody", email: "somebody@payer.test" },
    dueDay: "2030-01-01",
  });
  const { id } = await payInvoice(own.ok ? own.value.id : null);
  await its.takeNotices();
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await its.takeNotices();
  await sweep(its);
  expect(await invoiceOf(its)).toMatchObject({ applied: 0 });
  expect(await readUnclearPayments(its.staff.db)).toEqual([]);
  expect(await paymentStore(its.services.db).payment(id)).toMatchObject({ outcome: "elsewhere", status: "COMPLETED" });
});
