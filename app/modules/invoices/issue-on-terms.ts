import type { Cents } from "~/kernel/money";
import { toCents } from "~/kernel/money";
import type { Terms } from "~/kernel/payment-terms";
import { type CreditTerms, creditMessage, creditProblem } from "~/modules/customers/credit";
import type { ShopRules } from "~/modules/organizations/shop-rules/shop-rules";

type Customer = CreditTerms & { customer: string };
type Asked = { terms: Terms; owed: Cents; total: Cents };

/** What speaks against giving this customer time to pay, in words, or null. `owed`: before this invoice. */
export function creditConcern(customer: Customer, { owed, total }: Omit<Asked, "terms">, money: (amount: Cents) => string): string | null {
  const problem = creditProblem(customer, toCents(owed + total));
  if (problem === null) return null;
  const message = creditMessage(problem, money);
  return `${problem.kind === "hold" ? "" : "With this invoice, "}${customer.customer} is ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** True, or why an invoice can't be issued on these terms. Due on receipt, it needs no credit. */
export function canIssueOn(customer: Customer, asked: Asked, { creditRule }: Pick<ShopRules, "creditRule">, money: (amount: Cents) => string): true | string {
  if (creditRule !== "block" || asked.terms === "receipt") return true;
  const concern = creditConcern(customer, asked, money);
  return concern === null ? true : `${concern} Issue it as due on receipt.`;
}
