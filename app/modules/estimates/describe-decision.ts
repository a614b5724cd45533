import { answeredTotal, type EstimateSnapshot } from "./estimate-snapshot";
import { formatSum, type Money } from "./format";
import type { Decision } from "./revision";

type Decided = Pick<Decision, "outcome" | "approvedTotal" | "approved" | "declined">;

/** "Renee Okafor approved $1,240.00 of $1,890.00". */
export const describeDecision = (decision: Decided & Pick<Decision, "who">, snapshot: EstimateSnapshot, money: Money): string =>
  `${decision.who} ${describeOutcome(decision, snapshot, money)}`;

/** The same without who decided. */
export function describeOutcome({ outcome, approvedTotal, approved, declined }: Decided, snapshot: EstimateSnapshot, money: Money): string {
  const sum = formatSum({ state: outcome, total: answeredTotal(snapshot, { outcome, approved, declined }), approvedTotal }, money);
  switch (outcome) {
    case "approved":
    case "partially-approved":
      return `approved ${sum}`;
    case "declined":
      return `declined ${sum}`;
    default:
      return "asked for changes";
  }
}
