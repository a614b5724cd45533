import { answeredTotal, type EstimateSnapshot } from "./estimate-snapshot";
import { formatSum, type Money } from "./format";
import type { Decision } from "./revision";

/** "Renee Okafor approved $1,240.00 of $1,890.00". */
export function describeDecision(
  { who, outcome, approvedTotal, approved, declined }: Pick<Decision, "who" | "outcome" | "approvedTotal" | "approved" | "declined">,
  snapshot: EstimateSnapshot,
  money: Money,
): string {
  const sum = formatSum({ state: outcome, total: answeredTotal(snapshot, { outcome, approved, declined }), approvedTotal }, money);
  switch (outcome) {
    case "approved":
    case "partially-approved":
      return `${who} approved ${sum}`;
    case "declined":
      return `${who} declined ${sum}`;
    default:
      return `${who} asked for changes`;
  }
}
