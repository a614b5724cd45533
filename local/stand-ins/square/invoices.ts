import type { Answer, Call } from "./call";
import { followPayment, type Invoice, moveInvoice, newInvoiceId } from "./invoice-states";
import { escaped, page, shown } from "./pages";
import { newPayment, type Order, type Payment, settle } from "./payments";
import { notFound, Refused, refuse } from "./refusal";
import { type Body, instant, newId, type Store } from "./store";
import { announce } from "./webhooks";

type Customer = Body & { email_address?: string; phone_number?: string; reference_id?: string };

/** Customers whom a search finds by their exact reference. */
export function searchCustomers({ store, merchant, body }: Call): Answer {
  const exact = (body.query as { filter?: { reference_id?: { exact?: string } } }).filter?.reference_id?.exact; // its schema was checked before
  if (exact === undefined) return refuse(400, "NOT_IMPLEMENTED", "This stand-in searches by `reference_id.exact` only", "query.filter");
  const found = store.records<Customer>("customer", merchant.id).filter(({ reference_id }) => reference_id === exact);
  return found.length > 0 ? { customers: found } : {};
}

export function createCustomer({ store, merchant, body }: Call): Answer {
  const { idempotency_key: _, ...given } = body as { idempotency_key: string; email_address?: string }; // its schema was checked before
  if (given.email_address !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(given.email_address))
    return refuse(400, "INVALID_EMAIL_ADDRESS", "Expected email_address to be a valid email address", "email_address");
  const customer = store.put("customer", merchant.id, { ...given, id: newId(), creation_source: "THIRD_PARTY", version: 0, created_at: instant(Date.now()) });
  return { customer };
}

/** The order of an invoice is open from the beginning; that of a link is a draft until it is paid. */
export function createOrder({ store, merchant, body }: Call): Answer {
  const given = body.order as Pick<Order, "location_id" | "reference_id" | "metadata" | "line_items">; // its schema was checked before
  return { order: newOrder(store, merchant, given, "OPEN") };
}

export function newOrder(
  store: Store,
  merchant: Call["merchant"],
  given: Pick<Order, "location_id" | "reference_id" | "metadata" | "line_items">,
  state: "DRAFT" | "OPEN",
): Order {
  const location = merchant.locations.find(({ id }) => id === given.location_id);
  if (location?.status !== "ACTIVE") return refuse(400, "INVALID_VALUE", "No active location has this id", "order.location_id");
  const wrong = given.line_items.findIndex(({ base_price_money }) => base_price_money.currency !== location.currency);
  if (wrong >= 0) return refuse(400, "INVALID_VALUE", `The location takes ${location.currency}`, `order.line_items.${wrong}.base_price_money.currency`);
  const amount = given.line_items.reduce((sum, { base_price_money }) => sum + base_price_money.amount, 0);
  if (amount < 1) return refuse(400, "INVALID_VALUE", "The total must be above zero", "order");
  const total = { amount, currency: location.currency };
  const zero = { amount: 0, currency: location.currency };
  return store.put<Order>("order", merchant.id, {
    ...given,
    id: newId(),
    source: { name: "BayTrack" },
    line_items: given.line_items.map((item) => ({
      ...item,
      uid: newId(),
      item_type: "ITEM",
      gross_sales_money: item.base_price_money,
      total_money: item.base_price_money,
    })),
    state,
    version: 1,
    total_money: total,
    total_tax_money: zero,
    total_discount_money: zero,
    total_tip_money: zero,
    net_amount_due_money: total,
    created_at: instant(Date.now()),
  });
}

type Wanted = {
  order_id: string;
  payment_requests: { request_type: string; due_date: string; tipping_enabled?: boolean; automatic_payment_source?: string }[];
  accepted_payment_methods: Record<string, boolean>;
};

/** A draft, as Square's documentation allows it (https://developer.squareup.com/docs/invoices-api/create-publish-invoices). */
export function createInvoice({ store, merchant, body }: Call): Answer {
  const given = body.invoice as Wanted; // its schema was checked before
  const order = store.record<Order>("order", merchant.id, given.order_id);
  if (!order) return notFound("Order");
  if (order.state !== "OPEN") return refuse(400, "BAD_REQUEST", "The order must be open", "invoice.order_id");
  if (store.records<Invoice>("invoice", merchant.id).some(({ order_id, status }) => order_id === order.id && status !== "CANCELED"))
    return refuse(400, "BAD_REQUEST", "The order has an invoice already", "invoice.order_id");
  const { currency } = order.total_money;
  const methods = given.accepted_payment_methods;
  if (!Object.values(methods).includes(true))
    return refuse(400, "BAD_REQUEST", "At least one payment method must be accepted", "invoice.accepted_payment_methods");
  if (methods.bank_account && currency !== "USD")
    return refuse(400, "BAD_REQUEST", "Bank transfers are taken in the United States only", "invoice.accepted_payment_methods.bank_account");
  const [request, ...others] = given.payment_requests;
  if (others.length > 0 || request?.request_type !== "BALANCE")
    return refuse(400, "BAD_REQUEST", "A bank transfer takes one payment request of type BALANCE", "invoice.payment_requests");

  if (!/^\d{4}-\d\d-\d\d$/.test(request.due_date)) return refuse(400, "INVALID_VALUE", "A date is expected", "invoice.payment_requests.0.due_date");
  const invoice = store.put("invoice", merchant.id, {
    ...given,
    id: newInvoiceId(),
    version: 0,
    location_id: order.location_id,
    payment_requests: [
      {
        ...request,
        uid: newId(),
        computed_amount_money: order.total_money,
        total_completed_amount_money: { amount: 0, currency },
      },
    ],
    invoice_number: String(store.records("invoice", merchant.id).length + 1).padStart(7, "0"),
    status: "DRAFT",
    timezone: "America/Chicago",
    created_at: instant(Date.now()),
  });
  announce(store, merchant.id, "invoice.created", "invoice", invoice);
  return { invoice };
}

export function publishInvoice({ store, merchant, id, body, origin }: Call): Answer {
  const invoice = store.record<Invoice>("invoice", merchant.id, id);
  if (!invoice) return notFound("Invoice");
  const asked = versioned(invoice, body);
  if (asked.status !== "DRAFT") return refuse(400, "BAD_REQUEST", `An invoice that is ${asked.status} can't be published`);
  const recipient = asked.primary_recipient?.customer_id;
  const customer = recipient === undefined ? null : store.record<Customer>("customer", merchant.id, recipient);
  if (!customer) return refuse(400, "BAD_REQUEST", "The recipient must be in the customer directory", "invoice.primary_recipient.customer_id");
  if (!customer.email_address && !customer.phone_number) return refuse(400, "BAD_REQUEST", "The recipient has neither email nor phone");
  const url = `${origin}/pay-invoice/${asked.id.slice("inv:".length)}`;
  return { invoice: moveInvoice(store, merchant.id, { ...asked, public_url: url }, "UNPAID", ["invoice.published", "invoice.updated"]) };
}

/** Not of a draft, nor where it came to an end or money is on its way. */
export function cancelInvoice({ store, merchant, id, body }: Call): Answer {
  const invoice = store.record<Invoice>("invoice", merchant.id, id);
  if (!invoice) return notFound("Invoice");
  const asked = versioned(invoice, body);
  if (asked.status !== "UNPAID") return refuse(400, "BAD_REQUEST", `An invoice that is ${asked.status} can't be canceled`);
  const order = store.record<Order>("order", merchant.id, asked.order_id);
  if (order) store.put("order", merchant.id, { ...order, state: "CANCELED" });
  return { invoice: moveInvoice(store, merchant.id, asked, "CANCELED", ["invoice.canceled", "invoice.updated"]) };
}

function versioned(invoice: Invoice, body: Record<string, unknown>): Invoice {
  return body.version === invoice.version ? invoice : refuse(400, "VERSION_MISMATCH", `The invoice is at version ${invoice.version}`, "version");
}

/** What a payer does on an invoice's page: the money is on its way for days. The payment is Square's own, not the application's. */
export function payInvoice(store: Store, invoiceId: string): { merchant: string; payment: Payment; invoice: Invoice } {
  const found = store.anyRecord<Invoice>("invoice", invoiceId);
  const order = found && store.record<Order>("order", found.merchant, found.body.order_id);
  if (!found || !order) return refuse(404, "NOT_FOUND", "Invoice not found");
  if (found.body.status !== "UNPAID") return refuse(400, "BAD_REQUEST", `An invoice that is ${found.body.status} takes no payment`);
  const made = newPayment(Date.now(), order, { source: "BANK_ACCOUNT", tip: 0, application: { square_product: "INVOICES" } });
  const payment = store.put("payment", found.merchant, made) as Payment; // what was put in
  announce(store, found.merchant, "payment.created", "payment", payment);
  followPayment(store, found.merchant, payment);
  return { merchant: found.merchant, payment, invoice: found.body };
}

/** The hosted page of an invoice; it leads nowhere afterwards, as Square's does not. */
export async function invoicePage(store: Store, id: string, request: Request): Promise<Response> {
  const found = store.anyRecord<Invoice>("invoice", id);
  const order = found && store.record<Order>("order", found.merchant, found.body.order_id);
  if (!found || !order || found.body.status === "DRAFT") return page("This invoice is not available", "<p>Ask the seller.</p>", 404);
  const own = () => Response.redirect(request.url, 303);
  if (request.method === "POST") {
    const way = String((await request.formData()).get("way"));
    try {
      const pending = store.records<Payment>("payment", found.merchant).find((one) => one.order_id === order.id && one.status === "PENDING");
      if (way === "bank") payInvoice(store, id);
      else if (pending) settle(store, found.merchant, pending.id, way === "complete" ? "COMPLETED" : "FAILED");
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
    }
    return own();
  }
  const { amount, currency } = order.total_money;
  const lines = order.line_items.map(({ name, base_price_money }) => `<li>${escaped(name)}: ${shown(base_price_money.amount, currency)}</li>`);
  const total = `<ul>${lines.join("")}</ul><p><strong>Total ${shown(amount, currency)}</strong></p>`;
  const button = (way: string, label: string) => `<button name="way" value="${way}">${label}</button>`;
  const panel = `<aside><h2>Testing panel</h2><form method="post">${button("complete", "Bank completes it")} ${button("fail", "Bank refuses it")}</form></aside>`;
  switch (found.body.status) {
    case "UNPAID":
      return page("Pay invoice", `${total}<form method="post">${button("bank", "Pay by bank transfer (ACH)")}</form>`);
    case "PAYMENT_PENDING":
      return page("Payment pending", `${total}<p>Bank transfers take 3 to 5 business days.</p>${panel}`);
    default:
      return page(found.body.status === "PAID" ? "This invoice was paid" : "This invoice was canceled", total);
  }
}

/**
 * A bank takes a completed transfer back, up to 60 days later. Square's documentation has no object for it: its support
 * calls it a dispute that can't be challenged (https://squareup.com/help/us/en/article/7166-ach-disputes-faq). `status`: the payment itself is
 * reported as failed.
 */
export function returnPayment(store: Store, merchant: string, id: string): Payment {
  const payment = store.record<Payment>("payment", merchant, id) ?? refuse(404, "NOT_FOUND", "Payment not found");
  if (payment.status !== "COMPLETED" || payment.source_type !== "BANK_ACCOUNT") return refuse(400, "BAD_REQUEST", "Only a completed bank transfer is returned");
  const returned: Payment = store.put("payment", merchant, { ...payment, status: "FAILED" as const, version_token: newId().toLowerCase() });
  announce(store, merchant, "payment.updated", "payment", returned);
  followPayment(store, merchant, returned);
  return returned;
}
