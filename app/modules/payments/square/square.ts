import type { Cents } from "~/kernel/money";
import type { Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";

export const squareEnvironments = ["sandbox", "live"] as const;
export type SquareEnvironment = (typeof squareEnvironments)[number];

/** What the application asks a seller for (https://developer.squareup.com/docs/oauth-api/square-permissions). */
export const squareScopes = [
  "MERCHANT_PROFILE_READ",
  "PAYMENTS_READ",
  "PAYMENTS_WRITE",
  "ORDERS_READ",
  "ORDERS_WRITE",
  "DISPUTES_READ",
  "DISPUTES_WRITE",
  "PAYOUTS_READ",
] as const;

/**
 * What bank transfers take beside them: an invoice at Square has an order, and its recipient is in the seller's customer
 * directory (https://developer.squareup.com/docs/invoices-api/overview#requirements-and-limitations,
 * https://developer.squareup.com/docs/invoices-api/create-publish-invoices).
 */
export const squareBankScopes = ["INVOICES_READ", "INVOICES_WRITE", "CUSTOMERS_READ", "CUSTOMERS_WRITE"] as const;

/** How long Square lets each text be. */
export const squareLengths = {
  linkKey: 192,
  reference: 40,
  note: 500,
  lineName: 512,
  refundReason: 192,
  refundKey: 45,
  redirectUrl: 2_048,
  evidence: 500,
  evidenceKey: 45,
  orderKey: 192,
  invoiceKey: 128,
  invoiceTitle: 255,
  companyName: 500,
  email: 254,
} as const;

/** Cut to what Square takes, in whole characters. */
export function fitted(text: string, length: number): string {
  const characters = [...text.trim()];
  let kept = "";
  for (const character of characters) {
    if (kept.length + character.length > length) break;
    kept += character;
  }
  return kept;
}

/** Only `squareUnreachable` is worth another attempt with the same request. */
export type SquareFault =
  | { kind: "squareUnreachable" }
  | { kind: "squareRefused"; status: number; code: string; detail: string }
  | { kind: "squareAnswerUnreadable" }
  | { kind: "squareUnauthorized" };

export const squarePaymentStatuses = ["APPROVED", "PENDING", "COMPLETED", "CANCELED", "FAILED"] as const;
export const squareRefundStatuses = ["PENDING", "COMPLETED", "REJECTED", "FAILED"] as const;

/** Those of an inquiry come before a dispute; `LOST` and `ACCEPTED` take the money back. */
export const squareDisputeStates = [
  "INQUIRY_EVIDENCE_REQUIRED",
  "INQUIRY_PROCESSING",
  "INQUIRY_CLOSED",
  "EVIDENCE_REQUIRED",
  "PROCESSING",
  "WON",
  "LOST",
  "ACCEPTED",
] as const;

export const squarePayoutStatuses = ["SENT", "FAILED", "PAID"] as const;

export type SquarePayment = {
  id: string;
  status: (typeof squarePaymentStatuses)[number];
  /** Without tip and surcharge: what may be allocated to invoices. */
  amount: Cents;
  /** What the payer was charged. */
  total: Cents;
  currency: string;
  orderId: string | null;
  locationId: string;
  sourceType: string;
  receiptUrl: string | null;
  refunded: Cents;
  /** What Square keeps; null while it is not known. */
  fee: Cents | null;
  note: string | null;
  /** The application that took the payment; null for Square's own products. */
  applicationId: string | null;
  createdAt: UtcMs;
  updatedAt: UtcMs;
  card: { brand: string; last4: string } | null;
};

export type SquareRefund = {
  id: string;
  paymentId: string;
  status: (typeof squareRefundStatuses)[number];
  amount: Cents;
  currency: string;
  reason: string | null;
  createdAt: UtcMs;
  updatedAt: UtcMs;
};

export type SquareDispute = {
  id: string;
  paymentId: string;
  state: (typeof squareDisputeStates)[number];
  amount: Cents;
  currency: string;
  /** Such as NOT_RECEIVED. */
  reason: string;
  /** Until when evidence is taken. */
  dueAt: UtcMs | null;
  createdAt: UtcMs;
  updatedAt: UtcMs;
};

/** What a piece of evidence is about (https://developer.squareup.com/reference/square/enums/DisputeEvidenceType). */
export type SquareEvidenceType = "AUTHORIZATION_DOCUMENTATION" | "SERVICE_RECEIVED_DOCUMENTATION" | "RECEIPT";
export type NewEvidence = { idempotencyKey: string; disputeId: string; type: SquareEvidenceType };

/** What Square pays to the seller's bank account; negative where it takes. */
export type SquarePayout = {
  id: string;
  status: (typeof squarePayoutStatuses)[number];
  amount: Cents;
  createdAt: UtcMs;
  arrives: string | null;
  reference: string | null;
};

export type SquareOrder = { id: string; referenceId: string | null; metadata: Record<string, string>; state: string };
export type SquareLocation = { id: string; name: string; currency: string; status: string };
export type SquareMerchant = { id: string; businessName: string };

export type NewPaymentLink = {
  idempotencyKey: string;
  locationId: string;
  title: string;
  amount: Cents;
  currency: string;
  referenceId: string;
  metadata: Record<string, string>;
  redirectUrl: string;
  buyerEmail: string | null;
  note: string;
  /** One line each on the checkout page; their sum is `amount`. Without them there is one line, the title. */
  lines?: readonly { name: string; amount: Cents }[];
};

/**
 * An invoice that is paid by bank transfer only. Square takes those in the United States, whole, and sends nobody back
 * from its page; fees are 1 %, at least a dollar (https://squareup.com/help/us/en/article/7399-accept-ach-invoice-payments).
 */
export type NewBankInvoice = Pick<NewPaymentLink, "idempotencyKey" | "locationId" | "title" | "amount" | "currency" | "referenceId" | "metadata" | "lines"> & {
  /** Who pays: our customer's id, and what the seller's directory has of them. */
  payer: { id: string; name: string; email: string };
  /** YYYY-MM-DD */
  dueDay: string;
};

export const squareInvoiceStatuses = [
  "DRAFT",
  "UNPAID",
  "SCHEDULED",
  "PARTIALLY_PAID",
  "PAID",
  "PARTIALLY_REFUNDED",
  "REFUNDED",
  "CANCELED",
  "FAILED",
  "PAYMENT_PENDING",
] as const;
export type SquareInvoice = { id: string; orderId: string; version: number; status: (typeof squareInvoiceStatuses)[number]; url: string | null };

export type NewRefund = { idempotencyKey: string; paymentId: string; amount: Cents; currency: string; reason: string };
/** `cursor` is null for the first page and after the last. */
export type UpdatedSince = { updatedSince: UtcMs; cursor: string | null };

type Answer<T> = Promise<Result<T, SquareFault>>;

export type SquareClient = {
  createPaymentLink(input: NewPaymentLink): Answer<{ id: string; url: string; orderId: string }>;
  /** A link that is gone already is no fault. */
  deletePaymentLink(id: string): Answer<void>;
  /** The same key gets the same invoice, whichever of its steps was made before. */
  createBankInvoice(input: NewBankInvoice): Answer<{ id: string; url: string; orderId: string }>;
  invoice(id: string): Answer<SquareInvoice | null>;
  /** One that is canceled, gone or being paid is no fault. */
  cancelInvoice(id: string): Answer<void>;
  payment(id: string): Answer<SquarePayment | null>;
  /** Oldest change first. */
  payments(input: UpdatedSince & { locationId: string }): Answer<{ payments: SquarePayment[]; cursor: string | null }>;
  order(id: string): Answer<SquareOrder | null>;
  refund(input: NewRefund): Answer<SquareRefund>;
  refunds(input: UpdatedSince): Answer<{ refunds: SquareRefund[]; cursor: string | null }>;
  refundById(id: string): Answer<SquareRefund | null>;
  dispute(id: string): Answer<SquareDispute | null>;
  disputes(input: { locationId: string; cursor: string | null }): Answer<{ disputes: SquareDispute[]; cursor: string | null }>;
  addEvidenceText(input: NewEvidence & { text: string }): Answer<void>;
  addEvidenceFile(input: NewEvidence & { name: string; pdf: Uint8Array }): Answer<void>;
  /** Hands the evidence to the bank: after it, none can be added. */
  submitEvidence(disputeId: string): Answer<SquareDispute>;
  /** Oldest first, of payouts made from `since` up to but excluding `until`. */
  payouts(input: { locationId: string; since: UtcMs; until: UtcMs; cursor: string | null }): Answer<{ payouts: SquarePayout[]; cursor: string | null }>;
  locations(): Answer<SquareLocation[]>;
  merchant(): Answer<SquareMerchant>;
};

export type SquareTokens = { accessToken: string; refreshToken: string; expiresAt: UtcMs; merchantId: string };

export type SquareOAuth = {
  /** Where the seller allows or denies access. */
  authorizeUrl(state: string, asked: { withBank: boolean }): string;
  obtainTokens(code: string): Answer<SquareTokens>;
  refreshTokens(refreshToken: string): Answer<SquareTokens>;
  /** Ends all tokens of a merchant for this application. */
  revoke(merchantId: string): Answer<void>;
};
