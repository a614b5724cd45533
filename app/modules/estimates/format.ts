import { type Cents, formatMoney } from "~/kernel/money";
import type { RevisionState } from "./revision";

export type Money = { currency: string; locale: string };

export const estimateNumber = (number: number): string => `E-${number}`;

/** The result of sending: who gets the mail, or what to do if no contact does. Who may answer need not want the mail. */
export const describeRecipients = (addresses: readonly string[], deciders: readonly { name: string }[]): string =>
  addresses.length === 0
    ? deciders.length === 0
      ? "No one was emailed: none of the customer's contacts can decide in the portal. Call them and record their answer here, or turn on portal access and invite them."
      : `It is in the portal, but no one was emailed: ${deciders.map(({ name }) => name).join(", ")} turned off emails about estimates. Call them.`
    : `Estimate sent to ${addresses.join(", ")}.`;

type SentEstimate = { state: RevisionState; total: Cents; approvedTotal: Cents | null };

/** The total, or if partly approved the approved part of it: "$1,240.00 of $1,890.00". */
export function formatSum({ state, total, approvedTotal }: SentEstimate, { currency, locale }: Money): string {
  const fullAmount = formatMoney(total, currency, locale);
  return state === "partially-approved" && approvedTotal !== null ? `${formatMoney(approvedTotal, currency, locale)} of ${fullAmount}` : fullAmount;
}
