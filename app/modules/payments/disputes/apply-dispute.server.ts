import type { Effect } from "~/kernel/effects";
import { err, ok } from "~/kernel/result";
import { dayOf } from "~/kernel/time";
import { receiveFromProvider } from "~/modules/invoices/receivables/change-account.server";
import { noteOnAccount } from "~/modules/invoices/receivables/note-on-account.step.server";
import { type ApplyNeeds, paymentBehind, SquareNotReached } from "../apply-payment.server";
import { entryIdOf } from "../entry-id.server";
import { paymentEffects } from "../payment.effects";
import { paymentJournal } from "../payment.journal";
import { paymentStore } from "../payment.store.server";
import type { SquareDispute } from "../square/square";
import { type Dispute, isPlaced, isTakenBack, newsOf, type PlacedDispute, reasonLabel } from "./dispute";
import { disputeStore } from "./dispute.store.server";

export type AppliedDispute = "applied" | "known" | "elsewhere";

/**
 * Keeps the state of a dispute, and takes its money off the customer's account once it is lost. Reported again, or late, it
 * changes nothing.
 */
export async function applyDispute(s: ApplyNeeds, dispute: SquareDispute): Promise<AppliedDispute> {
  const store = disputeStore(s.db);
  const known = await store.find(dispute.id);
  if (known && (known.updatedAt > dispute.updatedAt || (isPlaced(known) && isKnown(known, dispute)))) return "known";
  const placed = known && isPlaced(known) ? known : await placeOf(s, dispute);
  if (placed === "elsewhere") return "elsewhere";
  if (placed === "nowhere") {
    // Nothing to take it off yet: it follows its payment to the account that the payment is put on.
    if (isKnown(known, dispute)) return "known";
    await paymentStore(s.db).write([store.row({ ...dispute, customerId: null, sourceId: null, entryId: null })], newsEffects(dispute), s.clock.now());
    return "applied";
  }
  const { customerId, sourceId } = placed;
  const row = (entryId: Dispute["entryId"]) => store.row({ ...dispute, customerId, sourceId, entryId });
  const effects = newsEffects(dispute);
  if (isTakenBack(dispute.state)) {
    const entryId = entryIdOf(s.entryKey, s.db.scope.organizationId, dispute.id);
    const taken = await receiveFromProvider(
      s,
      customerId,
      {
        intent: "charge-back",
        id: entryId,
        sourceId,
        amount: dispute.amount,
        method: "square",
        reference: null,
        day: dayOf(dispute.updatedAt, s.zone),
        why: `Dispute ${dispute.state === "LOST" ? "lost" : "accepted"}: ${reasonLabel(dispute.reason)}`,
      },
      () => ({ changes: [row(entryId)], effects }),
    );
    if (taken.ok) return taken.value ? "applied" : "known";
    if (taken.error.kind === "stale") throw new SquareNotReached("the account was changed too often at once");
    // All of it was refunded before: there is nothing left to take.
    if (taken.error.kind !== "too-much") throw new Error(`a chargeback that the account refused: ${taken.error.kind}`);
  }
  const noted = await noteOnAccount(s, customerId, {
    sourceId,
    load: () => store.find(dispute.id),
    decide: (_, there) =>
      there && isPlaced(there) && isKnown(there, dispute)
        ? err({ kind: "known" as const })
        : ok({
            event: paymentJournal.of("dispute.changed", { dispute: dispute.id, sourceId, amount: dispute.amount, state: dispute.state }),
            changes: [row(null)],
            effects,
          }),
  });
  if (noted.ok) return "applied";
  if (noted.error.kind === "known") return "known";
  throw new SquareNotReached(`the account was not changed: ${noted.error.kind}`);
}

const isKnown = (known: Dispute | null, { state, dueAt, amount, updatedAt }: SquareDispute): boolean =>
  known !== null && (known.updatedAt > updatedAt || (known.state === state && known.dueAt === dueAt && known.amount === amount));

/** The payment on a customer's account; `nowhere` of one by our checkout that fits no invoice. */
async function placeOf(s: ApplyNeeds, { paymentId }: SquareDispute): Promise<Pick<PlacedDispute, "customerId" | "sourceId"> | "nowhere" | "elsewhere"> {
  const payment = await paymentBehind(s, paymentId);
  if (payment?.entryId && payment.customerId) return { customerId: payment.customerId, sourceId: payment.entryId };
  return payment?.outcome === "unclear" ? "nowhere" : "elsewhere";
}

/** Brings the disputes of a payment that is on an account now to that account. */
export async function followPayment(s: ApplyNeeds, paymentId: string): Promise<void> {
  for (const dispute of await disputeStore(s.db).unplaced(paymentId)) await applyDispute(s, dispute);
}

function newsEffects({ id, state }: SquareDispute): Effect[] {
  const about = newsOf(state);
  return about ? [paymentEffects.of("mail.payment-disputed", `mail.payment-disputed:${id}:${state}`, { disputeId: id, about })] : [];
}
