import type { Id } from "~/kernel/ids";
import { later, toUtcMs, type UtcMs } from "~/kernel/time";
import { log } from "~/platform/log.server";
import { type ApplyNeeds, applyPayment, SquareNotReached } from "../apply-payment.server";
import { checkCheckout } from "../checkouts/check-checkout.server";
import { intentStore } from "../checkouts/intent.store.server";
import type { PaymentIntent, PayWay } from "../checkouts/payment-intent";
import { applyDispute, followPayment } from "../disputes/apply-dispute.server";
import { isPlaced } from "../disputes/dispute";
import { disputeStore } from "../disputes/dispute.store.server";
import { giveUpLate, sendEvidence } from "../disputes/send-evidence.server";
import { listPayouts } from "../payouts/list-payouts.server";
import { LONGEST_GAP, type Reconciled, reconcile } from "../reconcile.server";
import { applyRefund } from "../refunds/apply-refund.server";
import { sendRefund } from "../refunds/send-refund.server";
import { squareRefundStore } from "../refunds/square-refund.store.server";
import { openSquare, type SquareNeeds } from "./open-square.server";
import { renewSquareAccess } from "./renew-square-access.server";
import { squareConnectionStore } from "./square-connection.store.server";
import { readNotice } from "./square-event";
import { squareEventStore } from "./square-event.store.server";

type Connected = ApplyNeeds & NonNullable<Awaited<ReturnType<typeof openSquare>>>;

/** What applying takes, with the shop's account at Square; null while it isn't connected. */
export async function connectSquare(s: SquareNeeds): Promise<Connected | null> {
  const square = await openSquare(s);
  const organization = square && (await s.directory.organization(s.db.scope.organizationId));
  return square && organization ? { ...square, db: s.db, clock: s.clock, zone: organization.zone, entryKey: s.settings.linkKey } : null;
}

/** The shop's account at Square for pages: opens checkouts, and asks about one or about all that changed; null while it isn't connected. */
export async function squareOf(s: SquareNeeds) {
  const square = await connectSquare(s);
  if (!square) return null;
  const { client, locationId, currency, isSquarePage, takesBank, merchant } = square;
  return {
    client,
    merchant,
    takesBank,
    locationId,
    currency,
    isSquarePage,
    check: (intent: PaymentIntent) => checkCheckout(square, intent),
    catchUp: (since: UtcMs) => catchUp(s, square, since),
    payouts: (since: UtcMs, until: UtcMs) => listPayouts(square, since, until),
  };
}

/**
 * Handles a notice of Square's that was kept: a nudge to read its payment or refund again, whatever else the
 * notice has. Throws if Square can't be asked now, so that the outbox tries again.
 */
export async function handleSquareEvent(s: SquareNeeds, eventId: string): Promise<void> {
  const store = squareEventStore(s.db);
  const event = await store.find(eventId);
  if (!event || event.handledAt !== null) return;
  const notice = readNotice(event.raw);
  // One that comes while the shop isn't connected has nobody to ask: once it is, Square is asked about all since the last time.
  // Believed once Square itself confirms it.
  if (notice?.type === "oauth.authorization.revoked") await renewSquareAccess(s);
  const square = notice && /^(payment|refund|dispute|invoice)\./.test(notice.type) ? await connectSquare(s) : null;
  if (notice && square)
    log.info("square.event-handled", { type: notice.type, object: notice.objectId, outcome: await applyObject(square, notice.type, notice.objectId) });
  await store.handled(eventId, s.clock.now());
}

async function applyObject(square: Connected, type: string, id: string): Promise<string> {
  if (type.startsWith("dispute.")) {
    const dispute = await square.client.dispute(id);
    if (!dispute.ok) throw new SquareNotReached(`${type} ${id}: ${dispute.error.kind}`);
    return dispute.value ? applyDispute(square, dispute.value) : "unknown";
  }
  if (type.startsWith("invoice.")) return applyInvoice(square, type, id);
  const read = type.startsWith("payment.") ? await square.client.payment(id) : await square.client.refundById(id);
  if (!read.ok) throw new SquareNotReached(`${type} ${id}: ${read.error.kind}`);
  if (!read.value) return "unknown";
  return "paymentId" in read.value ? applyRefund(square, read.value) : applyPayment(square, read.value);
}

/** An invoice has no payment of its own in Square's answers: those of its order are looked for. */
async function applyInvoice(square: Connected, type: string, id: string): Promise<string> {
  const intent = await intentStore(square.db).findByLink(id);
  if (!intent) return "elsewhere";
  if (type === "invoice.created" || type === "invoice.published") return "known";
  await checkCheckout(square, intent);
  return "asked";
}

/** Takes a closed checkout off Square. */
export async function closeCheckout(s: SquareNeeds, { linkId, way }: { linkId: string; way: PayWay }): Promise<void> {
  const square = await openSquare(s);
  const deleted = way === "bank" ? await square?.client.cancelInvoice(linkId) : await square?.client.deletePaymentLink(linkId);
  if (deleted && !deleted.ok && deleted.error.kind === "squareUnreachable") throw new SquareNotReached(`link ${linkId}`);
}

/** Asks Square for a refund that the office wants. */
export async function askSquareForRefund(s: SquareNeeds, id: Id<"refund">): Promise<void> {
  const square = await connectSquare(s);
  if (!square) throw new SquareNotReached("Square isn't connected");
  await sendRefund(square, id);
}

/** Brings the refunds and disputes of a payment that was put on an account by hand there, too. */
export async function followAssignedPayment(s: SquareNeeds, paymentId: string): Promise<void> {
  const square = await connectSquare(s);
  if (!square) throw new SquareNotReached("Square isn't connected");
  for (const id of await squareRefundStore(s.db).onNone(paymentId)) {
    const refund = await square.client.refundById(id);
    if (!refund.ok) throw new SquareNotReached(`refund ${id}: ${refund.error.kind}`);
    if (refund.value) await applyRefund(square, refund.value);
  }
  await followPayment(square, paymentId);
}

/** Sends the evidence for a dispute. `sources`: what gathering takes. */
export async function sendEvidenceToSquare(s: SquareNeeds, id: string, sources: Pick<Parameters<typeof sendEvidence>[0], "files" | "documents" | "facts">) {
  const square = await connectSquare(s);
  if (square) return sendEvidence({ ...square, ...sources, directory: s.directory, settings: s.settings }, id);
  const dispute = await disputeStore(s.db).find(id);
  if (dispute?.evidence !== "asked" || !isPlaced(dispute)) return;
  const zone = (await s.directory.organization(s.db.scope.organizationId))?.zone ?? "UTC";
  await giveUpLate({ db: s.db, clock: s.clock, zone }, dispute, new SquareNotReached("Square isn't connected"), "Square isn't connected.");
}

/** Catches up with Square: since then, or since it was asked the last time, if that is longer ago. Null while the shop isn't connected. */
export async function catchUpWithSquare(s: SquareNeeds, since: UtcMs, mostPages?: number): Promise<Reconciled | null> {
  const square = await connectSquare(s);
  return square && catchUp(s, square, since, mostPages);
}

async function catchUp(s: SquareNeeds, square: Connected, since: UtcMs, mostPages?: number): Promise<Reconciled> {
  const now = s.clock.now();
  const from = toUtcMs(Math.min(since, Math.max(square.askedUntil, later(now, -LONGEST_GAP))));
  const result = await reconcile(square, from, mostPages);
  if (result.goesOnSince !== null) log.warn("square.more-than-read", { organizationId: s.db.scope.organizationId, goesOnSince: result.goesOnSince });
  if (result.fault === null) await squareConnectionStore(s.db).asked(square.merchant.id, result.goesOnSince ?? now);
  return result;
}
