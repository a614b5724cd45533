import type { Answer, Call } from "./call";
import { addEvidence, type Dispute, submitEvidence } from "./disputes";
import type { Endpoint } from "./facts";
import type { Invoice } from "./invoice-states";
import { cancelInvoice, createCustomer, createInvoice, createOrder, newOrder, publishInvoice, searchCustomers } from "./invoices";
import { type Link, type Order, type Payment, type Refund, settleRefund, startRefund } from "./payments";
import { notFound, refuse } from "./refusal";
import { type Body, instant, newId } from "./store";

/** What each endpoint does, once token, scopes and the request's form were checked. */
export const calls: Record<Exclude<Endpoint, "ObtainToken" | "RevokeToken">, (call: Call) => Answer> = {
  ListLocations: ({ merchant }) => ({
    locations: merchant.locations.map((one) => ({ ...one, country: "US", merchant_id: merchant.id, type: "PHYSICAL", business_name: merchant.name })),
  }),
  GetMerchant: ({ merchant, id }) =>
    id === "me" || id === merchant.id
      ? {
          merchant: {
            id: merchant.id,
            business_name: merchant.name,
            country: "US",
            currency: merchant.currency,
            status: "ACTIVE",
            main_location_id: merchant.locations[0]?.id,
          },
        }
      : notFound("Merchant"),
  CreatePaymentLink: createPaymentLink,
  GetPaymentLink: ({ store, merchant, id }) => one("payment_link", store.record<Link>("link", merchant.id, id), "Payment link"),
  DeletePaymentLink({ store, merchant, id }) {
    const link = store.record<Link>("link", merchant.id, id);
    const order = link && store.record<Order>("order", merchant.id, link.order_id);
    if (!link || !order) return notFound("Payment link");
    if (order.state !== "DRAFT") return refuse(400, "BAD_REQUEST", "The order of this link was paid");
    store.put("order", merchant.id, { ...order, state: "CANCELED" });
    store.remove(link.id);
    return { id: link.id, cancelled_order_id: order.id };
  },
  GetOrder: ({ store, merchant, id }) => one("order", store.record<Order>("order", merchant.id, id), "Order"),
  SearchOrders({ store, merchant, body }) {
    const locations = (body.location_ids ?? []) as string[]; // its schema was checked before
    return { orders: store.records<Order>("order", merchant.id).filter(({ location_id }) => locations.includes(location_id)) };
  },
  GetPayment: ({ store, merchant, id }) => one("payment", store.record<Payment>("payment", merchant.id, id), "Payment"),
  ListPayments({ store, merchant, query }) {
    const location = query.get("location_id") ?? merchant.locations[0]?.id;
    const all = store.records<Payment>("payment", merchant.id).filter(({ location_id }) => location_id === location);
    return paged("payments", all, query);
  },
  RefundPayment({ store, merchant, body }) {
    const refund = startRefund(store, merchant.id, body as Parameters<typeof startRefund>[2]); // its schema was checked before
    const next = store.setting("next-refund") ?? "COMPLETED";
    store.set("next-refund", "COMPLETED");
    // The answer is PENDING; the decision comes by webhook.
    if (next !== "PENDING") settleRefund(store, merchant.id, refund.id, next as "COMPLETED"); // checked by the control that set it
    return { refund };
  },
  GetPaymentRefund: ({ store, merchant, id }) => one("refund", store.record<Refund>("refund", merchant.id, id), "Refund"),
  ListPaymentRefunds({ store, merchant, query }) {
    const [location, status] = [query.get("location_id"), query.get("status")];
    const all = store.records<Refund & { location_id?: string }>("refund", merchant.id);
    return paged(
      "refunds",
      all.filter((refund) => (location === null || refund.location_id === location) && (status === null || refund.status === status)),
      query,
    );
  },
  ListDisputes({ store, merchant, query }) {
    const [location, states] = [query.get("location_id"), query.get("states")?.split(",") ?? null];
    const all = store.records<Dispute>("dispute", merchant.id);
    return paged(
      "disputes",
      all.filter((dispute) => (location === null || dispute.location_id === location) && (states === null || states.includes(dispute.state))),
      query,
    );
  },
  RetrieveDispute: ({ store, merchant, id }) => one("dispute", store.record<Dispute>("dispute", merchant.id, id), "Dispute"),
  CreateDisputeEvidenceText({ store, merchant, id, body }) {
    const { idempotency_key: _, ...evidence } = body;
    return { evidence: addEvidence(store, merchant.id, id, evidence) };
  },
  CreateDisputeEvidenceFile({ store, merchant, id, body }) {
    const { idempotency_key: _, content_type: filetype, ...evidence } = body as Record<string, string>; // its schema was checked before
    return { evidence: addEvidence(store, merchant.id, id, { ...evidence, evidence_file: { filename: "evidence.pdf", filetype } }) };
  },
  ListPayouts({ store, merchant, query }) {
    const [location, status] = [query.get("location_id") ?? merchant.locations[0]?.id, query.get("status")];
    const all = store.records<Body & { location_id: string; status: string }>("payout", merchant.id);
    return paged(
      "payouts",
      all.filter((payout) => payout.location_id === location && (status === null || payout.status === status)),
      query,
    );
  },
  CreateOrder: createOrder,
  CreateCustomer: createCustomer,
  SearchCustomers: searchCustomers,
  CreateInvoice: createInvoice,
  GetInvoice: ({ store, merchant, id }) => one("invoice", store.record<Invoice>("invoice", merchant.id, id), "Invoice"),
  PublishInvoice: publishInvoice,
  CancelInvoice: cancelInvoice,
  SubmitEvidence: ({ store, merchant, id }) => ({ dispute: submitEvidence(store, merchant.id, id) }),
};

const one = (name: string, body: Body | null, what: string): Answer => (body ? { [name]: body } : notFound(what));

function createPaymentLink({ store, merchant, body, origin }: Call): Answer {
  const given = body.order as Pick<Order, "location_id" | "reference_id" | "metadata" | "line_items">; // its schema was checked before
  const order = newOrder(store, merchant, given, "DRAFT");
  const id = newId().slice(0, 16);
  const options = {
    checkout_options: body.checkout_options,
    pre_populated_data: body.pre_populated_data,
    payment_note: body.payment_note,
    description: body.description,
  };
  const link = store.put("link", merchant.id, {
    ...(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as object),
    id,
    version: 1,
    order_id: order.id,
    url: `${origin}/u/${id}`,
    long_url: `${origin}/u/${id}`,
    created_at: instant(Date.now()),
  });
  return { payment_link: link, related_resources: { orders: [order] } };
}

/** A page of a list, by creation or by change; the cursor is the last record of the page before. */
function paged(name: string, all: Body[], query: URLSearchParams): Answer {
  const field = query.get("sort_field") === "UPDATED_AT" ? "updated_at" : "created_at";
  const down = query.get("sort_order") !== "ASC";
  const limit = Number(query.get("limit") ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return refuse(400, "INVALID_VALUE", "Between 1 and 100", "limit");
  const place = (body: Body) => `${String(body[field])} ${body.id}`;
  const within = (body: Body, what: "created_at" | "updated_at", from: string | null, to: string | null) =>
    (from === null || Date.parse(String(body[what])) >= Date.parse(from)) && (to === null || Date.parse(String(body[what])) < Date.parse(to));
  const cursor = query.get("cursor");
  const after = cursor === null ? null : atob(cursor);
  const rows = all
    .filter((body) => within(body, "created_at", query.get("begin_time"), query.get("end_time")))
    .filter((body) => within(body, "updated_at", query.get("updated_at_begin_time"), query.get("updated_at_end_time")))
    .toSorted((a, b) => (place(a) < place(b) ? -1 : 1) * (down ? -1 : 1))
    .filter((body) => after === null || (down ? place(body) < after : place(body) > after));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { ...(shown.length > 0 ? { [name]: shown } : {}), ...(rows.length > limit && last ? { cursor: btoa(place(last)) } : {}) };
}
