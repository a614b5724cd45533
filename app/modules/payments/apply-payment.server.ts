import type { Effect } from "~/kernel/effects";
import { type Id, parseId } from "~/kernel/ids";
import { type Clock, dayOf, type UtcMs } from "~/kernel/time";
import { invoiceEffects } from "~/modules/invoices/invoice.effects";
import { receiveFromProvider } from "~/modules/invoices/receivables/change-account.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { intentStore } from "./checkouts/intent.store.server";
import { isLiving, type PaymentIntent, type PaymentOutcome, transferExpected } from "./checkouts/payment-intent";
import { entryIdOf } from "./entry-id.server";
import { paymentEffects } from "./payment.effects";
import { paymentJournal } from "./payment.journal";
import { paymentStore } from "./payment.store.server";
import type { SquareClient, SquarePayment } from "./square/square";

export type ApplyNeeds = {
  db: ScopedDatabase<"job">;
  clock: Clock;
  zone: string;
  client: Pick<SquareClient, "order" | "payment">;
  /** The key that entries' ids are derived with. */
  entryKey: string;
  /** Our application at Square. */
  applicationId: string;
  currency: string;
  /** The connected account at Square. */
  merchant: { id: string; name: string };
};

/** `known`: nothing new. */
export type Applied = PaymentOutcome | "known";

/** Square could not be asked; the notice is handled again later. */
export class SquareNotReached extends Error {}

/**
 * Brings a payment at Square to the customer's account. It may be reported any number of times, in any order and
 * late: an older report changes nothing, and a payment is on the account once. Money is never refused: what its invoices
 * don't need any more is credit.
 */
export async function applyPayment(s: ApplyNeeds, payment: SquarePayment): Promise<Applied> {
  const store = paymentStore(s.db);
  const known = await store.payment(payment.id);
  if (known && (known.updatedAt > payment.updatedAt || (known.updatedAt === payment.updatedAt && known.status === payment.status))) return "known";
  if (known?.outcome === "applied") {
    if (known.status === "COMPLETED" && (payment.status === "FAILED" || payment.status === "CANCELED")) return takeBack(s, payment, known);
    // Square reports its fee after the payment.
    await store.write([store.keptRow(payment)], [], s.clock.now());
    return "known";
  }
  const intent = payment.currency === s.currency ? await intentOf(s, payment) : null;
  const now = s.clock.now();
  const row = (outcome: PaymentOutcome, entryId: Parameters<typeof store.paymentRow>[0]["entryId"] = null) =>
    store.paymentRow({
      id: payment.id,
      intentId: intent?.id ?? null,
      customerId: intent?.customerId ?? null,
      entryId,
      status: payment.status,
      outcome,
      amount: payment.amount,
      fee: payment.fee,
      currency: payment.currency,
      merchantId: s.merchant.id,
      merchantName: s.merchant.name,
      receiptUrl: payment.receiptUrl,
      createdAt: payment.createdAt,
      updatedAt: payment.updatedAt,
    });
  const notice = (kind: "mail.payment-failed" | "mail.payment-unclear"): Effect => paymentEffects.of(kind, `${kind}:${payment.id}`, { paymentId: payment.id });

  if (!intent) {
    const isOurs = payment.applicationId === s.applicationId;
    const outcome = isOurs ? "unclear" : "elsewhere";
    await store.write([row(outcome)], isOurs && payment.status === "COMPLETED" ? [notice("mail.payment-unclear")] : [], now);
    return outcome;
  }
  switch (payment.status) {
    case "COMPLETED":
      return complete(s, payment, intent, row);
    case "APPROVED":
    case "PENDING": {
      const expectedDay = payment.sourceType === "BANK_ACCOUNT" ? transferExpected(dayOf(payment.createdAt, s.zone)) : null;
      // A later transfer on the same page is expected later.
      const isLater = intent.state === "pending" && expectedDay !== null && expectedDay > (intent.expectedDay ?? "");
      return keep(s, intent, "waiting", [row("waiting")], [], { to: isLater || (await isNewlyAwaited(s, intent)) ? "pending" : null, now, expectedDay });
    }
    case "CANCELED":
    case "FAILED":
      // Its checkout stays open for another try. Money that was on its way is awaited no more.
      return keep(s, intent, "failed", [row("failed")], payment.status === "FAILED" || intent.state === "pending" ? [notice("mail.payment-failed")] : [], {
        to: intent.state === "pending" && !(await store.isAwaited(intent.id, payment.id)) ? "open" : null,
        now,
      });
  }
}

async function complete(
  s: ApplyNeeds,
  payment: SquarePayment,
  intent: PaymentIntent,
  row: (outcome: "applied", entryId: ReturnType<typeof entryIdOf>) => ReturnType<ReturnType<typeof paymentStore>["paymentRow"]>,
): Promise<Applied> {
  const entryId = entryIdOf(s.entryKey, s.db.scope.organizationId, payment.id);
  const done = paymentJournal.of("payment.completed", { intent: intent.id, entry: entryId });
  const received = await receiveFromProvider(
    s,
    intent.customerId,
    {
      intent: "receive",
      id: entryId,
      on: [...intent.on],
      forEstimate: intent.forEstimate,
      amount: payment.amount,
      method: "square",
      reference: payment.card ? `${payment.card.brand} ${payment.card.last4}` : null,
      day: dayOf(payment.createdAt, s.zone),
    },
    (_, now) => ({
      changes: [row("applied", entryId), ...(intent.state === "paid" ? [] : intentStore(s.db).movedRows(intent, "paid", done, now))],
      effects: [
        invoiceEffects.of("mail.receipt", `mail.receipt:${entryId}`, { entryId }),
        paymentEffects.of("mail.payment-received", `mail.payment-received:${payment.id}`, { paymentId: payment.id }),
      ],
    }),
  );
  if (received.ok) return received.value ? "applied" : "known";
  // Somebody else moved the intent or the account at the same moment; the notice is handled again.
  if (received.error.kind === "stale") throw new SquareNotReached("the account was changed too often at once");
  throw new Error(`a payment that the account refused: ${received.error.kind}`);
}

/**
 * A bank took back a transfer that had completed, which it may for 60 days; nobody can dispute that
 * (https://squareup.com/help/us/en/article/7166-ach-disputes-faq). Square's documentation does not have how it is reported: as the
 * payment's own state it is entered here, as a lost dispute by `applyDispute`. Whichever comes second finds nothing left.
 */
async function takeBack(s: ApplyNeeds, payment: SquarePayment, known: { customerId: Id<"customer"> | null; entryId: Id<"entry"> | null }): Promise<Applied> {
  const store = paymentStore(s.db);
  const { customerId, entryId: sourceId } = known;
  if (customerId === null || sourceId === null) throw new Error("a payment on no account");
  const rows = [store.keptRow(payment)];
  const taken = await receiveFromProvider(
    s,
    customerId,
    {
      intent: "charge-back",
      id: entryIdOf(s.entryKey, s.db.scope.organizationId, `${payment.id} returned`),
      sourceId,
      amount: payment.amount,
      method: "square",
      reference: null,
      day: dayOf(payment.updatedAt, s.zone),
      why: "Returned by the customer's bank",
    },
    () => ({
      changes: rows,
      effects: [paymentEffects.of("mail.payment-failed", `mail.payment-failed:${payment.id}:returned`, { paymentId: payment.id })],
    }),
  );
  if (taken.ok) return taken.value ? "applied" : "known";
  if (taken.error.kind === "stale") throw new SquareNotReached("the account was changed too often at once");
  // All of it was refunded or taken back before.
  if (taken.error.kind !== "too-much") throw new Error(`a return that the account refused: ${taken.error.kind}`);
  await store.write(rows, [], s.clock.now());
  return "known";
}

/** Whether this payment begins the wait. A checkout that ended as its money set out is awaited, too, unless another one took its place. */
async function isNewlyAwaited(s: ApplyNeeds, { state, on, forEstimate }: PaymentIntent): Promise<boolean> {
  if (state !== "closed") return isLiving(state) && state !== "pending";
  const others = await intentStore(s.db).living(
    on.map(({ invoiceId }) => invoiceId),
    forEstimate,
  );
  return others.length === 0;
}

async function keep(
  s: ApplyNeeds,
  intent: PaymentIntent,
  outcome: PaymentOutcome,
  rows: Parameters<ReturnType<typeof paymentStore>["write"]>[0],
  effects: readonly Effect[],
  { to, now, expectedDay = null }: { to: "pending" | "open" | null; now: UtcMs; expectedDay?: string | null },
): Promise<Applied> {
  const store = paymentStore(s.db);
  if (to === null) {
    await store.write(rows, effects, now);
    return outcome;
  }
  const event =
    to === "pending"
      ? paymentJournal.of("payment.pending", { intent: intent.id, amount: intent.amount })
      : paymentJournal.of("payment.failed", { intent: intent.id });
  const moved = await intentStore(s.db).move(intent, to, event, now, { rows, effects, link: to === "pending" ? { expectedDay } : {} });
  if (!moved.ok) throw new SquareNotReached("the payment was changed at the same moment");
  return outcome;
}

/** The payment's own record: by the order that its checkout made, else by what the order carries. */
async function intentOf(s: ApplyNeeds, { orderId, id }: SquarePayment): Promise<PaymentIntent | null> {
  if (orderId === null) return null;
  const store = intentStore(s.db);
  const known = await store.findByOrder(orderId);
  if (known) return known;
  const order = await s.client.order(orderId);
  if (!order.ok) throw new SquareNotReached(`the order of payment ${id}: ${order.error.kind}`);
  const { metadata, referenceId } = order.value ?? {};
  const named = parseId("paymentIntent", metadata?.intent ?? referenceId);
  return named ? store.find(named) : null;
}

/** The payment of a refund or dispute. Where its completion was not reported yet, Square is asked. */
export async function paymentBehind(s: ApplyNeeds, paymentId: string) {
  const store = paymentStore(s.db);
  const known = await store.payment(paymentId);
  if (known?.entryId || known?.outcome === "elsewhere") return known;
  const asked = await s.client.payment(paymentId);
  if (!asked.ok) throw new SquareNotReached(`payment ${paymentId}: ${asked.error.kind}`);
  if (asked.value) await applyPayment(s, asked.value);
  return store.payment(paymentId);
}
