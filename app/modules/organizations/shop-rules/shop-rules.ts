import { type BasisPoints, type Cents, portion, toBasisPoints, toCents } from "~/kernel/money";
import type { ChargeRules } from "./charges";

/** One labor rate by its name, per hour: "Standard", "Diagnostic", "Road call". */
export type LaborRate = { name: string; perHour: Cents };

/** What is put on a part's cost, for parts that cost up to so much; null for all that cost more. */
export type Markup = { upTo: Cents | null; markup: BasisPoints };

/**
 * What a shop charges by: labor rates (the first is the usual one), tax and supplies; what it puts on parts, the cheapest
 * first; and what it puts on outside work, where it said so.
 */
export type ShopRules = ChargeRules & { laborRates: readonly LaborRate[]; markups?: readonly Markup[]; outsideMarkup?: BasisPoints };

/** What no hour costs: at this rate any number of hours is still a sum that can be kept. */
export const MOST_AN_HOUR = toCents(999_999_99);

const USUAL_OUTSIDE_MARKUP = toBasisPoints(2_000);
export const MOST_OUTSIDE_MARKUP = toBasisPoints(50_000);
/** What is put on a vendor's bill for the customer's line, unless somebody says otherwise: 20 % in a shop that set nothing. */
export const outsideMarkupOf = ({ outsideMarkup = USUAL_OUTSIDE_MARKUP }: Pick<ShopRules, "outsideMarkup">): BasisPoints => outsideMarkup;

/** What a part of this cost is sold at; null where the shop has no rule for it. */
export function partPrice(cost: Cents, markups: readonly Markup[] = []): Cents | null {
  const band = markups.find(({ upTo }) => upTo === null || cost <= upTo);
  return band ? toCents(cost + portion(cost, band.markup)) : null;
}

/** Until a shop says otherwise: one rate of nothing, no tax, no supplies, so that no document charges what nobody set. */
export const firstRules: ShopRules = {
  laborRates: [{ name: "Standard", perHour: toCents(0) }],
  tax: { labor: toBasisPoints(0), parts: toBasisPoints(0), fees: toBasisPoints(0), outside: toBasisPoints(0) },
  supplies: { kind: "none" },
};

export type RulesVersion = { version: number; rules: ShopRules };

/** The rules that a read found; version 0 is what a shop has that never set any. */
export const rulesIn = ([row]: readonly RulesVersion[]): RulesVersion => row ?? { version: 0, rules: firstRules };

/** What an hour costs where nothing else was agreed on: the shop's first rate. */
export const usualRate = ({ laborRates: [first] }: Pick<ShopRules, "laborRates">): Cents => first?.perHour ?? toCents(0);
