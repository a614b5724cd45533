import { formatMoney } from "~/kernel/money";
import type { Decision } from "./estimate";
import type { Shown } from "./shown";

type Money = { currency: string; locale: string };

export const estimateNumber = (number: number): string => `E-${number}`;

/** A calendar day as people write it: "Mon, Dec 21, 2026". It names a day and no instant, so no zone moves it. */
export const dayInWords = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short", month: "short", day: "numeric", year: "numeric" }).format(
    Date.parse(`${day}T12:00:00Z`),
  );

/** What became of sending it: to whom it goes, or that nobody can read it yet. */
export const sentWords = (told: readonly { email: string }[]): string =>
  told.length === 0
    ? "Nobody gets it yet: none of the customer's people may answer in the portal. Call them and record the answer here, or switch their portal on and invite them."
    : `Sent. It goes by mail to ${told.map(({ email }) => email).join(", ")}.`;

/** "Renee Okafor approved $1,240.00 of $1,890.00". */
export function decisionInWords(
  { who, outcome, approvedTotal }: Pick<Decision, "who" | "outcome" | "approvedTotal">,
  shown: Shown,
  { currency, locale }: Money,
): string {
  const money = (amount: Parameters<typeof formatMoney>[0]) => formatMoney(amount, currency, locale);
  const whole = money(shown.charges.total);
  switch (outcome) {
    case "approved":
      return `${who} approved ${whole}`;
    case "partially-approved":
      return `${who} approved ${money(approvedTotal)} of ${whole}`;
    case "declined":
      return `${who} declined ${whole}`;
    default:
      return `${who} asked for changes`;
  }
}
