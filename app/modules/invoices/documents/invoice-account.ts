import type { Cents } from "~/kernel/money";
import { type LedgerEntry, methodLabels } from "../receivables/ledger";

/** Money applied to an invoice, or if negative taken off it again. */
export type AccountLine = { day: string; of: LedgerEntry["kind"]; method: LedgerEntry["method"]; reference: string | null; amount: Cents };

/** "Payment: Check 1041", "Credit, taken off this invoice" */
export function accountLineLabel({ of, method, reference, amount }: AccountLine): string {
  const by = [method && methodLabels[method], reference].filter(Boolean).join(" ");
  const source = of === "payment" ? `Payment: ${by}` : of === "credit-note" ? "Credit note" : "Credit";
  return amount < 0 ? `${source}, taken off this invoice` : source;
}
