import type { Cents } from "~/kernel/money";
import type { RefundRequest } from "./refund-request";

/** Why Square is not asked for a refund. */
export type RefundRefusal =
  | { kind: "not-found" }
  | { kind: "not-connected"; why: string }
  /** It came through a Square account that the shop used before. */
  | { kind: "other-account"; name: string }
  | { kind: "too-much"; most: Cents }
  /** All of it is refunded, or being refunded. */
  | { kind: "nothing-left" }
  /** The payer's bank has not decided yet, and may pay it back as well. */
  | { kind: "disputed" }
  /** A different refund has this id: the form is from an outdated page. */
  | { kind: "id-taken" };

export const DISPUTED = "The customer's bank disputes this payment and may pay it back itself. Wait until the bank has decided.";

/** Of a payment that another account at Square took than the one that is connected. */
export const otherAccountMessage = (name: string): string =>
  `It came through the Square account ${name}, which isn't connected any more. Refund it in that account's dashboard, or connect that account again.`;

export function refundRefusalMessage(refusal: RefundRefusal, money: (amount: Cents) => string): string {
  switch (refusal.kind) {
    case "not-found":
      return "This payment can't be refunded any more. Reload the page.";
    case "not-connected":
      return `${refusal.why} Connect it in Settings, Payments, or refund it in Square's dashboard.`;
    case "other-account":
      return otherAccountMessage(refusal.name);
    case "too-much":
      return `That's too much. Enter at most ${money(refusal.most)}.`;
    case "nothing-left":
      return "All of it is refunded, or on its way back.";
    case "disputed":
      return DISPUTED;
    case "id-taken":
      return "This form was already saved with different figures. Reload the page.";
  }
}

/** "Refund of $50.00 on its way", and what became of it. */
export function refundLabel({ state, amount, problem }: Pick<RefundRequest, "state" | "amount" | "problem">, money: (amount: Cents) => string): string {
  switch (state) {
    case "asked":
    case "pending":
      return `Refund of ${money(amount)} on its way`;
    case "completed":
      return `Refund of ${money(amount)} completed`;
    case "unknown":
      return `Refund of ${money(amount)} unknown: ${problem ?? "Square did not answer. Look in its dashboard before asking again."}`;
    case "failed":
      return `Refund of ${money(amount)} failed${problem ? `: ${problem}` : ""}`;
  }
}
