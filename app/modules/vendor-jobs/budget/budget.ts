import { type Cents, formatMoney, toCents } from "~/kernel/money";

/** What a limit applies to: one assignment, all outside work of an order, or a vendor's calendar month. */
export type BudgetOf = "assignment" | "order" | "vendor-month";
export const budgetLabels: Record<BudgetOf, string> = {
  assignment: "This assignment",
  order: "Outside work on this order",
  "vendor-month": "This vendor this month",
};

/** A limit and what counts against it: committed by approved estimates, spent by approved invoices. */
export type Budget = { of: BudgetOf; limit: Cents; committed: Cents; actual: Cents };
export type BudgetLevel = "within" | "near" | "over";

const NEAR_PERCENT = 80;

export const usedOf = ({ committed, actual }: Pick<Budget, "committed" | "actual">): Cents => toCents(committed + actual);

/** Near the limit from 80 %, over it only above 100 %: an amount equal to the limit still fits. */
export function levelOf(used: Cents, limit: Cents): BudgetLevel {
  if (used > limit) return "over";
  return used > 0 && used * 100 >= limit * NEAR_PERCENT ? "near" : "within";
}

export type BudgetImpact = Budget & { level: BudgetLevel; after: Cents };
/** Each limit with an additional amount on top. */
export const budgetImpact = (budgets: readonly Budget[], more: Cents): BudgetImpact[] =>
  budgets.map((budget) => {
    const after = toCents(usedOf(budget) + more);
    return { ...budget, after, level: levelOf(after, budget.limit) };
  });

type Money = { currency: string; locale: string };
/** "Outside work on this order: $1,250.00 of $1,000.00". */
export const formatBudgetImpact = ({ of, after, limit }: Pick<BudgetImpact, "of" | "after" | "limit">, { currency, locale }: Money): string =>
  `${budgetLabels[of]}: ${formatMoney(after, currency, locale)} of ${formatMoney(limit, currency, locale)}`;

/** How much of a limit is used, for a bar: from 0 to 100. */
export const percentOf = (part: Cents, limit: Cents): number =>
  limit <= 0 ? (part > 0 ? 100 : 0) : Math.min(100, Math.max(0, Math.round((part * 100) / limit)));
