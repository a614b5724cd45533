import type { Cents } from "~/kernel/money";
import type { Order } from "../order";
import { totalsOf } from "./totals";

/**
 * How tax moves the total of an order that is not invoiced yet: the customer's exemption was entered or removed since
 * the order was opened, or its certificate expired and tax is charged once it is removed.
 */
export type TaxChange = { kind: "charged" | "exempt" | "expired"; before: Cents; after: Cents };

/** @param today the shop's calendar day. */
export function taxChangeOf(order: Order, isExpired: boolean, today: string): TaxChange | null {
  if (order.state === "invoiced" || order.state === "canceled") return null;
  const totalWith = (taxExempt: boolean) => totalsOf({ ...order, taxExempt }, today).total;
  const [without, taxed] = [totalWith(true), totalWith(false)];
  if (without === taxed) return null;
  if (order.taxExempt && isExpired) return { kind: "expired", before: without, after: taxed };
  if (order.taxExempt === order.openedTaxExempt) return null;
  return order.taxExempt ? { kind: "exempt", before: taxed, after: without } : { kind: "charged", before: without, after: taxed };
}
