import type { OverRule } from "~/modules/organizations/shop-rules/shop-rules";
import type { BillingGap } from "./invoice-lines";

/** "WO-1010: Hose isn't fully authorized." */
export const overText = ({ order, overLines }: Pick<BillingGap, "order" | "overLines">): string =>
  `WO-${order}: ${overLines.join(", ")} ${overLines.length === 1 ? "isn't" : "aren't"} fully authorized.`;

/** Why a draft can't be issued whatever reason is given; null if it can. */
export function whyNotIssued(gaps: readonly BillingGap[], rule: OverRule): string | null {
  const open = gaps.find(({ priceOpen }) => priceOpen !== null);
  if (open) return `WO-${open.order}: "${open.priceOpen}" has no price yet. Enter one, or approve the vendor's invoice.`;
  const without = gaps.find(({ needsPurchaseOrder }) => needsPurchaseOrder);
  if (without) return `WO-${without.order}: this customer needs a PO number on every invoice. Enter it on the work order.`;
  const over = gaps.find((gap) => gap.over > 0);
  return over && rule === "block" ? `${overText(over)} Send an estimate for it, or record the customer's decision.` : null;
}
