import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import type { Content, EstimateSnapshot } from "./estimate-snapshot";

/** How a revision stands. That it expired is worked out from its last day, and that it was seen is a fact; neither is a state. */
export const revisionStates = ["draft", "sent", "approved", "partially-approved", "declined", "changes-requested", "superseded"] as const;
export type RevisionState = (typeof revisionStates)[number];
export type Outcome = Extract<RevisionState, "approved" | "partially-approved" | "declined" | "changes-requested">;

export const stateLabels: Record<RevisionState, string> = {
  draft: "Draft",
  sent: "Waiting for the customer",
  approved: "Approved",
  "partially-approved": "Partly approved",
  declined: "Declined",
  "changes-requested": "Changes asked for",
  superseded: "Replaced by a newer one",
};

export const outcomeLabels: Record<Outcome, string> = {
  approved: "approved",
  "partially-approved": "partly approved",
  declined: "declined",
  "changes-requested": "sent back for changes",
};

export type Decision = {
  outcome: Outcome;
  who: string;
  how: "portal" | "phone" | "in person";
  /** The staff who wrote it down, where it was not given in the portal. */
  recordedBy: string | null;
  email: string | null;
  at: UtcMs;
  ip: string | null;
  userAgent: string | null;
  /** Of exactly what was answered: the revision's own. */
  hash: string;
  approved: readonly Id<"line">[];
  declined: readonly Id<"line">[];
  approvedTotal: Cents;
  note: string;
  purchaseOrder: string;
  /** The most that the customer agrees to pay for it, whatever the work turns out to need; null where they named none. */
  notToExceed: Cents | null;
  /** A signature that was drawn beside the typed name, as SVG path data; null where none was. */
  drawn: string | null;
};

/** Somebody who may not approve so much asked colleagues of theirs to. */
export type Asking = { at: UtcMs; by: string };

export type Revision = {
  revision: number;
  state: RevisionState;
  content: Content;
  /** The estimate's version when this last changed. */
  version: number;
  /** Set once, when it is sent: what the customer reads, its hash, and the rates that it was made under. */
  offer: { snapshot: EstimateSnapshot; hash: string; sentAt: UtcMs; sentBy: string; rulesVersion: number } | null;
  viewed: { at: UtcMs; by: string } | null;
  asked: Asking | null;
  decision: Decision | null;
};
