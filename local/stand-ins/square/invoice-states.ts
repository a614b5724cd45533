import { type Body, type Money, newId, type Store } from "./store";
import { announce } from "./webhooks";

export type InvoiceStatus = "DRAFT" | "UNPAID" | "PAYMENT_PENDING" | "PAID" | "CANCELED";
export type Invoice = Body & {
  version: number;
  status: InvoiceStatus;
  order_id: string;
  location_id: string;
  public_url?: string;
  title?: string;
  primary_recipient?: { customer_id?: string; email_address?: string };
  payment_requests: (Record<string, unknown> & { computed_amount_money: Money })[];
};

/** An invoice's next state, announced as `types`; null where the order has none. */
export function moveInvoice(store: Store, merchant: string, invoice: Invoice, status: InvoiceStatus, types: readonly string[]): Invoice {
  const { next_payment_amount_money: _, ...rest } = invoice;
  const due = status === "UNPAID" ? { next_payment_amount_money: invoice.payment_requests[0]?.computed_amount_money } : {};
  const moved = store.put("invoice", merchant, { ...rest, ...due, status, version: invoice.version + 1 }) as Invoice; // what was put in
  for (const type of types) announce(store, merchant, type, "invoice", moved);
  return moved;
}

export const invoiceOfOrder = (store: Store, merchant: string, order: string): Invoice | null =>
  store.records<Invoice>("invoice", merchant).find(({ order_id }) => order_id === order) ?? null;

/** An invoice follows its payment: on its way, there, or asked for again. */
export function followPayment(store: Store, merchant: string, { order_id, status }: { order_id: string; status: string }): void {
  const invoice = invoiceOfOrder(store, merchant, order_id);
  if (!invoice) return;
  if (status === "PENDING") moveInvoice(store, merchant, invoice, "PAYMENT_PENDING", ["invoice.updated"]);
  if (status === "COMPLETED" && invoice.status !== "PAID") moveInvoice(store, merchant, invoice, "PAID", ["invoice.payment_made", "invoice.updated"]);
  if (status === "FAILED" || status === "CANCELED") moveInvoice(store, merchant, invoice, "UNPAID", ["invoice.updated"]);
}

export const newInvoiceId = (): string => `inv:0-Ch${newId()}`;
