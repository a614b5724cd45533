import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { type Charges, chargesOf } from "~/modules/organizations/shop-rules/charges";
import { billedIn, chargedOf, costedLines, type OrderWork } from "../lines/order-authorization";
import type { LaborEntry } from "../order";
import { sumsOf } from "./job";

export type Totals = Charges & {
  /** Cost of parts, fees and outside work, and how many such lines have no cost. */
  cost: Cents;
  costUnknown: number;
  /** Price before tax less cost; wages are not deducted. */
  margin: Cents;
};

/** Totals of what the customer pays for an order. @param today the shop's calendar day. */
export function totalsOf(order: OrderWork, today: string): Totals {
  const { jobs } = billedIn(order, today);
  const charges = chargesOf(chargedOf(jobs), order.rules.rules, order.taxExempt);
  const { cost, costUnknown } = sumsOf(costedLines(order, jobs));
  return { ...charges, cost, costUnknown, margin: toCents(charges.subtotal - cost) };
}

/** The totals for staff who may see prices but no margin: those figures are not sent at all. */
export const withoutMargin = (totals: Totals): Totals => ({ ...totals, cost: toCents(0), costUnknown: 0, margin: toCents(0) });

/** Clocked time, including a running clock up to now. */
export const clockedMs = (clocks: readonly LaborEntry[], now: UtcMs): number =>
  clocks.reduce((sum, { startedAt, stoppedAt }) => sum + Math.max(0, (stoppedAt ?? now) - startedAt), 0);
