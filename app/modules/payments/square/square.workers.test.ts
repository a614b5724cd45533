import { expect, test } from "vitest";
import { type Cents, toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { announced, atSquare, newMerchant, type SquareLink, squareApplication, squareUrl } from "../../../../tests/world/square";
import { type SquareClient, squareScopes } from "./square";
import { squareClient, squareOAuth } from "./square.client.server";

const usd = (amount: number): { amount: Cents; currency: string } => ({ amount: toCents(amount), currency: "USD" });

async function connected(scopes: readonly string[] = squareScopes): Promise<{ client: SquareClient; merchant: string; location: string; token: string }> {
  const { id: merchant, location } = await newMerchant("USD");
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant, scopes: [...scopes] });
  const tokens = await squareOAuth(squareApplication).obtainTokens(code);
  if (!tokens.ok) throw new Error(tokens.error.kind);
  const token = tokens.value.accessToken;
  return { client: squareClient({ accessToken: token, baseUrl: squareUrl }), merchant, location, token };
}

const request = (location: string, more: Partial<Parameters<SquareClient["createPaymentLink"]>[0]> = {}) => ({
  idempotencyKey: crypto.randomUUID(),
  locationId: location,
  title: "Invoice 1001",
  ...usd(12_345),
  referenceId: "int_1",
  metadata: { intent: "int_1" },
  redirectUrl: "https://shop.test/pay/token",
  buyerEmail: "fleet@northline.test",
  note: "Invoice 1001",
  ...more,
});

async function link(client: SquareClient, location: string, more = {}): Promise<SquareLink> {
  const made = await client.createPaymentLink(request(location, more));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

test("a merchant and its locations are read", async () => {
  const { client, merchant, location } = await connected();
  expect(await client.merchant()).toEqual({ ok: true, value: { id: merchant, businessName: `Shop ${merchant}` } });
  expect(await client.locations()).toMatchObject({ ok: true, value: [{ id: location, currency: "USD", status: "ACTIVE" }] });
});

test("a link is paid once; its payment names the order, which carries our reference", async () => {
  const { client, merchant, location } = await connected();
  const made = await link(client, location, {
    lines: [
      { name: "Invoice 1001", amount: toCents(12_000) },
      { name: "Invoice 1002", amount: toCents(345) },
    ],
  });
  expect(await client.order(made.orderId)).toEqual({
    ok: true,
    value: { id: made.orderId, referenceId: "int_1", metadata: { intent: "int_1" }, state: "DRAFT" },
  });
  const paid = await atSquare<{ id: string }>({ do: "pay", link: made.id, way: "card", tip: 500 });
  expect(await client.payment(paid.id)).toMatchObject({
    ok: true,
    value: {
      status: "COMPLETED",
      amount: 12_345,
      total: 12_845,
      orderId: made.orderId,
      locationId: location,
      sourceType: "CARD",
      card: { brand: "VISA", last4: "1111" },
      applicationId: squareApplication.applicationId,
      refunded: 0,
      note: "Invoice 1001",
    },
  });
  expect(await client.order(made.orderId)).toMatchObject({ value: { state: "OPEN" } });
  await expect(atSquare({ do: "pay", link: made.id, way: "card" })).rejects.toThrow(/was paid/);
  const types = (await announced(merchant)).map(({ type }) => type);
  expect(types).toEqual(["payment.created", "payment.updated", "payment.updated"]);
});

test("a bank payment is pending until it completes", async () => {
  const { client, merchant, location } = await connected();
  const made = await link(client, location);
  const { id } = await atSquare<{ id: string }>({ do: "pay", link: made.id, way: "bank" });
  expect(await client.payment(id)).toMatchObject({ value: { status: "PENDING", sourceType: "BANK_ACCOUNT", card: null, fee: null } });
  await atSquare({ do: "settle", merchant, payment: id, as: "COMPLETED" });
  expect(await client.payment(id)).toMatchObject({ value: { status: "COMPLETED", fee: 123 } });
});

test("a declined card leaves the link open", async () => {
  const { client, location } = await connected();
  const made = await link(client, location);
  expect(await atSquare({ do: "pay", link: made.id, way: "decline" })).toMatchObject({ status: "FAILED" });
  expect(await atSquare({ do: "pay", link: made.id, way: "card" })).toMatchObject({ status: "COMPLETED" });
});

test("a deleted link takes no payment, and deleting it again is no fault", async () => {
  const { client, location } = await connected();
  const made = await link(client, location);
  expect(await client.deletePaymentLink(made.id)).toEqual({ ok: true, value: undefined });
  expect(await client.deletePaymentLink(made.id)).toEqual({ ok: true, value: undefined });
  expect((await fetch(made.url)).status).toBe(410);
  expect(await client.order(made.orderId)).toMatchObject({ value: { state: "CANCELED" } });
});

test("one key makes one link; with another body it is refused", async () => {
  const { client, location } = await connected();
  const wanted = request(location);
  const first = await client.createPaymentLink(wanted);
  expect(await client.createPaymentLink(wanted)).toEqual(first);
  expect(await client.createPaymentLink({ ...wanted, title: "Another" })).toMatchObject({ error: { kind: "squareRefused", code: "IDEMPOTENCY_KEY_REUSED" } });
});

test("an answer that is lost is found again under the same key", async () => {
  const { client, location } = await connected();
  const wanted = request(location);
  await atSquare({ do: "fault", kind: "lost", path: "/v2/online-checkout" });
  expect(await client.createPaymentLink(wanted)).toEqual({ ok: false, error: { kind: "squareUnreachable" } });
  const again = await client.createPaymentLink(wanted);
  expect(again.ok && (await client.order(again.value.orderId))).toMatchObject({ value: { state: "DRAFT" } });
});

test("refunds change the payment, and never exceed it", async () => {
  const { client, merchant, location } = await connected();
  const made = await link(client, location);
  const { id: paymentId } = await atSquare<{ id: string }>({ do: "pay", link: made.id, way: "card" });
  const wanted = { idempotencyKey: crypto.randomUUID(), paymentId, ...usd(5_000), reason: "Brake pads returned" };
  const first = await client.refund(wanted);
  expect(first).toMatchObject({ ok: true, value: { status: "PENDING", amount: 5_000, paymentId, reason: "Brake pads returned" } });
  expect(first.ok && (await client.refundById(first.value.id))).toMatchObject({ value: { status: "COMPLETED" } });
  expect(await client.refund(wanted)).toEqual(first);
  expect(await client.payment(paymentId)).toMatchObject({ value: { refunded: 5_000 } });
  expect(await client.refund({ ...wanted, idempotencyKey: "k2", ...usd(7_346) })).toMatchObject({
    error: { kind: "squareRefused", code: "REFUND_AMOUNT_INVALID" },
  });
  await atSquare({ do: "next-refund", as: "REJECTED" });
  const rejected = await client.refund({ ...wanted, idempotencyKey: "k3", ...usd(7_345) });
  expect(rejected.ok && (await client.refundById(rejected.value.id))).toMatchObject({ value: { status: "REJECTED" } });
  await atSquare({ do: "refund", merchant, payment: paymentId, amount: 7_345 });
  expect(await client.payment(paymentId)).toMatchObject({ value: { refunded: 12_345 } });
  const listed = await client.refunds({ updatedSince: toUtcMs(0), cursor: null });
  expect(listed.ok && listed.value.refunds.map(({ status, amount }) => [status, amount])).toEqual([
    ["COMPLETED", 5_000],
    ["REJECTED", 7_345],
    ["COMPLETED", 7_345],
  ]);
});

test("payments are listed by their last change, page by page, counter sales among them", async () => {
  const { client, merchant, location } = await connected();
  for (let n = 0; n < 101; n++) await atSquare({ do: "counter-sale", merchant, location, amount: 100 + n });
  const first = await client.payments({ updatedSince: toUtcMs(0), cursor: null, locationId: location });
  if (!first.ok || first.value.cursor === null) throw new Error("no second page");
  expect(first.value.payments).toHaveLength(100);
  const second = await client.payments({ updatedSince: toUtcMs(0), cursor: first.value.cursor, locationId: location });
  expect(second).toMatchObject({ ok: true, value: { payments: [{ amount: 200, sourceType: "CASH", card: null }], cursor: null } });
  const since = second.ok ? second.value.payments[0]?.updatedAt : undefined;
  const late = await client.payments({ updatedSince: since ?? toUtcMs(0), cursor: null, locationId: location });
  expect(late.ok && late.value.payments).toHaveLength(1);
  expect(await client.payments({ updatedSince: toUtcMs(Date.now() + 60_000), cursor: null, locationId: location })).toEqual({
    ok: true,
    value: { payments: [], cursor: null },
  });
});

test("what Square does not know is null", async () => {
  const { client } = await connected();
  expect([await client.payment("NOPE"), await client.order("NOPE"), await client.refundById("NOPE")]).toEqual(Array(3).fill({ ok: true, value: null }));
});

test("another merchant's records are not found", async () => {
  const [one, other] = [await connected(), await connected()];
  const made = await link(one.client, one.location);
  expect(await other.client.order(made.orderId)).toEqual({ ok: true, value: null });
});

test.each([
  ["500", { kind: "squareUnreachable" }],
  ["429", { kind: "squareUnreachable" }],
  ["broken", { kind: "squareAnswerUnreadable" }],
] as const)("a fault of Square's is a value: %s", async (kind, fault) => {
  const { client, location } = await connected();
  for (const path of ["/v2/locations", "/v2/payments", "/v2/refunds", "/v2/merchants", "/v2/online-checkout"]) await atSquare({ do: "fault", kind, path });
  const since = { updatedSince: toUtcMs(0), cursor: null };
  const answers = [
    await client.locations(),
    await client.payments({ ...since, locationId: location }),
    await client.refunds(since),
    await client.merchant(),
    await client.createPaymentLink(request(location)),
  ];
  expect(answers).toEqual(Array(5).fill({ ok: false, error: fault }));
});

test("an answer that does not come is given up", async () => {
  const { token } = await connected();
  const hasty = squareClient({ accessToken: token, baseUrl: squareUrl, timeoutSeconds: 0.3 });
  await atSquare({ do: "fault", kind: "timeout", path: "/v2/locations" });
  expect(await hasty.locations()).toEqual({ ok: false, error: { kind: "squareUnreachable" } });
});

test("a body that stalls is given up too", async () => {
  const stalled: typeof fetch = (_input, init) =>
    Promise.resolve(
      new Response(
        new ReadableStream({ start: (stream) => init?.signal?.addEventListener("abort", () => stream.error(new DOMException("aborted", "AbortError"))) }),
      ),
    );
  const hasty = squareClient({ accessToken: "x", baseUrl: squareUrl, timeoutSeconds: 0.3, fetch: stalled });
  expect(await hasty.locations()).toEqual({ ok: false, error: { kind: "squareUnreachable" } });
});

test("nobody at the other end is unreachable", async () => {
  const gone = squareClient({ accessToken: "x", baseUrl: squareUrl, fetch: () => Promise.reject(new TypeError("connection refused")) });
  expect(await gone.merchant()).toEqual({ ok: false, error: { kind: "squareUnreachable" } });
});

test("expired, revoked and made-up tokens are unauthorized; a missing scope is refused", async () => {
  const [expired, revoked] = [await connected(), await connected()];
  await atSquare({ do: "expire-tokens", merchant: expired.merchant });
  await atSquare({ do: "revoke", merchant: revoked.merchant });
  const unauthorized = { ok: false, error: { kind: "squareUnauthorized" } };
  expect([await expired.client.locations(), await revoked.client.locations()]).toEqual([unauthorized, unauthorized]);
  expect(await squareClient({ accessToken: "made-up", baseUrl: squareUrl }).locations()).toEqual(unauthorized);
  const reader = await connected(["MERCHANT_PROFILE_READ"]);
  expect(await reader.client.createPaymentLink(request(reader.location))).toMatchObject({
    error: { kind: "squareRefused", status: 403, code: "INSUFFICIENT_SCOPES" },
  });
});

test("over-length references are refused, long notes and names are cut", async () => {
  const { client, location } = await connected();
  expect(await client.createPaymentLink(request(location, { referenceId: "x".repeat(41) }))).toMatchObject({ error: { code: "VALUE_TOO_LONG" } });
  expect(await client.createPaymentLink(request(location, { note: "ä".repeat(600), title: "🚚".repeat(400) }))).toMatchObject({ ok: true });
});

test("tokens are obtained once per code, renewed, and ended", async () => {
  const { id: merchant } = await newMerchant("USD");
  const oauth = squareOAuth(squareApplication);
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant, scopes: [...squareScopes] });
  const first = await oauth.obtainTokens(code);
  if (!first.ok) throw new Error(first.error.kind);
  expect(first.value.merchantId).toBe(merchant);
  expect(first.value.expiresAt - Date.now()).toBeGreaterThan(29 * 86_400_000);
  expect(await oauth.obtainTokens(code)).toEqual({ ok: false, error: { kind: "squareUnauthorized" } });
  const second = await oauth.refreshTokens(first.value.refreshToken);
  expect(second).toMatchObject({ ok: true, value: { merchantId: merchant, refreshToken: first.value.refreshToken } });
  expect(await oauth.revoke(merchant)).toEqual({ ok: true, value: undefined });
  expect(await oauth.refreshTokens(first.value.refreshToken)).toEqual({ ok: false, error: { kind: "squareUnauthorized" } });
  expect((await announced(merchant)).map(({ type }) => type)).toEqual(["oauth.authorization.revoked"]);
});

test("a broken answer while tokens are obtained is unreadable", async () => {
  const { id: merchant } = await newMerchant("USD");
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant, scopes: [...squareScopes] });
  await atSquare({ do: "fault", kind: "broken", path: "/oauth2/token" });
  expect(await squareOAuth(squareApplication).obtainTokens(code)).toEqual({ ok: false, error: { kind: "squareAnswerUnreadable" } });
});

test("the seller is asked for our scopes, at the right host", () => {
  const url = new URL(
    squareOAuth({ ...squareApplication, baseUrl: "https://connect.squareup.com", sandbox: false }).authorizeUrl("state+1", { withBank: false }),
  );
  expect(url.origin + url.pathname).toBe("https://connect.squareup.com/oauth2/authorize");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: squareApplication.applicationId,
    scope: squareScopes.join(" "),
    state: "state+1",
    session: "false",
  });
});
