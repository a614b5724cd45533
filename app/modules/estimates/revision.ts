import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import type { Content, EstimateSnapshot } from "./estimate-snapshot";

/** Expired is not a state (it follows from the last day), and neither is viewed (it is recorded separately). */
export const revisionStates = ["draft", "sent", "approved", "partially-approved", "declined", "changes-requested", "superseded", "withdrawn"] as const;
export type RevisionState = (typeof revisionStates)[number];
export type Outcome = Extract<RevisionState, "approved" | "partially-approved" | "declined" | "changes-requested">;

export const stateLabels: Record<RevisionState, string> = {
  draft: "Draft",
  sent: "Waiting for the customer",
  approved: "Approved",
  "partially-approved": "Partly approved",
  declined: "Declined",
  "changes-requested": "Changes requested",
  superseded: "Replaced by a newer revision",
  withdrawn: "Withdrawn",
};

export type Decision = {
  outcome: Outcome;
  who: string;
  how: "portal" | "phone" | "in person";
  /** The staff member who recorded the answer; null if it was given in the portal. */
  recordedBy: string | null;
  email: string | null;
  at: UtcMs;
  ip: string | null;
  userAgent: string | null;
  /** Hash of the answered revision. */
  hash: string;
  approved: readonly Id<"line">[];
  declined: readonly Id<"line">[];
  /** Lines of options that the customer didn't choose. */
  unchosen: readonly Id<"line">[];
  /** Lines that were offered all or nothing and got different answers, as staff confirmed; absent if there are none. */
  split?: readonly Id<"line">[];
  approvedTotal: Cents;
  note: string;
  purchaseOrder: string;
  /** The most the customer agrees to pay if more work is needed; null if they set no limit. */
  notToExceed: Cents | null;
  /** Drawn signature as SVG path data, in addition to the typed name; null if none. */
  drawn: string | null;
};

/** A contact below the approval limit asked colleagues to decide. */
export type Asking = { at: UtcMs; by: string };

export type Revision = {
  revision: number;
  state: RevisionState;
  content: Content;
  /** The estimate's version when this revision last changed. */
  version: number;
  /** Set once when sent: the customer's snapshot, its hash, and the version of the rates used. */
  offer: { snapshot: EstimateSnapshot; hash: string; sentAt: UtcMs; sentBy: string; rulesVersion: number } | null;
  viewed: { at: UtcMs; by: string } | null;
  asked: Asking | null;
  decision: Decision | null;
  /** By the shop, with the reason that the customer reads; null if it wasn't. */
  withdrawn: { at: UtcMs; by: string; why: string } | null;
};
