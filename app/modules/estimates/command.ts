import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import type { ContactRights, RightRefusal } from "~/modules/customers/contacts/contact-rights";
import type { ChargeRules } from "~/modules/organizations/shop-rules/charges";
import type { EstimateEvent } from "./estimate.journal";
import type { Group, Head, Photos } from "./estimate-snapshot";
import type { Who } from "./life-cycle";
import type { Decision, Revision } from "./revision";

export type AnswerChoice =
  | { kind: "approve" }
  | { kind: "decline" }
  | { kind: "ask" }
  | { kind: "lines"; approved: readonly string[]; declined: readonly string[] };
export type Answer = { choice: AnswerChoice } & Pick<Decision, "note" | "purchaseOrder" | "notToExceed" | "drawn">;
/** Who answers: a contact of the customer, or staff recording the customer's answer. */
export type AnswerAuthor = Pick<Decision, "who" | "how" | "recordedBy" | "email" | "ip" | "userAgent">;

export type EstimateCommand =
  | { intent: "write-head"; seen: number; head: Head }
  /** `keepsCosts` for an author who can't see costs: the lines keep the costs they have. */
  | { intent: "write-group"; seen: number; group: Group; keepsCosts?: boolean }
  | { intent: "remove-group"; seen: number; groupId: Id<"job"> }
  | {
      intent: "send";
      seen: number;
      by: string;
      facts: { unit: string; unitNumber: string; taxExempt: boolean };
      photos: Photos;
      rules: { version: number; rules: ChargeRules };
    }
  | { intent: "revise"; validThrough: string }
  | { intent: "view"; revision: number; by: string }
  | { intent: "ask-colleague"; revision: number; by: string }
  | { intent: "answer"; revision: number; answer: Answer; from: AnswerAuthor };

export type Refusal =
  | { kind: "not-allowed"; message: string }
  | { kind: "expired"; message: string }
  | { kind: "incomplete"; message: string }
  | { kind: "right"; refusal: RightRefusal }
  | { kind: "stale" }
  | { kind: "not-found" }
  | { kind: "seen-already" };

export type Change = {
  event: EstimateEvent;
  /** The revisions that changed; the others stay as they are. */
  revisions: readonly Revision[];
  /** Lines the customer declined, kept as deferred work, and deferred lines that are offered again. */
  declined?: readonly Id<"line">[];
  reoffered?: readonly Id<"line">[];
};

/** What a decision depends on besides the estimate and the command. */
export type DecisionContext = {
  now: UtcMs;
  zone: string;
  who: Who;
  /** Of who decides; the shop records what a customer answered. */
  rights: ContactRights;
  sha256(text: string): string;
};
export type Decided = Result<Change, Refusal>;

export const notAllowed = (message: string): Decided => err({ kind: "not-allowed", message });
export const incomplete = (message: string): Decided => err({ kind: "incomplete", message });
