import { capitalized } from "~/kernel/capitalized";
import type { Id } from "~/kernel/ids";
import { HOUR, later, type UtcMs } from "~/kernel/time";
import type { SquareDispute } from "../square/square";

type DisputeState = SquareDispute["state"];
type Tone = "amber" | "blue" | "green" | "red" | "slate";

/** A payment that its payer's bank asks to have back; `evidence`: what we sent against it. */
export type Dispute = SquareDispute & {
  /** Null until the payment is on a customer's account. */
  customerId: Id<"customer"> | null;
  /** The payment on the customer's account. */
  sourceId: Id<"entry"> | null;
  /** What was taken back of it. */
  entryId: Id<"entry"> | null;
  evidence: EvidenceState | null;
  evidenceAskedAt: UtcMs | null;
  problem: string | null;
};

/** One whose payment is on a customer's account. */
export type PlacedDispute = Dispute & { customerId: Id<"customer">; sourceId: Id<"entry"> };
export const isPlaced = (dispute: Dispute): dispute is PlacedDispute => dispute.customerId !== null && dispute.sourceId !== null;

/**
 * asked: being gathered and sent. sent: the bank has it. failed: Square did not take it. unknown: Square did not answer
 * for so long that nobody knows.
 */
export const evidenceStates = ["asked", "sent", "failed", "unknown"] as const;
export type EvidenceState = (typeof evidenceStates)[number];

export const disputeLabels: Record<DisputeState, { label: string; tone: Tone }> = {
  INQUIRY_EVIDENCE_REQUIRED: { label: "The bank asks about it", tone: "amber" },
  INQUIRY_PROCESSING: { label: "The bank looks at the answer", tone: "blue" },
  INQUIRY_CLOSED: { label: "The bank's question is closed", tone: "slate" },
  EVIDENCE_REQUIRED: { label: "Evidence needed", tone: "red" },
  PROCESSING: { label: "The bank decides", tone: "blue" },
  WON: { label: "Won", tone: "green" },
  LOST: { label: "Lost", tone: "red" },
  ACCEPTED: { label: "Accepted", tone: "slate" },
};

/** The bank took the money back. */
export const isTakenBack = (state: DisputeState): boolean => state === "LOST" || state === "ACCEPTED";
export const isOpen = (state: DisputeState): boolean => !(isTakenBack(state) || state === "WON" || state === "INQUIRY_CLOSED");
export const needsEvidence = (state: DisputeState): boolean => state === "EVIDENCE_REQUIRED" || state === "INQUIRY_EVIDENCE_REQUIRED";

/** True, or why no evidence can be sent. */
export function canSendEvidence({ state, dueAt, evidence }: Pick<Dispute, "state" | "dueAt" | "evidence">, now: UtcMs): true | string {
  if (!needsEvidence(state)) return isOpen(state) ? "The bank has the evidence and decides." : "This dispute is over.";
  // Square may show the old state for a while after it took the evidence.
  if (evidence === "sent") return "The bank has the evidence and decides.";
  if (evidence === "asked") return "The evidence is on its way to Square.";
  return dueAt !== null && dueAt <= now ? "The time for evidence is over." : true;
}

/** Attempts to send an effect end after some 21 hours: before the last of them, sending is given up. */
const HOURS_TRIED = 20;

/** Why evidence that Square does not answer about is given up, or null while it is tried again. */
export function whyGivenUp({ dueAt, evidenceAskedAt }: Pick<Dispute, "dueAt" | "evidenceAskedAt">, now: UtcMs): string | null {
  if (dueAt !== null && dueAt <= now) return "Square did not answer before the time for evidence was over.";
  return evidenceAskedAt !== null && later(evidenceAskedAt, HOURS_TRIED * HOUR) <= now ? `Square did not answer for ${HOURS_TRIED} hours.` : null;
}

/** What the office is notified of. */
export const disputeNews = ["opened", "won", "lost", "closed", "evidence-failed", "evidence-unknown"] as const;
export type DisputeNews = (typeof disputeNews)[number];

/** The news of a state, or null where it is none; an inquiry that becomes a dispute is news again. */
export function newsOf(state: DisputeState): DisputeNews | null {
  switch (state) {
    case "EVIDENCE_REQUIRED":
    case "INQUIRY_EVIDENCE_REQUIRED":
      return "opened";
    case "WON":
      return "won";
    case "LOST":
    case "ACCEPTED":
      return "lost";
    case "INQUIRY_CLOSED":
      return "closed";
    case "PROCESSING":
    case "INQUIRY_PROCESSING":
      return null;
  }
}

/** "Not received", from NOT_RECEIVED. */
export function reasonLabel(reason: string): string {
  const label = reason.toLowerCase().replaceAll("_", " ");
  return capitalized(label);
}
