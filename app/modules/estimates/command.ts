import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { err, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import type { ContactRights, RightRefusal } from "~/modules/customers/contacts/contact-rights";
import type { Order, Change as OrderChange } from "~/modules/work-orders/order";
import type { AnswerClock } from "./answer-clock";
import type { EstimateEvent } from "./estimate.journal";
import type { Head, OfferedJob, Parties, Photos, Picks } from "./estimate-snapshot";
import type { Who } from "./life-cycle";
import type { Decision, Revision } from "./revision";

export type AnswerChoice =
  | { kind: "approve" }
  | { kind: "decline" }
  | { kind: "ask" }
  /** `split`: the jobs offered all or nothing that staff confirmed to split. */
  | { kind: "lines"; approved: readonly string[]; declined: readonly string[]; split?: readonly Id<"job">[] };
/** `options`: the option chosen for each job that has some; where none is, the preselected. */
export type Answer = { choice: AnswerChoice; options?: Picks } & Pick<Decision, "note" | "purchaseOrder" | "notToExceed" | "drawn">;
/** Who answers: a contact of the customer, or staff recording the customer's answer. */
export type AnswerAuthor = Pick<Decision, "who" | "how" | "recordedBy" | "email" | "ip" | "userAgent">;

export type EstimateCommand =
  | { intent: "write"; seen: number; head: Head; jobs: readonly OfferedJob[] }
  | {
      intent: "send";
      seen: number;
      /** The total that the page showed; null where no page did. */
      total: Cents | null;
      by: string;
      facts: Parties;
      photos: Photos;
      /** Where an answer is wanted soon. */
      answer?: { clock: AnswerClock; backup: string | null };
    }
  | { intent: "revise"; validThrough: string }
  | { intent: "send-again" }
  | { intent: "withdraw"; by: string; why: string }
  | { intent: "view"; revision: number; by: string }
  | { intent: "ask-colleague"; revision: number; by: string }
  | { intent: "answer"; revision: number; answer: Answer; from: AnswerAuthor };

export type Refusal =
  | { kind: "not-allowed"; message: string }
  | { kind: "expired"; message: string }
  | { kind: "incomplete"; message: string }
  /** The lines changed since the page showed the total. */
  | { kind: "other-total"; total: Cents }
  | { kind: "right"; refusal: RightRefusal }
  | { kind: "no-reason" }
  | { kind: "stale" }
  | { kind: "not-found" }
  | { kind: "seen-already" };

export type Change = {
  event: EstimateEvent;
  /** The revisions that changed; the others stay as they are. */
  revisions: readonly Revision[];
  /** What it does to the lines of the order. */
  order?: OrderChange;
};

/** What a decision depends on besides the estimate and the command. */
export type DecisionContext = {
  now: UtcMs;
  /** The shop's calendar day, and its time zone. */
  today: string;
  zone: string;
  who: Who;
  /** The order whose lines are offered. */
  order: Order;
  /** Of who decides; the shop records what a customer answered. */
  rights: ContactRights;
  sha256(text: string): string;
};
export type Decided = Result<Change, Refusal>;

export const notAllowed = (message: string): Decided => err({ kind: "not-allowed", message });
export const incomplete = (message: string): Decided => err({ kind: "incomplete", message });
export const stale: Decided = err({ kind: "stale" });
