import type { Id } from "~/kernel/ids";
import { type Cents, sumCents } from "~/kernel/money";
import { DAY, type UtcMs } from "~/kernel/time";
import type { SquareFault } from "../square/square";

/**
 * A payment that a customer began: which invoices or deposit it pays, and its checkout at Square.
 *
 * creating: its checkout is being made at Square; the same request made again answers the same checkout.
 * open: the customer may pay. pending: the money is on its way. paid: it arrived, and is on the account.
 * closed: replaced, out of date or unused. failed: Square refused to make the checkout.
 * Money that arrives for one that is closed counts all the same.
 */
export const intentStates = ["creating", "open", "pending", "paid", "closed", "failed"] as const;
export type IntentState = (typeof intentStates)[number];

/**
 * What became of a payment that Square reported. `applied`: it is on a customer's account. `waiting`: not completed yet.
 * `unclear`: taken by our checkout, but nobody knows for what. `elsewhere`: a sale at the shop's counter.
 */
export type PaymentOutcome = "applied" | "waiting" | "failed" | "unclear" | "elsewhere";

/** By card on the page of a payment link, or by bank transfer (ACH) on the page of an invoice at Square. */
export const payWays = ["card", "bank"] as const;
export type PayWay = (typeof payWays)[number];

/** Those that hold their invoices: an invoice is in at most one of them. */
export const livingStates = ["creating", "open", "pending"] as const satisfies readonly IntentState[];
export const isLiving = (state: IntentState): boolean => livingStates.some((living) => living === state);

/** Invoices in one checkout: Square's page shows each as a line. */
export const MOST_INVOICES = 20;
/** How long a checkout may be used. */
export const CHECKOUT_LASTS = DAY;

export type Share = { invoiceId: Id<"invoice">; amount: Cents };
/** What a customer wants to pay: invoices, or the deposit of an estimate. */
export type Wanted = { on: readonly Share[]; forEstimate: Id<"estimate"> | null; amount: Cents; way: PayWay };

export type PaymentIntent = Wanted & {
  id: Id<"paymentIntent">;
  customerId: Id<"customer">;
  currency: string;
  /** The account at Square that its checkout was made for. */
  merchantId: string;
  state: IntentState;
  /** When money that is on its way should arrive; null where nobody knows. */
  expectedDay: string | null;
  /** The payment link at Square, or the invoice. */
  linkId: string | null;
  url: string | null;
  squareOrderId: string | null;
  createdAt: UtcMs;
  expiresAt: UtcMs;
  version: number;
};

/** What an invoice needs at the moment. */
export type OpenInvoice = { id: Id<"invoice">; number: number | null; customerId: Id<"customer">; open: Cents };

const key = ({ on, forEstimate, amount, way }: Wanted): string =>
  [way, forEstimate ?? "", amount, ...on.map((share) => `${share.invoiceId}:${share.amount}`).sort()].join(" ");

export const isSameWish = (a: Wanted, b: Wanted): boolean => key(a) === key(b);

export type BeginRefusal =
  | WishRefusal
  | { kind: "pending"; amount: Cents }
  | { kind: "square"; fault: SquareFault }
  /** The shop takes no bank transfers. */
  | { kind: "no-bank-transfer" }
  /** Square makes an invoice only for somebody with an email address. */
  | { kind: "no-email" }
  /** Square answered with an address that is not Square's. */
  | { kind: "strange-address" }
  | { kind: "stale" };

export type ShareRefusal =
  | { kind: "nothing-to-pay" }
  | { kind: "too-much"; number: number | null; most: Cents }
  | { kind: "too-little"; number: number | null; least: Cents };

export type WishRefusal =
  | ShareRefusal
  | { kind: "too-many-invoices" }
  /** Of several customers: one checkout has one payer. */
  | { kind: "not-found" };

/** Null, or why this can't be paid. `least`: the least part of an invoice that the shop takes; null if only the whole. */
export function wishRefusal(wanted: Wanted, invoices: readonly OpenInvoice[], least: Cents | null): WishRefusal | null {
  if (wanted.amount <= 0) return { kind: "nothing-to-pay" };
  if (wanted.forEstimate !== null) return null;
  if (wanted.on.length > MOST_INVOICES) return { kind: "too-many-invoices" };
  if (wanted.on.length === 0 || sumCents(wanted.on.map(({ amount }) => amount)) !== wanted.amount) return { kind: "nothing-to-pay" };
  const [first] = invoices;
  for (const { invoiceId, amount } of wanted.on) {
    const invoice = invoices.find(({ id }) => id === invoiceId);
    if (!invoice || invoice.customerId !== first?.customerId) return { kind: "not-found" };
    const refused = shareRefusal(amount, invoice, least);
    if (refused) return refused;
  }
  return null;
}

/** Null, or why this much of one invoice can't be paid. */
export function shareRefusal(amount: Cents, { number, open }: Pick<OpenInvoice, "number" | "open">, least: Cents | null): ShareRefusal | null {
  if (open <= 0) return { kind: "nothing-to-pay" };
  if (amount > open) return { kind: "too-much", number, most: open };
  if (amount < open && (least === null || amount < least)) return { kind: "too-little", number, least: least ?? open };
  return null;
}

/**
 * What becomes of the payments that are under way for the same invoices or deposit: the same wish gets the same
 * checkout, another one or another account at Square replaces it, and nobody pays twice while money is on its way.
 */
export function meetLiving(
  living: readonly PaymentIntent[],
  wanted: Wanted,
  { now, merchantId }: { now: UtcMs; merchantId: string },
): { kind: "use"; intent: PaymentIntent } | { kind: "replace" } | { kind: "pending"; intent: PaymentIntent } {
  const pending = living.find(({ state }) => state === "pending");
  if (pending) return { kind: "pending", intent: pending };
  const same = living.find((intent) => intent.expiresAt > now && intent.merchantId === merchantId && isSameWish(intent, wanted));
  return same && living.length === 1 ? { kind: "use", intent: same } : { kind: "replace" };
}

/** Whether a checkout is out of date: unused for a day, or an invoice needs less than it would pay. */
export function isOutOfDate({ state, expiresAt, on }: PaymentIntent, open: ReadonlyMap<Id<"invoice">, Cents>, now: UtcMs): boolean {
  if (state !== "creating" && state !== "open") return false;
  return expiresAt <= now || on.some(({ invoiceId, amount }) => amount > (open.get(invoiceId) ?? 0));
}

/** Bank transfers take 3 to 5 business days (https://developer.squareup.com/docs/payments-api/take-payments/ach-payments). */
const BUSINESS_DAYS = 5;

/** The day on which a bank transfer of this day should have arrived; holidays of banks are not known here. */
export function transferExpected(day: string): string {
  let at = Date.parse(`${day}T12:00:00Z`);
  for (let left = BUSINESS_DAYS; left > 0; ) {
    at += DAY;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return new Date(at).toISOString().slice(0, 10);
}
