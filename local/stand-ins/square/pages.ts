import { type Link, type Order, type Payment, payLink, settle, type Way } from "./payments";
import { Refused } from "./refusal";
import type { Store } from "./store";

/** Pages that people see at Square, as plain as can be. */
export const page = (title: string, body: string, status = 200): Response =>
  new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:17px/1.5 system-ui;max-width:34rem;margin:2rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem;margin:.25rem 0}label{display:block;margin:.25rem 0}aside{border:2px dashed #999;padding:0 1rem;margin-top:2rem}</style>
</head><body><h1>${title}</h1>${body}<p><small>This is BayTrack's local stand-in for Square. No money moves.</small></p></body></html>`,
    { status, headers: { "Content-Type": "text/html; charset=utf-8" } },
  );

export const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
export const shown = (amount: number, currency: string): string => new Intl.NumberFormat("en-US", { style: "currency", currency }).format(amount / 100);

/** The hosted checkout page of a payment link, and the panel that the sandbox has for testers. */
export async function checkout(store: Store, linkId: string, request: Request, applicationId: string): Promise<Response> {
  const found = store.anyRecord<Link>("link", linkId);
  const order = found ? store.record<Order>("order", found.merchant, found.body.order_id) : null;
  if (!found || !order) return page("This link is no longer available", "<p>Ask the seller for a new one.</p>", 410);
  if (request.method === "POST") return pay(store, found.body, await request.formData(), applicationId);
  if (order.state !== "DRAFT") return paidPage(store, found, order);
  return checkoutPage(order, new URL(request.url).searchParams.get("declined") !== null);
}

function checkoutPage(order: Order, declined: boolean): Response {
  const { amount, currency } = order.total_money;
  const lines = order.line_items.map(({ name, base_price_money }) => `<li>${escaped(name)}: ${shown(base_price_money.amount, currency)}</li>`);
  return page(
    "Checkout",
    `${declined ? '<p role="alert">Your card was declined.</p>' : ""}<ul>${lines.join("")}</ul><p><strong>Total ${shown(amount, currency)}</strong></p>
<form method="post"><label>Card number <input name="card" inputmode="numeric" value="4111 1111 1111 1111"></label>
<label>Tip in cents, if the page asked for one <input name="tip" inputmode="numeric" value="0"></label>
<button name="way" value="card">Pay ${shown(amount, currency)}</button> <button name="way" value="cancel">Cancel</button>
<aside><h2>Testing panel</h2><p>Card 4000 0000 0000 0002 is declined.</p>
<button name="way" value="decline">Decline the card</button> <button name="way" value="bank">Pay from a bank account (pending)</button></aside></form>`,
  );
}

function paidPage(store: Store, { merchant, body: link }: { merchant: string; body: Link }, order: Order): Response {
  const payment = store.records<Payment>("payment", merchant).find((one) => one.order_id === order.id && one.status !== "FAILED");
  const back = link.checkout_options?.redirect_url;
  const pending =
    payment?.status === "PENDING"
      ? `<aside><h2>Testing panel</h2><form method="post"><input type="hidden" name="payment" value="${payment.id}">
<button name="way" value="complete">Bank completes it</button> <button name="way" value="fail">Bank returns it</button></form></aside>`
      : "";
  const ways = back === undefined ? "" : `<p><a href="${escaped(back)}">Back to the shop</a></p>`;
  return page(payment?.status === "PENDING" ? "Payment on its way" : "This link was paid", `<p>A link is for one payment.</p>${ways}${pending}`);
}

function pay(store: Store, link: Link, form: FormData, applicationId: string): Response {
  const way = String(form.get("way"));
  const back = link.checkout_options?.redirect_url;
  const own = (query = "") => Response.redirect(`${link.url}${query}`, 303);
  if (way === "cancel") return back === undefined ? own() : Response.redirect(back, 303);
  try {
    if (way === "complete" || way === "fail") {
      const found = store.anyRecord<Payment>("payment", String(form.get("payment")));
      if (found) settle(store, found.merchant, found.body.id, way === "complete" ? "COMPLETED" : "FAILED");
      return own();
    }
    const chosen: Way = way === "bank" ? "bank" : way === "decline" || /0002$/.test(String(form.get("card")).replaceAll(" ", "")) ? "decline" : "card";
    const { payment } = payLink(store, link.id, { way: chosen, tip: Math.max(0, Number(form.get("tip")) || 0), applicationId });
    if (payment.status === "FAILED") return own("?declined");
    if (back === undefined) return own();
    const to = new URL(back);
    to.searchParams.set("orderId", link.order_id);
    to.searchParams.set("transactionId", payment.id);
    return Response.redirect(to.href, 303);
  } catch (cause) {
    if (cause instanceof Refused) return own();
    throw cause;
  }
}
