import { type Cents, sumCents } from "~/kernel/money";
import { type Charges, sumRows, suppliesLabel } from "~/modules/organizations/shop-rules/charges";
import { agreedBefore, type EstimateSnapshot } from "./estimate-snapshot";

type Row = [label: string, amount: string];

/** The sums of an estimate on screen and paper; of a supplement also what it makes of the order. */
export function estimateSums(snapshot: EstimateSnapshot, charges: Charges, money: (amount: Cents) => string): { sums: Row[]; order: Row[] } {
  const isSupplement = snapshot.agreed.length > 0;
  const supplies = suppliesLabel([snapshot.rules.supplies], money);
  const sums = sumRows(charges, snapshot.taxExempt, supplies, isSupplement ? "This adds" : "Total");
  const before = agreedBefore(snapshot);
  const order: [string, Cents][] = isSupplement
    ? [
        ["Approved before", before],
        ["New total", sumCents([before, charges.total])],
      ]
    : [];
  const printed = ([label, amount]: [string, Cents]): Row => [label, money(amount)];
  return { sums: sums.map(printed), order: order.map(printed) };
}
