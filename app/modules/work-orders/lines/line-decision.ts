import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";

/**
 * What somebody decided about a line. Withdrawn: the shop took approved work off, because it was not done. Unanswered:
 * its order was canceled before the customer answered.
 */
export const outcomes = ["approved", "declined", "difference-declined", "unchosen", "reasoned", "withdrawn", "unanswered"] as const;
export type Outcome = (typeof outcomes)[number];

/** The outcomes after which work is deferred: not done, but still recommended. */
const deferrals = ["declined", "withdrawn", "unanswered"] as const;
export type Deferral = (typeof deferrals)[number];
export const isDeferral = (outcome: string | undefined): outcome is Deferral => deferrals.some((known) => known === outcome);

export type AnswerWay = "portal" | "mail" | "phone" | "in person";

/** Why the shop does work that the customer didn't authorize. Warranty and internal work is billed at zero. */
export const grounds = ["override", "warranty", "internal"] as const;
export type Ground = (typeof grounds)[number];

/** A decision about a line. Decisions are added, never changed: a change of mind is a later decision. */
export type LineDecision = {
  lineId: Id<"line">;
  /** Counts the decisions of the line, from 1. */
  sequence: number;
  outcome: Outcome;
  /**
   * Approved: the line's authorized price. Reasoned: what the shop adds to that at its own decision. Otherwise zero. In
   * cents before supplies and tax.
   */
  amount: Cents;
  /** Of a reasoned decision; otherwise null. */
  ground: Ground | null;
  /** Empty where none was asked for. */
  reason: string;
  estimateId: Id<"estimate"> | null;
  revision: number | null;
  by: string;
  how: AnswerWay;
  /** Staff confirmed that it splits lines that were offered all or nothing. */
  splits: boolean;
  at: UtcMs;
};

export type Decided = {
  state: "none" | "authorized" | "unchosen" | Deferral;
  authorized: Cents;
  reasoned: Cents;
  /** Warranty or internal work. */
  atZero: boolean;
  /** The customer declined the increase of its price, so the rest isn't covered by what they agreed to at most. */
  declinesMore: boolean;
};
const ZERO = toCents(0);

/** What the decisions about one line come to, in their order. */
export function decidedOf(decisions: readonly LineDecision[]): Decided {
  let so: Decided = { state: "none", authorized: ZERO, reasoned: ZERO, atZero: false, declinesMore: false };
  for (const { outcome, amount, ground } of [...decisions].sort((a, b) => a.sequence - b.sequence)) {
    if (outcome === "approved") so = { state: "authorized", authorized: amount, reasoned: ZERO, atZero: false, declinesMore: false };
    else if (outcome === "unchosen" || isDeferral(outcome)) so = { state: outcome, authorized: ZERO, reasoned: ZERO, atZero: false, declinesMore: false };
    else if (outcome === "difference-declined") so = { ...so, declinesMore: true };
    else if (outcome === "reasoned") so = { ...so, reasoned: amount, atZero: ground === "warranty" || ground === "internal" };
  }
  return so;
}

/** The one estimate that a line is on, from its draft until it is answered, revised without the line, or withdrawn. */
export type LineOffer = {
  lineId: Id<"line">;
  estimateId: Id<"estimate">;
  /** The price sent, before supplies and tax; null on a draft. */
  price: Cents | null;
  /** The last day to answer, in the shop's time zone; null on a draft. */
  validThrough: string | null;
  /** Whether it waits for an answer. Not while the customer wants changes: the line stays bound until it is revised. */
  isOpen: boolean;
};

/** What the customer agreed to pay at most for an order, with supplies and tax. The highest that is set counts. */
export type AgreedMost = {
  /** The standing sum of the customer or the shop, as it was when the order was opened. */
  standing: Cents | null;
  /** The newest that was named with an answer. */
  named: Cents | null;
  /** The order's authorized total as it was after the newest approval. */
  approved: Cents | null;
};
