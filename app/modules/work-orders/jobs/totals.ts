import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { type ChargeRules, type Charges, chargesOf } from "~/modules/organizations/shop-rules/charges";
import { type LaborEntry, linesOf } from "../order";
import { charged, type Job, sumsOf } from "./job";

export type Totals = Charges & {
  /** What parts, fees and outside work cost the shop, and how many such lines have no cost written down. */
  cost: Cents;
  costUnknown: number;
  /** What is left of the price before tax, before wages. */
  margin: Cents;
};

/** What an order comes to under the given rates. */
export function totalsOf(order: { jobs: readonly Job[] }, rules: ChargeRules, taxExempt: boolean): Totals {
  const lines = linesOf(order);
  const charges = chargesOf(lines.map(charged), rules, taxExempt);
  const { cost, costUnknown } = sumsOf(lines);
  return { ...charges, cost, costUnknown, margin: toCents(charges.subtotal - cost) };
}

/** For those of the shop who read prices and not what is earned: the figures are not sent at all. */
export const withoutMargin = (totals: Totals): Totals => ({ ...totals, cost: toCents(0), costUnknown: 0, margin: toCents(0) });

/** What is told of an order to those same people: the words, without what anything costs. */
export const withoutFigures = ({ lines, total, amount, price, variance, notToExceed, ...rest }: Record<string, unknown>): Record<string, unknown> => rest;

/** Time on the clock, a running one up to now. */
export const clockedMs = (clocks: readonly LaborEntry[], now: UtcMs): number =>
  clocks.reduce((sum, { startedAt, stoppedAt }) => sum + Math.max(0, (stoppedAt ?? now) - startedAt), 0);
