import { followPayment } from "./invoice-states";
import { refuse } from "./refusal";
import { type Body, instant, type Merchant, type Money, newId, type Store } from "./store";
import { announce } from "./webhooks";

export type Link = Body & {
  version: number;
  order_id: string;
  url: string;
  checkout_options?: { redirect_url?: string };
  payment_note?: string;
  description?: string;
};
export type Order = Body & {
  location_id: string;
  state: "DRAFT" | "OPEN" | "COMPLETED" | "CANCELED";
  total_money: Money;
  reference_id?: string;
  metadata?: Record<string, string>;
  line_items: { name: string; base_price_money: Money }[];
};
export type Payment = Body & {
  status: "APPROVED" | "PENDING" | "COMPLETED" | "CANCELED" | "FAILED";
  amount_money: Money;
  total_money: Money;
  refunded_money?: Money;
  refund_ids?: string[];
  location_id: string;
  order_id: string;
  source_type: string;
};
export type Refund = Body & { status: "PENDING" | "COMPLETED" | "REJECTED" | "FAILED"; amount_money: Money; payment_id: string };
export type Way = "card" | "decline" | "bank";

const DAY = 86_400_000;

/** A payment as Square keeps it: amounts apart, times, and what it was made with. */
export function newPayment(
  at: number,
  order: Order,
  { source, tip, application, note }: { source: "CARD" | "BANK_ACCOUNT" | "CASH"; tip: number; application: object; note?: string },
) {
  const { currency } = order.total_money;
  const id = newId();
  const total = { amount: order.total_money.amount + tip, currency };
  const sources = {
    CARD: {
      card_details: {
        status: "AUTHORIZED",
        card: {
          card_brand: "VISA",
          last_4: "1111",
          exp_month: 12,
          exp_year: 2030,
          fingerprint: "sq-1-stand-in",
          card_type: "CREDIT",
          prepaid_type: "NOT_PREPAID",
          bin: "411111",
        },
        entry_method: "KEYED",
        cvv_status: "CVV_ACCEPTED",
        avs_status: "AVS_ACCEPTED",
        statement_description: "SQ *STAND-IN",
      },
    },
    BANK_ACCOUNT: {
      bank_account_details: {
        bank_name: "First Stand-in Bank",
        transfer_type: "ACH",
        account_ownership_type: "INDIVIDUAL",
        country: "US",
        ach_details: { routing_number: "011401533", account_number_suffix: "000", account_type: "CHECKING" },
      },
    },
    CASH: { cash_details: { buyer_supplied_money: total, change_back_money: { amount: 0, currency } } },
  };
  return {
    id,
    created_at: instant(at),
    updated_at: instant(at),
    amount_money: order.total_money,
    ...(tip > 0 ? { tip_money: { amount: tip, currency } } : {}),
    total_money: total,
    approved_money: total,
    status: source === "CASH" ? ("COMPLETED" as const) : source === "CARD" ? ("APPROVED" as const) : ("PENDING" as const),
    source_type: source,
    ...sources[source],
    location_id: order.location_id,
    order_id: order.id,
    ...(note === undefined ? {} : { note }),
    ...(source === "CARD" ? { delay_duration: "PT168H", delay_action: "CANCEL", delayed_until: instant(at + 7 * DAY) } : {}),
    receipt_number: id.slice(0, 4),
    receipt_url: `https://squareup.test/receipt/preview/${id}`,
    application_details: application,
    version_token: newId().toLowerCase(),
  };
}

/** What a payer does on the hosted page. A declined card leaves the link as it was. */
export function payLink(
  store: Store,
  linkId: string,
  { way, tip, applicationId }: { way: Way; tip: number; applicationId: string },
): { merchant: string; payment: Payment; link: Link } {
  const found = store.anyRecord<Link>("link", linkId);
  if (!found) return refuse(404, "NOT_FOUND", "This link is not available");
  const { merchant, body: link } = found;
  const order = store.record<Order>("order", merchant, link.order_id);
  if (order?.state !== "DRAFT") return refuse(400, "BAD_REQUEST", "This link was paid");
  const application = { square_product: "ECOMMERCE_API", application_id: applicationId };
  const made = newPayment(Date.now(), order, { source: way === "bank" ? "BANK_ACCOUNT" : "CARD", tip, application, note: link.payment_note });
  if (way === "decline") {
    const failed = put(store, merchant, { ...made, status: "FAILED" as const });
    announce(store, merchant, "payment.created", "payment", failed);
    announce(store, merchant, "payment.updated", "payment", failed);
    return { merchant, payment: failed, link };
  }
  const first = put(store, merchant, made);
  announce(store, merchant, "payment.created", "payment", first);
  store.put("order", merchant, { ...order, state: "OPEN" });
  return { merchant, payment: way === "card" ? settle(store, merchant, first.id, "COMPLETED") : first, link };
}

/** The end of a payment, with as many updates as Square sends: the state, then the fee. */
export function settle(store: Store, merchant: string, paymentId: string, as: "COMPLETED" | "FAILED" | "CANCELED"): Payment {
  const payment = store.record<Payment>("payment", merchant, paymentId) ?? refuse(404, "NOT_FOUND", "Payment not found");
  if (payment.status !== "APPROVED" && payment.status !== "PENDING") return refuse(400, "BAD_REQUEST", `A payment that is ${payment.status} does not change`);
  const settled = put(store, merchant, { ...payment, status: as, ...detailsAs(payment, as) });
  announce(store, merchant, "payment.updated", "payment", settled);
  followPayment(store, merchant, settled);
  if (as !== "COMPLETED") return settled;
  const { amount, currency } = settled.total_money;
  const fee = [{ effective_at: instant(Date.now() + 3_600_000), type: "INITIAL", amount_money: { amount: feeOf(settled, amount), currency } }];
  const charged = put(store, merchant, { ...settled, processing_fee: fee });
  announce(store, merchant, "payment.updated", "payment", charged);
  return charged;
}

/** Of a bank transfer 1 %, at least a dollar (https://squareup.com/help/us/en/article/7164-invoices-ach-processing). */
const feeOf = ({ source_type }: Payment, amount: number): number =>
  source_type === "BANK_ACCOUNT" ? Math.max(100, Math.round(amount * 0.01)) : Math.round(amount * 0.029) + 30;

const detailsAs = (payment: Payment, as: string) => {
  const card = payment.card_details as Record<string, unknown> | undefined; // made by newPayment
  return card ? { card_details: { ...card, status: as === "COMPLETED" ? "CAPTURED" : "VOIDED" } } : {};
};

/** A sale at the shop's own register, which is nobody's link. */
export function counterSale(store: Store, merchant: Merchant, { amount, locationId }: { amount: number; locationId: string }): Payment {
  const location = merchant.locations.find(({ id }) => id === locationId) ?? refuse(404, "NOT_FOUND", "Location not found");
  const price = { amount, currency: location.currency };
  const item = { uid: newId(), name: "Counter sale", quantity: "1", base_price_money: price, total_money: price };
  const sale: Order = {
    id: newId(),
    location_id: location.id,
    state: "COMPLETED",
    total_money: price,
    line_items: [item],
    version: 1,
    created_at: instant(Date.now()),
  };
  store.put("order", merchant.id, sale);
  const made = newPayment(Date.now(), sale, { source: "CASH", tip: 0, application: { square_product: "SQUARE_POS", application_id: "sq0ids-register" } });
  const payment = put(store, merchant.id, made);
  announce(store, merchant.id, "payment.created", "payment", payment);
  announce(store, merchant.id, "payment.updated", "payment", payment);
  return payment;
}

const remainderOf = (store: Store, merchant: string, payment: Payment): number =>
  store
    .records<Refund>("refund", merchant)
    .filter(({ payment_id, status }) => payment_id === payment.id && (status === "PENDING" || status === "COMPLETED"))
    .reduce((rest, { amount_money }) => rest - amount_money.amount, payment.total_money.amount);

/** A refund is PENDING when it is asked for; settleRefund decides it. */
export function startRefund(store: Store, merchant: string, wanted: { payment_id: string; amount_money: Money; reason?: string }): Refund {
  const payment = store.record<Payment>("payment", merchant, wanted.payment_id) ?? refuse(404, "NOT_FOUND", "Payment not found", "payment_id");
  if (payment.status !== "COMPLETED") refuse(400, "PAYMENT_NOT_REFUNDABLE", `A payment that is ${payment.status} can't be refunded`, "payment_id");
  const { amount, currency } = wanted.amount_money;
  if (currency !== payment.total_money.currency) refuse(400, "CURRENCY_MISMATCH", "The payment has another currency", "amount_money.currency");
  if (amount < 1) refuse(400, "VALUE_TOO_LOW", "Must be at least 1", "amount_money.amount");
  if (amount > remainderOf(store, merchant, payment))
    refuse(400, "REFUND_AMOUNT_INVALID", "The requested refund amount exceeds the amount available to refund.");
  const refund: Refund = store.put("refund", merchant, {
    id: `${payment.id}_${newId()}`,
    status: "PENDING" as const,
    amount_money: wanted.amount_money,
    payment_id: payment.id,
    order_id: payment.order_id,
    location_id: payment.location_id,
    ...(wanted.reason === undefined ? {} : { reason: wanted.reason }),
    created_at: instant(Date.now()),
  });
  announce(store, merchant, "refund.created", "refund", refund);
  return refund;
}

export function settleRefund(store: Store, merchant: string, refundId: string, as: "COMPLETED" | "REJECTED" | "FAILED"): Refund {
  const refund = store.record<Refund>("refund", merchant, refundId) ?? refuse(404, "NOT_FOUND", "Refund not found");
  if (refund.status !== "PENDING") return refuse(400, "BAD_REQUEST", `A refund that is ${refund.status} does not change`);
  const settled = store.put("refund", merchant, { ...refund, status: as });
  announce(store, merchant, "refund.updated", "refund", settled);
  const payment = as === "COMPLETED" ? store.record<Payment>("payment", merchant, refund.payment_id) : null;
  if (!payment) return settled;
  const { currency } = payment.total_money;
  const refunded = { amount: (payment.refunded_money?.amount ?? 0) + refund.amount_money.amount, currency };
  const changed = put(store, merchant, { ...payment, refunded_money: refunded, refund_ids: [...(payment.refund_ids ?? []), refund.id] });
  announce(store, merchant, "payment.updated", "payment", changed);
  return settled;
}

const put = (store: Store, merchant: string, payment: Payment): Payment => store.put("payment", merchant, { ...payment, version_token: newId().toLowerCase() });
