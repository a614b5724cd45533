import type { Payment } from "./payments";
import { refuse } from "./refusal";
import { type Body, instant, type Money, newId, type Store } from "./store";
import { announce } from "./webhooks";

export type DisputeState =
  | "INQUIRY_EVIDENCE_REQUIRED"
  | "INQUIRY_PROCESSING"
  | "INQUIRY_CLOSED"
  | "EVIDENCE_REQUIRED"
  | "PROCESSING"
  | "WON"
  | "LOST"
  | "ACCEPTED";
export type Dispute = Body & {
  state: DisputeState;
  amount_money: Money;
  disputed_payment: { payment_id: string };
  location_id: string;
  evidence_ids?: string[];
};
type Evidence = Body & { dispute_id: string; evidence_type?: string; evidence_text?: string; evidence_file?: { filename?: string; filetype?: string } };

const DAY = 86_400_000;
const final: DisputeState[] = ["WON", "LOST", "ACCEPTED", "INQUIRY_CLOSED"];

type Opened = { payment: string; amount?: number; reason?: string; inquiry?: boolean; days?: number };

/** What a payer's bank does: it asks for money back, all of it where no amount is given. */
export function openDispute(
  store: Store,
  merchant: string,
  { payment: paymentId, amount, reason = "NOT_RECEIVED", inquiry = false, days = 14 }: Opened,
): Dispute {
  const payment = store.record<Payment>("payment", merchant, paymentId) ?? refuse(404, "NOT_FOUND", "Payment not found");
  if (payment.status !== "COMPLETED") refuse(400, "BAD_REQUEST", `A payment that is ${payment.status} can't be disputed`);
  const now = Date.now();
  const dispute: Dispute = store.put("dispute", merchant, {
    id: `dp${newId()}`,
    amount_money: { amount: amount ?? payment.total_money.amount, currency: payment.total_money.currency },
    reason,
    state: inquiry ? ("INQUIRY_EVIDENCE_REQUIRED" as const) : ("EVIDENCE_REQUIRED" as const),
    due_at: instant(now + days * DAY),
    disputed_payment: { payment_id: payment.id },
    card_brand: "VISA",
    brand_dispute_id: newId().slice(0, 12),
    reported_at: instant(now),
    location_id: payment.location_id,
    version: 1,
    created_at: instant(now),
  });
  announce(store, merchant, "dispute.created", "dispute", dispute, "object");
  return dispute;
}

/** The bank decides, or the seller gives in. */
export function settleDispute(store: Store, merchant: string, id: string, as: DisputeState): Dispute {
  const dispute = disputeOf(store, merchant, id);
  if (final.includes(dispute.state)) return refuse(400, "BAD_REQUEST", `A dispute that is ${dispute.state} does not change`);
  const settled: Dispute = store.put("dispute", merchant, { ...dispute, state: as, version: Number(dispute.version) + 1 });
  announce(store, merchant, "dispute.state.updated", "dispute", settled, "object");
  return settled;
}

/** Square keeps each piece of evidence until all of it is handed to the bank. */
export function addEvidence(store: Store, merchant: string, id: string, its: Omit<Evidence, "id" | "dispute_id">): Body {
  const dispute = needing(disputeOf(store, merchant, id));
  const { updated_at: _, ...evidence } = store.put("evidence", merchant, { ...its, id: newId(), dispute_id: id, uploaded_at: instant(Date.now()) });
  store.put("dispute", merchant, { ...dispute, evidence_ids: [...(dispute.evidence_ids ?? []), evidence.id] });
  return evidence;
}

export function submitEvidence(store: Store, merchant: string, id: string): Dispute {
  const dispute = needing(disputeOf(store, merchant, id));
  if ((dispute.evidence_ids ?? []).length === 0) return refuse(400, "DISPUTE_ERROR", "There is no evidence to submit");
  return settleDispute(store, merchant, id, dispute.state === "EVIDENCE_REQUIRED" ? "PROCESSING" : "INQUIRY_PROCESSING");
}

function needing(dispute: Dispute): Dispute {
  if (dispute.state === "EVIDENCE_REQUIRED" || dispute.state === "INQUIRY_EVIDENCE_REQUIRED") return dispute;
  return refuse(400, "INVALID_DISPUTE_STATE", `A dispute that is ${dispute.state} takes no evidence`);
}

const disputeOf = (store: Store, merchant: string, id: string): Dispute =>
  store.record<Dispute>("dispute", merchant, id) ?? refuse(404, "NOT_FOUND", "Dispute not found");

export const evidenceOf = (store: Store, merchant: string, id: string): Evidence[] =>
  store.records<Evidence>("evidence", merchant).filter(({ dispute_id }) => dispute_id === id);
