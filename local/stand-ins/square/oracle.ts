import type { serialization } from "square";
import { brokenFact, type Endpoint, type Problem } from "./facts";

type Serialization = typeof serialization;
type Outcome = { ok: boolean; errors?: { path: string[]; message: string }[] };
type Schema = { parse(raw: unknown, options: { unrecognizedObjectKeys: "fail" }): unknown };

const strictly = { unrecognizedObjectKeys: "fail" } as const;
const GONE = "was not sent";

/** Square's own SDK knows each field of requests, answers and webhooks. It is loaded on first use. */
async function schemas(): Promise<{ requests: Partial<Record<Endpoint, Schema>>; answers: Record<Endpoint, Schema>; events: Record<string, Schema> }> {
  const all: Serialization = (await import("square")).serialization;
  return {
    requests: {
      CreatePaymentLink: all.checkout.CreatePaymentLinkRequest,
      SearchOrders: all.SearchOrdersRequest,
      RefundPayment: all.RefundPaymentRequest,
      CreateDisputeEvidenceText: all.CreateDisputeEvidenceTextRequest,
      CreateDisputeEvidenceFile: all.CreateDisputeEvidenceFileRequest,
      CreateOrder: all.CreateOrderRequest,
      CreateCustomer: all.CreateCustomerRequest,
      SearchCustomers: all.SearchCustomersRequest,
      CreateInvoice: all.CreateInvoiceRequest,
      PublishInvoice: all.PublishInvoiceRequest,
      CancelInvoice: all.CancelInvoiceRequest,
      ObtainToken: all.ObtainTokenRequest,
      RevokeToken: all.RevokeTokenRequest,
    },
    answers: {
      ListLocations: all.ListLocationsResponse,
      GetMerchant: all.GetMerchantResponse,
      CreatePaymentLink: all.CreatePaymentLinkResponse,
      GetPaymentLink: all.GetPaymentLinkResponse,
      DeletePaymentLink: all.DeletePaymentLinkResponse,
      GetOrder: all.GetOrderResponse,
      SearchOrders: all.SearchOrdersResponse,
      GetPayment: all.GetPaymentResponse,
      ListPayments: all.ListPaymentsResponse,
      RefundPayment: all.RefundPaymentResponse,
      GetPaymentRefund: all.GetPaymentRefundResponse,
      ListPaymentRefunds: all.ListPaymentRefundsResponse,
      ListDisputes: all.ListDisputesResponse,
      RetrieveDispute: all.GetDisputeResponse,
      CreateDisputeEvidenceText: all.CreateDisputeEvidenceTextResponse,
      CreateDisputeEvidenceFile: all.CreateDisputeEvidenceFileResponse,
      SubmitEvidence: all.SubmitEvidenceResponse,
      ListPayouts: all.ListPayoutsResponse,
      CreateOrder: all.CreateOrderResponse,
      CreateCustomer: all.CreateCustomerResponse,
      SearchCustomers: all.SearchCustomersResponse,
      CreateInvoice: all.CreateInvoiceResponse,
      GetInvoice: all.GetInvoiceResponse,
      PublishInvoice: all.PublishInvoiceResponse,
      CancelInvoice: all.CancelInvoiceResponse,
      ObtainToken: all.ObtainTokenResponse,
      RevokeToken: all.RevokeTokenResponse,
    },
    events: {
      "payment.created": all.PaymentCreatedEvent,
      "payment.updated": all.PaymentUpdatedEvent,
      "refund.created": all.RefundCreatedEvent,
      "refund.updated": all.RefundUpdatedEvent,
      "dispute.created": all.DisputeCreatedEvent,
      "dispute.state.updated": all.DisputeStateUpdatedEvent,
      "invoice.created": all.InvoiceCreatedEvent,
      "invoice.published": all.InvoicePublishedEvent,
      "invoice.updated": all.InvoiceUpdatedEvent,
      "invoice.payment_made": all.InvoicePaymentMadeEvent,
      "invoice.canceled": all.InvoiceCanceledEvent,
      "oauth.authorization.revoked": all.OauthAuthorizationRevokedEvent,
    },
  };
}

let loaded: ReturnType<typeof schemas> | null = null;
const load = () => {
  loaded ??= schemas();
  return loaded;
};

/** Fields that the SDK makes optional, because Square fills in others, and without which a request is refused. */
const required: Partial<Record<Endpoint, readonly string[]>> = {
  CreatePaymentLink: ["idempotency_key", "order.location_id", "order.line_items.0.name", "order.line_items.0.base_price_money.amount"],
  RefundPayment: ["idempotency_key", "payment_id", "amount_money.amount", "amount_money.currency"],
  CreateDisputeEvidenceText: ["idempotency_key", "evidence_text"],
  CreateDisputeEvidenceFile: ["idempotency_key"],
  CreateOrder: ["idempotency_key", "order.location_id", "order.line_items.0.name", "order.line_items.0.base_price_money.amount"],
  CreateCustomer: ["idempotency_key", "email_address"],
  SearchCustomers: ["query.filter"],
  CreateInvoice: [
    "idempotency_key",
    "invoice.order_id",
    "invoice.payment_requests.0.request_type",
    "invoice.payment_requests.0.due_date",
    "invoice.accepted_payment_methods",
    "invoice.delivery_method",
  ],
  PublishInvoice: ["version", "idempotency_key"],
  CancelInvoice: ["version"],
  ObtainToken: ["client_id", "client_secret", "grant_type"],
  RevokeToken: ["client_id"],
};

/** Fields without which an answer is none, though the SDK makes each optional. */
const answered: Partial<Record<Endpoint, readonly string[]>> = {
  CreatePaymentLink: ["payment_link.id", "payment_link.url", "payment_link.order_id", "payment_link.version"],
  GetPaymentLink: ["payment_link.id", "payment_link.url", "payment_link.order_id"],
  CreateOrder: ["order.id", "order.location_id", "order.state", "order.total_money.amount"],
  CreateCustomer: ["customer.id"],
  CreateInvoice: ["invoice.id", "invoice.version", "invoice.status", "invoice.order_id"],
  GetInvoice: ["invoice.id", "invoice.version", "invoice.status", "invoice.order_id"],
  PublishInvoice: ["invoice.id", "invoice.version", "invoice.status", "invoice.order_id", "invoice.public_url"],
  CancelInvoice: ["invoice.id", "invoice.status"],
  GetOrder: ["order.id", "order.location_id", "order.state", "order.total_money.amount"],
  GetPayment: ["payment.id", "payment.status", "payment.amount_money.amount", "payment.updated_at", "payment.location_id", "payment.order_id"],
  RefundPayment: ["refund.id", "refund.status", "refund.amount_money.amount", "refund.payment_id", "refund.updated_at"],
  GetPaymentRefund: ["refund.id", "refund.status", "refund.amount_money.amount", "refund.payment_id", "refund.updated_at"],
  RetrieveDispute: ["dispute.id", "dispute.state", "dispute.amount_money.amount", "dispute.disputed_payment.payment_id", "dispute.updated_at"],
  CreateDisputeEvidenceText: ["evidence.id"],
  CreateDisputeEvidenceFile: ["evidence.id"],
  SubmitEvidence: ["dispute.id", "dispute.state"],
  ObtainToken: ["access_token", "refresh_token", "expires_at", "merchant_id", "token_type"],
  GetMerchant: ["merchant.id", "merchant.business_name", "merchant.currency"],
  RevokeToken: ["success"],
};

/** Why Square would refuse a request, or null. */
export async function refusalOfRequest(endpoint: Endpoint, body: unknown): Promise<Problem | null> {
  const schema = (await load()).requests[endpoint];
  if (!schema) return body === undefined ? null : { code: "BAD_REQUEST", detail: "This request has no body" };
  return (await mismatch(schema, body)) ?? missing(required[endpoint], body) ?? brokenFact(endpoint, body);
}

/** How an answer differs from what Square's SDK knows, or null. */
export async function refusalOfAnswer(endpoint: Endpoint, body: unknown): Promise<Problem | null> {
  return (await mismatch((await load()).answers[endpoint], body)) ?? missing(answered[endpoint], body);
}

export async function refusalOfEvent(body: { type: string }): Promise<Problem | null> {
  const schema = (await load()).events[body.type];
  if (!schema) return { code: "INVALID_VALUE", detail: `${body.type} is no event that this stand-in sends`, field: "type" };
  return (await mismatch(schema, body)) ?? missing(["merchant_id", "event_id", "created_at", "data.type"], body);
}

async function mismatch(schema: Schema, body: unknown): Promise<Problem | null> {
  const { ok, errors } = (await schema.parse(body, strictly)) as Outcome; // the SDK's own type of outcome, without its value
  if (ok) return null;
  const [first] = errors ?? [];
  return { code: "BAD_REQUEST", detail: first?.message ?? "Not understood", field: first?.path.join(".") };
}

function missing(paths: readonly string[] = [], body: unknown): Problem | null {
  const field = paths.find(
    (path) => path.split(".").reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body) === undefined,
  );
  return field === undefined ? null : { code: "MISSING_REQUIRED_PARAMETER", detail: `${field} ${GONE}`, field };
}
