import { type Cents, toCents } from "~/kernel/money";

/** What a customer may owe. */
export type CreditTerms = { creditLimit: Cents | null; creditHold: boolean };
type Certificate = { taxCertificate: string | null; taxCertificateThrough: string | null };

export type CreditProblem = { kind: "hold" } | { kind: "over-limit"; limit: Cents; by: Cents };

/** Why a customer that owes this much gets no more credit, or null. */
export function creditProblem({ creditLimit, creditHold }: CreditTerms, owed: Cents): CreditProblem | null {
  if (creditHold) return { kind: "hold" };
  if (creditLimit === null || owed <= creditLimit) return null;
  return { kind: "over-limit", limit: creditLimit, by: toCents(owed - creditLimit) };
}

/** "Over its credit limit of $10,000.00 by $1,200.00." */
export function creditMessage(problem: CreditProblem, money: (amount: Cents) => string): string {
  return problem.kind === "hold" ? "On credit hold." : `Over its credit limit of ${money(problem.limit)} by ${money(problem.by)}.`;
}

/** Why no document goes out without tax, or null. @param today the shop's calendar day */
export function certificateGap(customer: Certificate & { customer: string }, today: string, format: (day: string) => string): string | null {
  if (!isCertificateExpired(customer, today) || customer.taxCertificateThrough === null) return null;
  return `The tax exemption certificate of ${customer.customer} expired on ${format(customer.taxCertificateThrough)}. Enter the new one on the customer, or remove it to charge tax.`;
}

/** Whether the tax exemption certificate ran out; its last day still counts. @param today the shop's calendar day */
export const isCertificateExpired = ({ taxCertificate, taxCertificateThrough }: Certificate, today: string): boolean =>
  taxCertificate !== null && taxCertificateThrough !== null && taxCertificateThrough < today;
