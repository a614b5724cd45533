import type { Cents } from "~/kernel/money";
import type { OverRule } from "~/modules/organizations/shop-rules/shop-rules";
import type { BillingGap } from "./invoice-lines";

type Money = (amount: Cents) => string;

/** "WO-1010: Hose isn't fully authorized." */
export const overText = ({ order, overLines }: Pick<BillingGap, "order" | "overLines">): string =>
  `WO-${order}: ${overLines.join(", ")} ${overLines.length === 1 ? "isn't" : "aren't"} fully authorized.`;

const chargesText = ({ order, chargesOver }: Pick<BillingGap, "order" | "chargesOver">, money: Money): string =>
  `WO-${order}: tax and supplies bring the approved work ${money(chargesOver)} above what the customer approved.`;

/** What is billed beyond what the customer agreed to, each with its amount. */
export const overBilled = (gaps: readonly BillingGap[], money: Money): { text: string; amount: Cents }[] =>
  gaps.flatMap((gap) => [
    ...(gap.over > 0 ? [{ text: `${overText(gap)} ${money(gap.over)} of the invoice isn't authorized.`, amount: gap.over }] : []),
    ...(gap.chargesOver > 0 ? [{ text: chargesText(gap, money), amount: gap.chargesOver }] : []),
  ]);

/** Why a draft is not issued without a reason, or null. Where the shop blocks unauthorized work, other tax still takes a reason only. */
export function whyReasonNeeded(gaps: readonly BillingGap[], rule: OverRule, money: Money): string | null {
  const [first] = overBilled(gaps, money);
  return first && rule !== "warn" ? `${first.text} Enter the reason to bill it anyway.` : null;
}

/** Why a draft can't be issued whatever reason is given; null if it can. */
export function whyNotIssued(gaps: readonly BillingGap[], rule: OverRule): string | null {
  const open = gaps.find(({ priceOpen }) => priceOpen !== null);
  if (open) return `WO-${open.order}: "${open.priceOpen}" has no price yet. Enter one, or approve the vendor's invoice.`;
  const without = gaps.find(({ needsPurchaseOrder }) => needsPurchaseOrder);
  if (without) return `WO-${without.order}: this customer needs a PO number on every invoice. Enter it on the work order.`;
  const over = gaps.find((gap) => gap.over > 0);
  return over && rule === "block" ? `${overText(over)} Send an estimate for it, or record the customer's decision.` : null;
}
