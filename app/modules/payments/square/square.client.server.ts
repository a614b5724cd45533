import type { SquareClient as Sdk } from "square";
import type * as z from "zod";
import { err, ok, type Result } from "~/kernel/result";
import {
  fitted,
  type NewBankInvoice,
  type NewPaymentLink,
  type SquareClient,
  type SquareFault,
  type SquareOAuth,
  type SquareTokens,
  squareBankScopes,
  squareLengths,
  squareScopes,
} from "./square";
import { squareAnswers } from "./square-answers";

/** Where Square is. `fetch` and the timeout differ in tests only. */
export type SquareAddress = { baseUrl: string; fetch?: typeof fetch; timeoutSeconds?: number };
export type SquareApplication = SquareAddress & { applicationId: string; applicationSecret: string; sandbox: boolean };

const TIMEOUT_SECONDS = 8;
const PAGE = 100;

/** What a seller's token opens. The SDK is loaded on first use: evaluated at the start it would delay every page. */
export function squareClient({ accessToken, ...address }: SquareAddress & { accessToken: string }): SquareClient {
  const ask = askerOf(address, { token: accessToken });
  return {
    async createPaymentLink(input) {
      const answer = await ask(squareAnswers.paymentLink, (sdk) => sdk.checkout.paymentLinks.create(linkRequest(input)));
      return answer.ok ? ok(answer.value.paymentLink) : answer;
    },
    async deletePaymentLink(id) {
      const answer = await ask(squareAnswers.deleted, (sdk) => sdk.checkout.paymentLinks.delete({ id }));
      if (!answer.ok && answer.error.kind === "squareRefused" && answer.error.status === 404) return ok(undefined);
      return answer.ok ? ok(undefined) : answer;
    },
    createBankInvoice: (input) => createBankInvoice(ask, input),
    async invoice(invoiceId) {
      const answer = found(await ask(squareAnswers.invoice, (sdk) => sdk.invoices.get({ invoiceId })));
      return answer.ok ? ok(answer.value?.invoice ?? null) : answer;
    },
    async cancelInvoice(invoiceId) {
      const read = found(await ask(squareAnswers.invoice, (sdk) => sdk.invoices.get({ invoiceId })));
      if (!read.ok) return read;
      if (read.value?.invoice.status !== "UNPAID") return ok(undefined);
      const { version } = read.value.invoice;
      const answer = await ask(squareAnswers.invoice, (sdk) => sdk.invoices.cancel({ invoiceId, version }));
      return answer.ok ? ok(undefined) : answer;
    },
    async payment(paymentId) {
      const answer = found(await ask(squareAnswers.payment, (sdk) => sdk.payments.get({ paymentId })));
      return answer.ok ? ok(answer.value?.payment ?? null) : answer;
    },
    async payments({ updatedSince, cursor, locationId }) {
      const wanted = { locationId, updatedAtBeginTime: new Date(updatedSince).toISOString(), sortField: "UPDATED_AT", sortOrder: "ASC", limit: PAGE } as const;
      const answer = await ask(squareAnswers.payments, async (sdk) => (await sdk.payments.list({ ...wanted, cursor: cursor ?? undefined })).response);
      return answer.ok ? ok({ payments: answer.value.payments, cursor: answer.value.cursor }) : answer;
    },
    async order(orderId) {
      const answer = found(await ask(squareAnswers.order, (sdk) => sdk.orders.get({ orderId })));
      if (!answer.ok) return answer;
      if (!answer.value) return ok(null);
      const { id, referenceId, metadata, state } = answer.value.order;
      const kept = Object.entries(metadata ?? {}).filter((entry): entry is [string, string] => entry[1] !== null);
      return ok({ id, referenceId: referenceId ?? null, metadata: Object.fromEntries(kept), state });
    },
    async refund({ idempotencyKey, paymentId, amount, currency, reason }) {
      const request = { idempotencyKey, paymentId, amountMoney: money(amount, currency), reason: fitted(reason, squareLengths.refundReason) || undefined };
      const answer = await ask(squareAnswers.refund, (sdk) => sdk.refunds.refundPayment(request));
      return answer.ok ? ok(answer.value.refund) : answer;
    },
    async refunds({ updatedSince, cursor }) {
      const wanted = { updatedAtBeginTime: new Date(updatedSince).toISOString(), sortField: "UPDATED_AT", sortOrder: "ASC", limit: PAGE } as const;
      const answer = await ask(squareAnswers.refunds, async (sdk) => (await sdk.refunds.list({ ...wanted, cursor: cursor ?? undefined })).response);
      return answer.ok ? ok({ refunds: answer.value.refunds, cursor: answer.value.cursor }) : answer;
    },
    async refundById(refundId) {
      const answer = found(await ask(squareAnswers.refund, (sdk) => sdk.refunds.get({ refundId })));
      return answer.ok ? ok(answer.value?.refund ?? null) : answer;
    },
    async dispute(disputeId) {
      const answer = found(await ask(squareAnswers.dispute, (sdk) => sdk.disputes.get({ disputeId })));
      return answer.ok ? ok(answer.value?.dispute ?? null) : answer;
    },
    async disputes({ locationId, cursor }) {
      const answer = await ask(squareAnswers.disputes, async (sdk) => (await sdk.disputes.list({ locationId, cursor: cursor ?? undefined })).response);
      return answer.ok ? ok({ disputes: answer.value.disputes, cursor: answer.value.cursor }) : answer;
    },
    async addEvidenceText({ idempotencyKey, disputeId, type, text }) {
      const request = { idempotencyKey, disputeId, evidenceType: type, evidenceText: fitted(text, squareLengths.evidence) };
      const answer = await ask(squareAnswers.evidence, (sdk) => sdk.disputes.createEvidenceText(request));
      return answer.ok ? ok(undefined) : answer;
    },
    async addEvidenceFile({ idempotencyKey, disputeId, type, name, pdf }) {
      const contentType = "application/pdf";
      const request = { idempotencyKey, evidenceType: type, contentType };
      const imageFile = new File([pdf as Uint8Array<ArrayBuffer>], name, { type: contentType }); // bytes of a file, never shared memory
      const answer = await ask(squareAnswers.evidence, (sdk) => sdk.disputes.createEvidenceFile({ disputeId, request, imageFile }));
      return answer.ok ? ok(undefined) : answer;
    },
    async submitEvidence(disputeId) {
      const answer = await ask(squareAnswers.dispute, (sdk) => sdk.disputes.submitEvidence({ disputeId }));
      return answer.ok ? ok(answer.value.dispute) : answer;
    },
    async payouts({ locationId, since, until, cursor }) {
      const [beginTime, endTime] = [new Date(since).toISOString(), new Date(until).toISOString()];
      const wanted = { locationId, beginTime, endTime, sortOrder: "ASC", limit: PAGE } as const;
      const answer = await ask(squareAnswers.payouts, async (sdk) => (await sdk.payouts.list({ ...wanted, cursor: cursor ?? undefined })).response);
      return answer.ok ? ok({ payouts: answer.value.payouts, cursor: answer.value.cursor }) : answer;
    },
    async locations() {
      const answer = await ask(squareAnswers.locations, (sdk) => sdk.locations.list());
      return answer.ok ? ok(answer.value.locations.map((one) => ({ ...one, name: one.name ?? one.id }))) : answer;
    },
    async merchant() {
      const answer = await ask(squareAnswers.merchant, (sdk) => sdk.merchants.get({ merchantId: "me" }));
      return answer.ok ? ok({ id: answer.value.merchant.id, businessName: answer.value.merchant.businessName ?? answer.value.merchant.id }) : answer;
    },
  };
}

/** What the application itself may do: get, renew and end a seller's tokens. */
export function squareOAuth({ applicationId: clientId, applicationSecret: clientSecret, sandbox, ...address }: SquareApplication): SquareOAuth {
  const ask = askerOf(address, { auth: false });
  const tokens = async (request: { grantType: string; code?: string; refreshToken?: string }): Promise<Result<SquareTokens, SquareFault>> => {
    const answer = await ask(squareAnswers.tokens, (sdk) => sdk.oAuth.obtainToken({ clientId, clientSecret, ...request }));
    if (!answer.ok) return answer;
    const { accessToken, refreshToken, expiresAt, merchantId } = answer.value;
    return ok({ accessToken, refreshToken, expiresAt, merchantId });
  };
  return {
    authorizeUrl(state, { withBank }) {
      const url = new URL("/oauth2/authorize", address.baseUrl);
      const asked = { client_id: clientId, scope: [...squareScopes, ...(withBank ? squareBankScopes : [])].join(" "), state };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      // Has the seller sign in, whoever is signed in to Square in that browser. The sandbox does not take it.
      if (!sandbox) url.searchParams.set("session", "false");
      return url.href;
    },
    obtainTokens: (code) => tokens({ grantType: "authorization_code", code }),
    refreshTokens: (refreshToken) => tokens({ grantType: "refresh_token", refreshToken }),
    async revoke(merchantId) {
      const headers = { Authorization: `Client ${clientSecret}` };
      const answer = await ask(squareAnswers.revoked, (sdk) => sdk.oAuth.revokeToken({ clientId, merchantId }, { headers }));
      return answer.ok ? ok(undefined) : answer;
    },
  };
}

const money = (amount: number, currency: string) => ({ amount: BigInt(amount), currency: currency as "USD" }); // Square's list of currencies; it refuses others itself

type Ordered = Pick<NewPaymentLink, "locationId" | "referenceId" | "metadata" | "title" | "amount" | "currency" | "lines">;

/** The order behind a checkout: what is paid, and which payment of ours it is. */
function orderOf(input: Ordered) {
  const lines = input.lines ?? [{ name: input.title, amount: input.amount }];
  if (lines.reduce((sum, { amount }) => sum + amount, 0) !== input.amount) throw new RangeError("the lines of a checkout don't add up to its amount");
  return {
    locationId: input.locationId,
    referenceId: input.referenceId,
    metadata: input.metadata,
    lineItems: lines.map(({ name, amount }) => ({
      name: fitted(name, squareLengths.lineName),
      quantity: "1",
      basePriceMoney: money(amount, input.currency),
    })),
  };
}

/**
 * The payer in the seller's directory, an order, a draft over it, and its publication: each step has the same key again
 * when it is tried again (https://developer.squareup.com/docs/invoices-api/create-publish-invoices).
 */
async function createBankInvoice(ask: Ask, input: NewBankInvoice): Promise<Result<{ id: string; url: string; orderId: string }, SquareFault>> {
  const { idempotencyKey, payer } = input;
  const exact = payer.id;
  const known = await ask(squareAnswers.customers, (sdk) => sdk.customers.search({ limit: 1n, query: { filter: { referenceId: { exact } } } }));
  if (!known.ok) return known;
  let [recipient] = known.value.customers;
  if (!recipient) {
    const companyName = fitted(payer.name, squareLengths.companyName);
    const request = { idempotencyKey, companyName, emailAddress: payer.email, referenceId: payer.id };
    const made = await ask(squareAnswers.customer, (sdk) => sdk.customers.create(request));
    if (!made.ok) return made;
    recipient = made.value.customer;
  }
  const order = await ask(squareAnswers.createdOrder, (sdk) => sdk.orders.create({ idempotencyKey, order: orderOf(input) }));
  if (!order.ok) return order;
  const draft = await ask(squareAnswers.invoice, (sdk) =>
    sdk.invoices.create({ idempotencyKey, invoice: bankInvoice(input, { orderId: order.value.order.id, customerId: recipient.id }) }),
  );
  if (!draft.ok) return draft;
  const { id: invoiceId, version, orderId } = draft.value.invoice;
  const published = await ask(squareAnswers.invoice, (sdk) => sdk.invoices.publish({ idempotencyKey, invoiceId, version }));
  if (!published.ok) return published;
  const { url } = published.value.invoice;
  return url === null ? err({ kind: "squareAnswerUnreadable" }) : ok({ id: invoiceId, url, orderId });
}

const bankInvoice = ({ locationId, title, dueDay }: NewBankInvoice, { orderId, customerId }: { orderId: string; customerId: string }) => ({
  locationId,
  orderId,
  primaryRecipient: { customerId },
  // Bank transfers take one payment of all of it. Square mails nobody: the link is on our page.
  paymentRequests: [{ requestType: "BALANCE" as const, dueDate: dueDay, tippingEnabled: false, automaticPaymentSource: "NONE" as const }],
  deliveryMethod: "SHARE_MANUALLY" as const,
  title: fitted(title, squareLengths.invoiceTitle),
  acceptedPaymentMethods: { bankAccount: true, card: false, squareGiftCard: false, buyNowPayLater: false, cashAppPay: false },
  storePaymentMethodEnabled: false,
});

function linkRequest(input: NewPaymentLink) {
  return {
    idempotencyKey: input.idempotencyKey,
    order: orderOf(input),
    checkoutOptions: { allowTipping: false, redirectUrl: input.redirectUrl, askForShippingAddress: false, enableCoupon: false, enableLoyalty: false },
    prePopulatedData: input.buyerEmail === null ? undefined : { buyerEmail: input.buyerEmail },
    paymentNote: fitted(input.note, squareLengths.note),
  };
}

type Ask = <S extends z.ZodType>(schema: S, call: (sdk: Sdk) => PromiseLike<unknown>) => Promise<Result<z.output<S>, SquareFault>>;

function askerOf({ baseUrl, fetch: given, timeoutSeconds = TIMEOUT_SECONDS }: SquareAddress, auth: { token: string } | { auth: false }): Ask {
  let made: Promise<Sdk> | null = null;
  const sdk = () => {
    made ??= import("square").then(({ SquareClient: Client }) => {
      // Its own retries wait up to a minute each; what may be tried again, the outbox tries again.
      return new Client({ ...auth, baseUrl, timeoutInSeconds: timeoutSeconds, maxRetries: 0, fetch: wholeAnswers(given ?? fetch) });
    });
    return made;
  };
  return async (schema, call) => {
    const client = await sdk();
    let answer: unknown;
    try {
      answer = await call(client);
    } catch (cause) {
      return err(faultOf(cause));
    }
    const read = schema.safeParse(answer);
    return read.success ? ok(read.data) : err({ kind: "squareAnswerUnreadable" });
  };
}

/** Reads the body before the SDK's timer is stopped, which it is at the first byte; redirects with a token are not followed. */
function wholeAnswers(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, { ...init, redirect: "manual" });
    const body = await response.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, response);
  };
}

/** The SDK throws for a status of 400 and above, for a timeout, and for a connection that failed (without a status). */
function faultOf(cause: unknown): SquareFault {
  const { statusCode, errors } = cause as { statusCode?: unknown; errors?: { code?: unknown; detail?: unknown }[] }; // whatever was thrown: each field is checked
  if (cause instanceof RangeError || cause instanceof SyntaxError) return { kind: "squareAnswerUnreadable" };
  if (typeof statusCode !== "number" || statusCode === 408 || statusCode === 429 || statusCode >= 500) return { kind: "squareUnreachable" };
  if (statusCode === 401) return { kind: "squareUnauthorized" };
  const [first] = Array.isArray(errors) ? errors : [];
  return { kind: "squareRefused", status: statusCode, code: String(first?.code ?? "UNKNOWN"), detail: String(first?.detail ?? "") };
}

/** Null where Square has no such record. */
function found<T>(answer: Result<T, SquareFault>): Result<T | null, SquareFault> {
  return !answer.ok && answer.error.kind === "squareRefused" && answer.error.status === 404 ? ok(null) : answer;
}
