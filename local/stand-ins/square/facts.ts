/**
 * Facts of Square's published API specification (github.com/square/connect-api-specification) and documentation that
 * its SDK does not check: how long texts may be, which scopes an endpoint needs, which version is spoken.
 */
export const VERSION = "2026-09-16";

export const scopes = [
  "MERCHANT_PROFILE_READ",
  "PAYMENTS_READ",
  "PAYMENTS_WRITE",
  "ORDERS_READ",
  "ORDERS_WRITE",
  "DISPUTES_READ",
  "DISPUTES_WRITE",
  "PAYOUTS_READ",
  "INVOICES_READ",
  "INVOICES_WRITE",
  "CUSTOMERS_READ",
  "CUSTOMERS_WRITE",
] as const;
export type Scope = (typeof scopes)[number];

export type Endpoint =
  | "ListLocations"
  | "GetMerchant"
  | "CreatePaymentLink"
  | "GetPaymentLink"
  | "DeletePaymentLink"
  | "GetOrder"
  | "SearchOrders"
  | "GetPayment"
  | "ListPayments"
  | "RefundPayment"
  | "GetPaymentRefund"
  | "ListPaymentRefunds"
  | "ListDisputes"
  | "RetrieveDispute"
  | "CreateDisputeEvidenceText"
  | "CreateDisputeEvidenceFile"
  | "SubmitEvidence"
  | "ListPayouts"
  | "CreateOrder"
  | "CreateCustomer"
  | "SearchCustomers"
  | "CreateInvoice"
  | "GetInvoice"
  | "PublishInvoice"
  | "CancelInvoice"
  | "ObtainToken"
  | "RevokeToken";

type Fact = { method: string; path: RegExp; needs: readonly Scope[]; query?: readonly string[] };

export const endpoints: Record<Endpoint, Fact> = {
  ListLocations: { method: "GET", path: /^\/v2\/locations$/, needs: ["MERCHANT_PROFILE_READ"] },
  GetMerchant: { method: "GET", path: /^\/v2\/merchants\/([\w-]+)$/, needs: ["MERCHANT_PROFILE_READ"] },
  CreatePaymentLink: { method: "POST", path: /^\/v2\/online-checkout\/payment-links$/, needs: ["PAYMENTS_WRITE", "ORDERS_READ", "ORDERS_WRITE"] },
  GetPaymentLink: { method: "GET", path: /^\/v2\/online-checkout\/payment-links\/([\w-]+)$/, needs: ["ORDERS_READ"] },
  DeletePaymentLink: { method: "DELETE", path: /^\/v2\/online-checkout\/payment-links\/([\w-]+)$/, needs: ["ORDERS_READ", "ORDERS_WRITE"] },
  SearchOrders: { method: "POST", path: /^\/v2\/orders\/search$/, needs: ["ORDERS_READ"] },
  GetOrder: { method: "GET", path: /^\/v2\/orders\/([\w-]+)$/, needs: ["ORDERS_READ"] },
  GetPayment: { method: "GET", path: /^\/v2\/payments\/([\w-]+)$/, needs: ["PAYMENTS_READ"] },
  ListPayments: {
    method: "GET",
    path: /^\/v2\/payments$/,
    needs: ["PAYMENTS_READ"],
    query: [
      "begin_time",
      "end_time",
      "sort_order",
      "cursor",
      "location_id",
      "total",
      "last_4",
      "card_brand",
      "limit",
      "is_offline_payment",
      "offline_begin_time",
      "offline_end_time",
      "updated_at_begin_time",
      "updated_at_end_time",
      "sort_field",
    ],
  },
  RefundPayment: { method: "POST", path: /^\/v2\/refunds$/, needs: ["PAYMENTS_WRITE"] },
  GetPaymentRefund: { method: "GET", path: /^\/v2\/refunds\/([\w-]+)$/, needs: ["PAYMENTS_READ"] },
  ListPaymentRefunds: {
    method: "GET",
    path: /^\/v2\/refunds$/,
    needs: ["PAYMENTS_READ"],
    query: [
      "begin_time",
      "end_time",
      "sort_order",
      "cursor",
      "location_id",
      "status",
      "source_type",
      "limit",
      "updated_at_begin_time",
      "updated_at_end_time",
      "sort_field",
    ],
  },
  ListDisputes: { method: "GET", path: /^\/v2\/disputes$/, needs: ["DISPUTES_READ"], query: ["cursor", "states", "location_id"] },
  RetrieveDispute: { method: "GET", path: /^\/v2\/disputes\/([\w-]+)$/, needs: ["DISPUTES_READ"] },
  CreateDisputeEvidenceText: { method: "POST", path: /^\/v2\/disputes\/([\w-]+)\/evidence-text$/, needs: ["DISPUTES_WRITE"] },
  CreateDisputeEvidenceFile: { method: "POST", path: /^\/v2\/disputes\/([\w-]+)\/evidence-files$/, needs: ["DISPUTES_WRITE"] },
  SubmitEvidence: { method: "POST", path: /^\/v2\/disputes\/([\w-]+)\/submit-evidence$/, needs: ["DISPUTES_WRITE"] },
  ListPayouts: {
    method: "GET",
    path: /^\/v2\/payouts$/,
    needs: ["PAYOUTS_READ"],
    query: ["location_id", "status", "begin_time", "end_time", "sort_order", "cursor", "limit"],
  },
  CreateOrder: { method: "POST", path: /^\/v2\/orders$/, needs: ["ORDERS_WRITE"] },
  CreateCustomer: { method: "POST", path: /^\/v2\/customers$/, needs: ["CUSTOMERS_WRITE"] },
  SearchCustomers: { method: "POST", path: /^\/v2\/customers\/search$/, needs: ["CUSTOMERS_READ"] },
  CreateInvoice: { method: "POST", path: /^\/v2\/invoices$/, needs: ["INVOICES_WRITE", "ORDERS_WRITE"] },
  PublishInvoice: { method: "POST", path: /^\/v2\/invoices\/([\w:%-]+)\/publish$/, needs: ["INVOICES_WRITE", "ORDERS_WRITE"] },
  CancelInvoice: { method: "POST", path: /^\/v2\/invoices\/([\w:%-]+)\/cancel$/, needs: ["INVOICES_WRITE", "ORDERS_WRITE"] },
  GetInvoice: { method: "GET", path: /^\/v2\/invoices\/([\w:%-]+)$/, needs: ["INVOICES_READ"] },
  ObtainToken: { method: "POST", path: /^\/oauth2\/token$/, needs: [] },
  RevokeToken: { method: "POST", path: /^\/oauth2\/revoke$/, needs: [] },
};

/** Longest text per field, by its path in the request; `*` is any member of a list or map. */
const lengths: Partial<Record<Endpoint, Record<string, number>>> = {
  CreatePaymentLink: {
    idempotency_key: 192,
    description: 4_096,
    payment_note: 500,
    "checkout_options.redirect_url": 2_048,
    "checkout_options.merchant_support_email": 256,
    "pre_populated_data.buyer_email": 256,
    "pre_populated_data.buyer_phone_number": 17,
    "order.reference_id": 40,
    "order.customer_id": 191,
    "order.ticket_name": 30,
    "order.line_items.*.uid": 60,
    "order.line_items.*.name": 512,
    "order.line_items.*.quantity": 12,
    "order.line_items.*.note": 2_000,
    "order.metadata.*": 255,
  },
  RefundPayment: { idempotency_key: 45, reason: 192, payment_id: 192, location_id: 50 },
  CreateDisputeEvidenceText: { idempotency_key: 45, evidence_text: 500 },
  CreateDisputeEvidenceFile: { idempotency_key: 45, content_type: 40 },
  CreateOrder: {
    idempotency_key: 192,
    "order.reference_id": 40,
    "order.customer_id": 191,
    "order.line_items.*.uid": 60,
    "order.line_items.*.name": 512,
    "order.line_items.*.quantity": 12,
    "order.line_items.*.note": 2_000,
    "order.metadata.*": 255,
  },
  CreateCustomer: {
    idempotency_key: 192,
    given_name: 300,
    family_name: 300,
    company_name: 500,
    nickname: 100,
    email_address: 254,
    reference_id: 100,
  },
  CreateInvoice: {
    idempotency_key: 128,
    "invoice.title": 255,
    "invoice.description": 65_536,
    "invoice.invoice_number": 191,
    "invoice.location_id": 255,
    "invoice.order_id": 255,
    "invoice.primary_recipient.customer_id": 255,
  },
  PublishInvoice: { idempotency_key: 128 },
  ObtainToken: { client_id: 191, client_secret: 1_024, code: 191, redirect_uri: 2_048, grant_type: 20, refresh_token: 1_024 },
  RevokeToken: { client_id: 191, access_token: 1_024 },
};

export type Problem = { code: string; detail: string; field?: string };

/** What the specification refuses in a request that has the right fields. */
export function brokenFact(endpoint: Endpoint, body: unknown): Problem | null {
  for (const [path, most] of Object.entries(lengths[endpoint] ?? {}))
    for (const [field, value] of valuesAt(body, path.split("."), []))
      if (typeof value === "string" && value.length > most)
        return { code: "VALUE_TOO_LONG", detail: `Field must not be greater than ${most} in length`, field: field.join(".") };
  if (endpoint === "CreatePaymentLink")
    return brokenLink(body as { quick_pay?: unknown; order?: { metadata?: Record<string, unknown>; line_items?: unknown[] } }); // its schema was checked before
  if (endpoint === "CreateOrder") return brokenOrder((body as { order?: Parameters<typeof brokenOrder>[0] }).order); // its schema was checked before
  if (endpoint === "RefundPayment" && (body as { idempotency_key: string }).idempotency_key === "")
    return { code: "VALUE_TOO_SHORT", detail: "Field must not be empty", field: "idempotency_key" };
  return null;
}

function brokenLink({ quick_pay, order }: { quick_pay?: unknown; order?: { metadata?: Record<string, unknown>; line_items?: unknown[] } }): Problem | null {
  if ((quick_pay === undefined) === (order === undefined)) return { code: "BAD_REQUEST", detail: "Exactly one of `quick_pay` and `order` is required" };
  if (quick_pay !== undefined) return { code: "NOT_IMPLEMENTED", detail: "This stand-in takes the `order` form only", field: "quick_pay" };
  return brokenOrder(order);
}

function brokenOrder(order: { metadata?: Record<string, unknown>; line_items?: unknown[] } | undefined): Problem | null {
  const keys = Object.keys(order?.metadata ?? {});
  if (keys.length > 10) return { code: "ARRAY_LENGTH_TOO_LONG", detail: "At most 10 entries of metadata", field: "order.metadata" };
  const wrong = keys.find((key) => !/^[A-Za-z0-9_-]{1,60}$/.test(key));
  if (wrong !== undefined) return { code: "INVALID_VALUE", detail: `\`${wrong}\` is not a key of metadata`, field: "order.metadata" };
  const lines = order?.line_items?.length ?? 0;
  if (lines < 1 || lines > 500) return { code: "INVALID_VALUE", detail: "Between 1 and 500 line items", field: "order.line_items" };
  return null;
}

function valuesAt(value: unknown, path: readonly string[], before: readonly string[]): [string[], unknown][] {
  const [name, ...rest] = path;
  if (name === undefined) return [[[...before], value]];
  if (typeof value !== "object" || value === null) return [];
  const inner = value as Record<string, unknown>; // an object, by the check before
  return (name === "*" ? Object.keys(inner) : [name]).flatMap((key) => valuesAt(inner[key], rest, [...before, key]));
}
