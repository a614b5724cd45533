import { type UnitFacts, unitFactRows } from "~/modules/assets/unit-facts";
import type { Part } from "~/platform/pdf/document";

type Manner = Parameters<typeof unitFactRows>[1];
type More = { purchaseOrder?: string | null; when?: Parameters<typeof unitFactRows>[2] };
type Recommended = { text: string; safety?: boolean };

/** A line's text with its mark where safety is concerned. */
export const withSafety = ({ text, safety }: Recommended): string => (safety ? `${text} (safety)` : text);

/** Below a unit's heading: what it is, its meters, and the customer's PO number. */
export function unitParts(unit: UnitFacts, manner: Manner, { purchaseOrder = null, when = " at service" }: More = {}): Part[] {
  const facts = [...(purchaseOrder ? [{ term: "Your PO number", value: purchaseOrder }] : []), ...unitFactRows(unit, manner, when)];
  return facts.length === 0 ? [] : [{ kind: "facts", columns: 4, facts }];
}

/** What the customer declined, without prices. */
export const declinedParts = (declined: readonly Recommended[]): Part[] =>
  declined.length === 0
    ? []
    : [
        { kind: "text", tone: "strong", text: "Recommended, declined" },
        { kind: "list", items: declined.map(withSafety) },
      ];
