import { type Cents, formatMoney } from "~/kernel/money";
import type { EstimateSnapshot } from "./estimate-snapshot";
import type { Decision, RevisionState } from "./revision";

type Money = { currency: string; locale: string };

export const estimateNumber = (number: number): string => `E-${number}`;

/** A calendar day as people write it: "Mon, Dec 21, 2026". It names a day and no instant, so no zone moves it. */
export const formatDay = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short", month: "short", day: "numeric", year: "numeric" }).format(
    Date.parse(`${day}T12:00:00Z`),
  );

/** What became of sending it: to whom it goes, or that nobody can read it yet. */
export const describeRecipients = (recipients: readonly { email: string }[]): string =>
  recipients.length === 0
    ? "Nobody gets it yet: none of the customer's people may answer in the portal. Call them and record the answer here, or switch their portal on and invite them."
    : `Sent. It goes by mail to ${recipients.map(({ email }) => email).join(", ")}.`;

type SentEstimate = { state: RevisionState; total: Cents; approvedTotal: Cents | null };

/** What an offer comes to; where a part of it was approved, that part: "$1,240.00 of $1,890.00". */
export function formatSum({ state, total, approvedTotal }: SentEstimate, { currency, locale }: Money): string {
  const fullAmount = formatMoney(total, currency, locale);
  return state === "partially-approved" && approvedTotal !== null ? `${formatMoney(approvedTotal, currency, locale)} of ${fullAmount}` : fullAmount;
}

/** "Renee Okafor approved $1,240.00 of $1,890.00". */
export function describeDecision(
  { who, outcome, approvedTotal }: Pick<Decision, "who" | "outcome" | "approvedTotal">,
  snapshot: EstimateSnapshot,
  money: Money,
): string {
  const sum = formatSum({ state: outcome, total: snapshot.charges.total, approvedTotal }, money);
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
