import { type Cents, formatMoney, toCents } from "~/kernel/money";

/** What a limit is of: one assignment, all outside work of an order, or a vendor's calendar month. */
export type BudgetOf = "assignment" | "order" | "vendor-month";
export const budgetLabels: Record<BudgetOf, string> = {
  assignment: "This assignment",
  order: "Outside work of the order",
  "vendor-month": "This vendor this month",
};

/** A limit with what stands against it: committed by approved estimates, spent by approved invoices. */
export type Budget = { of: BudgetOf; limit: Cents; committed: Cents; actual: Cents };
export type BudgetLevel = "within" | "near" | "over";

const NEAR_PERCENT = 80;

export const usedOf = ({ committed, actual }: Pick<Budget, "committed" | "actual">): Cents => toCents(committed + actual);

/** From 80 % on it is near, and above the whole it is over: what costs exactly the limit still fits. */
export function levelOf(used: Cents, limit: Cents): BudgetLevel {
  if (used > limit) return "over";
  return used > 0 && used * 100 >= limit * NEAR_PERCENT ? "near" : "within";
}

export type BudgetImpact = Budget & { level: BudgetLevel; after: Cents };
/** How each limit would stand with an amount more. */
export const budgetImpact = (budgets: readonly Budget[], more: Cents): BudgetImpact[] =>
  budgets.map((budget) => {
    const after = toCents(usedOf(budget) + more);
    return { ...budget, after, level: levelOf(after, budget.limit) };
  });

type Money = { currency: string; locale: string };
/** "Outside work of the order: $1,250.00 of $1,000.00". */
export const formatBudgetImpact = ({ of, after, limit }: Pick<BudgetImpact, "of" | "after" | "limit">, { currency, locale }: Money): string =>
  `${budgetLabels[of]}: ${formatMoney(after, currency, locale)} of ${formatMoney(limit, currency, locale)}`;

/** How much of a limit is used, for a bar: never less than nothing, and a hundred where it is more. */
export const percentOf = (part: Cents, limit: Cents): number =>
  limit <= 0 ? (part > 0 ? 100 : 0) : Math.min(100, Math.max(0, Math.round((part * 100) / limit)));
