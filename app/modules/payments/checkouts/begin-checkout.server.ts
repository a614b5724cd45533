import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, later } from "~/kernel/time";
import { invoiceNumber } from "~/modules/invoices/invoice";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { log } from "~/platform/log.server";
import { paymentJournal } from "../payment.journal";
import { fitted, type SquareClient, type SquareInvoice, squareLengths } from "../square/square";
import { intentStore } from "./intent.store.server";
import { type BeginRefusal, CHECKOUT_LASTS, meetLiving, type OpenInvoice, type PaymentIntent, type Wanted, wishRefusal } from "./payment-intent";

type Needs = { db: ScopedDatabase<"job"> | ScopedDatabase<"customer">; clock: Clock };
/** The shop's connection to Square. */
export type Checkout = {
  client: SquareClient;
  merchant: { id: string; name: string };
  locationId: string;
  currency: string;
  takesBank: boolean;
  isSquarePage(url: string): boolean;
};

type Begin = {
  wanted: Wanted;
  /** Who pays; for a deposit, the estimate's customer. */
  customerId: Id<"customer">;
  /** The least part of an invoice that the shop takes; null if only the whole. */
  least: Wanted["amount"] | null;
  /** What the deposit is for: "Deposit for E-12". */
  title?: string;
  /** Where Square sends the customer afterwards. */
  returnTo(intent: Id<"paymentIntent">): string;
  buyerEmail: string | null;
};

const MAX_ATTEMPTS = 5;

/**
 * Answers the page at Square where these invoices are paid. Two people who pay the same get the same page, and another
 * amount replaces it. A process that dies between our record and Square's is picked up by the next request, under the
 * same idempotency key.
 */
export async function beginCheckout(s: Needs, square: Checkout, begin: Begin): Promise<Result<{ intent: PaymentIntent; url: string }, BeginRefusal>> {
  const store = intentStore(s.db);
  const ids = begin.wanted.on.map(({ invoiceId }) => invoiceId);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const now = s.clock.now();
    const [open, living] = [await store.open(ids), await store.living(ids, begin.wanted.forEstimate)];
    if (open.some(({ customerId }) => customerId !== begin.customerId)) return err({ kind: "not-found" });
    const refused = wishRefusal(begin.wanted, open, begin.least);
    if (refused) return err(refused);
    if (begin.wanted.way === "bank" && !square.takesBank) return err({ kind: "no-bank-transfer" });
    if (begin.wanted.way === "bank" && begin.buyerEmail === null) return err({ kind: "no-email" });
    const met = meetLiving(living, begin.wanted, { now, merchantId: square.merchant.id });
    if (met.kind === "pending") return err({ kind: "pending", amount: met.intent.amount });
    if (met.kind === "use") {
      const { intent } = met;
      if (intent.url && square.isSquarePage(intent.url)) return ok({ intent, url: intent.url });
      const made = await makeCheckout(s, square, intent, open, begin);
      if (made.ok || made.error.kind !== "stale") return made;
      continue;
    }
    // Square may know of a payment before we do: then it wins over the new wish.
    for (const intent of living) if (await isBeingPaid(square, intent)) return err({ kind: "pending", amount: intent.amount });
    const id = newId("paymentIntent", now);
    const { customerId, wanted } = begin;
    const facts = { id, customerId, currency: square.currency, merchantId: square.merchant.id, expiresAt: later(now, CHECKOUT_LASTS) };
    await store.begin({ ...wanted, ...facts }, living, now);
    // Begun or stale: the next round finds what there is now.
  }
  return err({ kind: "stale" });
}

/** Whether Square has money for a checkout. The order of an invoice is open from the beginning, so the invoice itself is asked. */
async function isBeingPaid({ client }: Checkout, { way, linkId, squareOrderId }: PaymentIntent): Promise<boolean> {
  if (way === "bank") {
    const invoice = linkId === null ? null : await client.invoice(linkId);
    return Boolean(invoice?.ok && invoice.value && takenStates.has(invoice.value.status));
  }
  const order = squareOrderId === null ? null : await client.order(squareOrderId);
  return Boolean(order?.ok && order.value && order.value.state !== "DRAFT" && order.value.state !== "CANCELED");
}

const takenStates: ReadonlySet<SquareInvoice["status"]> = new Set(["PAYMENT_PENDING", "PARTIALLY_PAID", "PAID"]);

async function makeCheckout(
  s: Needs,
  square: Checkout,
  intent: PaymentIntent,
  open: readonly OpenInvoice[],
  { title, returnTo, buyerEmail }: Begin,
): Promise<Result<{ intent: PaymentIntent; url: string }, BeginRefusal>> {
  const store = intentStore(s.db);
  const numbers = intent.on.map(({ invoiceId }) => invoiceNumber(open.find(({ id }) => id === invoiceId)?.number ?? null));
  const name = title ?? (numbers.length === 1 ? `Invoice ${numbers[0]}` : `${numbers.length} invoices`);
  const ordered = {
    idempotencyKey: intent.id,
    locationId: square.locationId,
    title: fitted(name, squareLengths.lineName),
    amount: intent.amount,
    currency: intent.currency,
    referenceId: intent.id,
    metadata: { intent: intent.id, organization: s.db.scope.organizationId },
    lines: intent.on.length > 1 ? intent.on.map(({ amount }, at) => ({ name: `Invoice ${numbers[at]}`, amount })) : undefined,
  };
  const made =
    intent.way === "bank"
      ? await square.client.createBankInvoice({
          ...ordered,
          payer: { id: intent.customerId, name: await store.customerName(intent.customerId), email: buyerEmail ?? "" },
          dueDay: new Date(intent.expiresAt).toISOString().slice(0, 10),
        })
      : await square.client.createPaymentLink({
          ...ordered,
          redirectUrl: returnTo(intent.id),
          buyerEmail,
          note: fitted([title ?? numbers.join(", "), intent.id].join(" "), squareLengths.note),
        });
  const now = s.clock.now();
  if (!made.ok) {
    log.warn("square.checkout-not-made", { intent: intent.id, fault: made.error.kind });
    // What may have reached Square keeps its key; what Square refused is over.
    if (made.error.kind === "squareRefused")
      await store.move(intent, "failed", paymentJournal.of("payment.checkout-refused", { intent: intent.id, why: fitted(made.error.detail, 200) }), now);
    return err({ kind: "square", fault: made.error });
  }
  const { id: linkId, url, orderId: squareOrderId } = made.value;
  if (!square.isSquarePage(url)) return err({ kind: "strange-address" });
  const saved = await store.move(intent, "open", paymentJournal.of("payment.checkout-made", { intent: intent.id }), now, {
    link: { linkId, url, squareOrderId },
  });
  if (!saved.ok) return saved;
  return ok({ intent: { ...intent, state: "open", linkId, url, squareOrderId, version: intent.version + 1 }, url });
}
