import { beforeAll, expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { squareBankScopes, squareScopes } from "~/modules/payments/square/square";
import { squareClient, squareOAuth } from "~/modules/payments/square/square.client.server";
import { announced, atSquare, newMerchant, squareApplication, squareUrl } from "../../../tests/world/square";
import { type Endpoint, endpoints } from "./facts";
import { refusalOfAnswer, refusalOfEvent, refusalOfRequest } from "./oracle";

/** Each request of the adapter and each answer of the stand-in, as they went over the wire. */
type Exchange = { endpoint: Endpoint; request: unknown; answer: unknown };
const exchanges: Exchange[] = [];
const events: { type: string }[] = [];

const recorded: typeof fetch = async (input, init) => {
  const url = new URL(String(input));
  const answer = await fetch(input, init);
  const found = Object.entries(endpoints).find(([, fact]) => fact.method === init?.method && fact.path.test(url.pathname));
  if (!found) throw new Error(`${url.pathname} is no endpoint`);
  const endpoint = found[0] as Endpoint; // a key of the table
  exchanges.push({ endpoint, request: bodyOf(init?.body), answer: answer.ok ? await answer.clone().json() : null });
  return answer;
};

/** The JSON of a request; of one with a file, its `request` part. */
function bodyOf(body: BodyInit | null | undefined): unknown {
  const text = body instanceof FormData ? body.get("request") : body;
  return text ? JSON.parse(String(text)) : undefined;
}

/** The adapter's whole interface, once. */
beforeAll(async () => {
  const { id: merchant, location } = await newMerchant("USD");
  const oauth = squareOAuth({ ...squareApplication, fetch: recorded });
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant, scopes: [...squareScopes, ...squareBankScopes] });
  const tokens = await oauth.obtainTokens(code);
  if (!tokens.ok) throw new Error(tokens.error.kind);
  const renewed = await oauth.refreshTokens(tokens.value.refreshToken);
  if (!renewed.ok) throw new Error(renewed.error.kind);
  const client = squareClient({ accessToken: renewed.value.accessToken, baseUrl: squareUrl, fetch: recorded });
  await client.merchant();
  await client.locations();
  const wanted = {
    locationId: location,
    title: "Invoice 1001",
    amount: toCents(74_358),
    currency: "USD",
    referenceId: "int_1",
    metadata: { intent: "int_1", organization: "org_1" },
    redirectUrl: "https://shop.test/pay/token",
    buyerEmail: "fleet@northline.test",
    note: "Invoice 1001",
  };
  const link = await client.createPaymentLink({ ...wanted, idempotencyKey: "first" });
  const other = await client.createPaymentLink({ ...wanted, idempotencyKey: "second", buyerEmail: null });
  if (!link.ok || !other.ok) throw new Error("no links");
  await client.deletePaymentLink(other.value.id);
  await client.order(link.value.orderId);
  const { redirectUrl: _, buyerEmail: __, note: ___, ...invoiced } = wanted;
  const payer = { id: "cus_1", name: "Northline", email: "fleet@northline.test" };
  const [sent, paid] = [
    await client.createBankInvoice({ ...invoiced, idempotencyKey: "third", payer, dueDay: "2030-03-02" }),
    await client.createBankInvoice({ ...invoiced, idempotencyKey: "fourth", payer, dueDay: "2030-03-02" }),
  ];
  if (!sent.ok || !paid.ok) throw new Error("no invoices");
  await client.invoice(sent.value.id);
  await client.cancelInvoice(sent.value.id);
  const transfer = await atSquare<{ id: string }>({ do: "pay-invoice", invoice: paid.value.id });
  await atSquare({ do: "settle", merchant, payment: transfer.id, as: "COMPLETED" });
  await client.payment(transfer.id);
  const payment = await atSquare<{ id: string }>({ do: "pay", link: link.value.id, way: "card", tip: 100 });
  await client.payment(payment.id);
  const refund = await client.refund({ idempotencyKey: "third", paymentId: payment.id, amount: toCents(100), currency: "USD", reason: "Core returned" });
  if (!refund.ok) throw new Error(refund.error.kind);
  await client.refundById(refund.value.id);
  await client.payments({ updatedSince: toUtcMs(0), cursor: null, locationId: location });
  await client.refunds({ updatedSince: toUtcMs(0), cursor: null });
  const { id: disputeId } = await atSquare<{ id: string }>({ do: "dispute", merchant, payment: payment.id });
  await client.dispute(disputeId);
  await client.disputes({ locationId: location, cursor: null });
  const evidence = { disputeId, type: "RECEIPT" } as const;
  const text = await client.addEvidenceText({ ...evidence, idempotencyKey: "fourth", text: "Approved by phone" });
  const file = await client.addEvidenceFile({ ...evidence, idempotencyKey: "fifth", name: "INV-1001.pdf", pdf: new TextEncoder().encode("%PDF-1.7") });
  if (!text.ok || !file.ok) throw new Error("no evidence");
  await client.submitEvidence(disputeId);
  await atSquare({ do: "payout", merchant, location, amount: 70_000 });
  await client.payouts({ locationId: location, since: toUtcMs(0), until: toUtcMs(Date.now() + 1_000), cursor: null });
  await oauth.revoke(merchant);
  events.push(...(await announced(merchant)).map(({ body }) => JSON.parse(body)));
});

const of = (endpoint: Endpoint): Exchange => {
  const found = exchanges.find((one) => one.endpoint === endpoint && one.answer !== null);
  if (!found) throw new Error(`${endpoint} was not called`);
  return found;
};

test("each request, answer and webhook is one that Square's own SDK knows", async () => {
  expect(new Set(exchanges.map(({ endpoint }) => endpoint)).size).toBe(25);
  for (const { endpoint, request, answer } of exchanges) {
    expect([endpoint, await refusalOfRequest(endpoint, request)]).toEqual([endpoint, null]);
    expect([endpoint, await refusalOfAnswer(endpoint, answer)]).toEqual([endpoint, null]);
  }
  expect(new Set(events.map(({ type }) => type)).size).toBe(12);
  for (const event of events) expect([event.type, await refusalOfEvent(event)]).toEqual([event.type, null]);
});

/** Changes one place of a copy; `undefined` removes it. */
function mutated(body: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(body);
  const names = path.split(".");
  const last = names.pop() ?? "";
  const inner = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, copy as Record<string, unknown>); // paths of this file
  if (value === undefined) delete inner[last];
  else inner[last] = value;
  return copy;
}

const renamed = (body: unknown, path: string, name: string): unknown => {
  const names = path.split(".");
  const value = names.reduce<unknown>((at, one) => (at as Record<string, unknown>)[one], body);
  return mutated(mutated(body, path, undefined), [...names.slice(0, -1), name].join("."), value);
};

const link = "order.line_items.0.base_price_money.amount";

test.each<[string, Endpoint, (body: unknown) => unknown]>([
  ["a renamed field", "CreatePaymentLink", (body) => renamed(body, "order.line_items", "items")],
  ["an amount as text", "CreatePaymentLink", (body) => mutated(body, link, "74358")],
  ["a missing amount", "CreatePaymentLink", (body) => mutated(body, link, undefined)],
  ["a missing key", "CreatePaymentLink", (body) => mutated(body, "idempotency_key", undefined)],
  ["a key in the SDK's spelling", "CreatePaymentLink", (body) => renamed(body, "idempotency_key", "idempotencyKey")],
  ["a reference that is too long", "CreatePaymentLink", (body) => mutated(body, "order.reference_id", "x".repeat(41))],
  [
    "eleven entries of metadata",
    "CreatePaymentLink",
    (body) => mutated(body, "order.metadata", Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`k${n}`, "v"]))),
  ],
  ["a flag as text", "CreatePaymentLink", (body) => mutated(body, "checkout_options.allow_tipping", "false")],
  [
    "quick_pay beside an order",
    "CreatePaymentLink",
    (body) => mutated(body, "quick_pay", { name: "x", price_money: { amount: 1, currency: "USD" }, location_id: "L" }),
  ],
  ["a refund key that is too long", "RefundPayment", (body) => mutated(body, "idempotency_key", "x".repeat(46))],
  ["a refund of nothing", "RefundPayment", (body) => mutated(body, "payment_id", undefined)],
  ["a currency of no country", "RefundPayment", (body) => mutated(body, "amount_money.currency", "EURO")],
  ["evidence that is too long", "CreateDisputeEvidenceText", (body) => mutated(body, "evidence_text", "x".repeat(501))],
  ["evidence of no kind", "CreateDisputeEvidenceFile", (body) => mutated(body, "evidence_type", "PROOF")],
  ["a token request without a secret", "ObtainToken", (body) => mutated(body, "client_secret", undefined)],
])("a request with %s is refused", async (_what, endpoint, change) => {
  expect(await refusalOfRequest(endpoint, change(of(endpoint).request))).not.toBeNull();
});

test.each<[string, Endpoint, (body: unknown) => unknown]>([
  ["an amount as text", "GetPayment", (body) => mutated(body, "payment.amount_money.amount", "74358")],
  ["a renamed field", "GetPayment", (body) => renamed(body, "payment.updated_at", "updatedAt")],
  ["a field that Square does not have", "GetPayment", (body) => mutated(body, "payment.version", 3)],
  ["a missing order", "GetPayment", (body) => mutated(body, "payment.order_id", undefined)],
  ["a state of no order", "GetOrder", (body) => mutated(body, "order.state", "PAID")],
  ["a link without its address", "CreatePaymentLink", (body) => mutated(body, "payment_link.url", undefined)],
  ["a version as text", "CreatePaymentLink", (body) => mutated(body, "payment_link.version", "1")],
  ["a refund without a payment", "RefundPayment", (body) => mutated(body, "refund.payment_id", undefined)],
  ["a dispute in no state", "RetrieveDispute", (body) => mutated(body, "dispute.state", "OPEN")],
  ["a dispute of no payment", "RetrieveDispute", (body) => mutated(body, "dispute.disputed_payment", undefined)],
  ["a list that is none", "ListPayments", (body) => mutated(body, "payments", {})],
  ["an expiry as a number", "ObtainToken", (body) => mutated(body, "expires_at", 1_796_000_000)],
])("an answer with %s is refused", async (_what, endpoint, change) => {
  expect(await refusalOfAnswer(endpoint, change(of(endpoint).answer))).not.toBeNull();
});

test("a request in another version is refused", async () => {
  const answer = await fetch(`${squareUrl}/v2/locations`, { headers: { Authorization: "Bearer x", "Square-Version": "2020-01-01" } });
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([400, expect.stringContaining("INVALID_SQUARE_VERSION_FORMAT")]);
});
