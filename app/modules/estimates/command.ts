import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import type { ContactRights, RightRefusal } from "~/modules/customers/contacts/contact-rights";
import type { ChargeRules } from "~/modules/organizations/shop-rules/charges";
import type { Group, Head, Photos } from "./estimate-snapshot";
import type { Who } from "./life-cycle";
import type { Decision, Revision } from "./revision";

export type Choice = { kind: "approve" } | { kind: "decline" } | { kind: "ask" } | { kind: "lines"; approved: readonly string[]; declined: readonly string[] };
export type Answer = { choice: Choice } & Pick<Decision, "note" | "purchaseOrder" | "notToExceed" | "drawn">;
/** Who answers: a customer's person by their rights, or staff who write down what they were told. */
export type Answerer = Pick<Decision, "who" | "how" | "recordedBy" | "email" | "ip" | "agent"> & { rights: ContactRights };

export type Act =
  | { act: "write-head"; seen: number; head: Head }
  /** `keepsCosts` where the writer reads no costs: the lines keep those that they have. */
  | { act: "write-group"; seen: number; group: Group; keepsCosts?: boolean }
  | { act: "remove-group"; seen: number; groupId: Id<"job"> }
  | {
      act: "send";
      seen: number;
      by: string;
      facts: { unit: string; unitNumber: string; taxExempt: boolean };
      photos: Photos;
      rules: { version: number; rules: ChargeRules };
    }
  | { act: "revise"; validThrough: string }
  | { act: "view"; revision: number; by: string }
  | { act: "ask-colleague"; revision: number; by: string; rights: ContactRights }
  | { act: "answer"; revision: number; answer: Answer; from: Answerer };

export type Refusal =
  | { kind: "not-allowed"; words: string }
  | { kind: "expired"; words: string }
  | { kind: "incomplete"; words: string }
  | { kind: "right"; refusal: RightRefusal }
  | { kind: "stale" }
  | { kind: "not-found" }
  | { kind: "seen-already" };

export type Change = {
  what: string;
  body: Record<string, unknown>;
  /** Revisions as they now are; the others stay. */
  revisions: readonly Revision[];
  /** Lines that a customer turned down, for another day; and lines that are offered again. */
  declined?: readonly Id<"line">[];
  offeredAgain?: readonly Id<"line">[];
};

/** What a decision is taken with besides the estimate itself. */
export type Circumstances = { now: UtcMs; zone: string; who: Who; sha256(text: string): string };
export type Decided = Result<Change, Refusal>;

export const notAllowed = (words: string): Decided => err({ kind: "not-allowed", words });
export const incomplete = (words: string): Decided => err({ kind: "incomplete", words });
