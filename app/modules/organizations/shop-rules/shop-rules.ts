import { type BasisPoints, type Cents, portion, toBasisPoints, toCents } from "~/kernel/money";
import type { Terms } from "~/kernel/payment-terms";
import type { ChargeRules } from "./charges";
import { type OpeningHours, usualHours } from "./opening-hours";

/** An hourly labor rate: "Standard", "Diagnostic", "Road call". */
export type LaborRate = { name: string; perHour: Cents };

/** Markup on the cost of parts up to an amount; null for all parts above. */
export type Markup = { upTo: Cents | null; markup: BasisPoints };

/**
 * A shop's labor rates (the first is the default), tax and supplies, markups on parts (cheapest first), and markup on
 * outside work if set.
 */
export type ShopRules = ChargeRules & {
  laborRates: readonly LaborRate[];
  markups?: readonly Markup[];
  outsideMarkup?: BasisPoints;
  /** What customers without a sum of their own agree to without being asked, with supplies and tax; none if absent. */
  standingMost?: Cents;
  /** Asks for a reason if absent. */
  overRule?: OverRule;
  /** When invoices of customers without terms of their own are due; 30 days if absent. */
  usualTerms?: Terms;
  /** Warns if absent. */
  creditRule?: CreditRule;
  /** The least part of an invoice that customers may pay online; only the whole if absent. */
  leastPart?: Cents;
  /** How many days before the due day customers are reminded of an invoice; not at all if absent. */
  remindBefore?: RemindBefore;
  /** How often they are reminded of a late one; not at all if absent. */
  remindLate?: RemindLate;
  /** After how many weekly reminders that ends; `USUAL_REMINDERS` if absent. */
  remindMost?: RemindMost;
  /** `usualHours` if absent. */
  openingHours?: OpeningHours;
};

/** Rates, taxes and what goes with them; the opening hours are set apart. */
export type Rates = Omit<ShopRules, "openingHours">;

export const openingHoursOf = ({ openingHours = usualHours }: Pick<ShopRules, "openingHours">): OpeningHours => openingHours;

/** What happens when an invoice bills more than was authorized: it only shows, takes a reason, or can't be issued. */
export const overRules = ["warn", "ask", "block"] as const;
export type OverRule = (typeof overRules)[number];

/** What happens when an invoice on terms goes to a customer on hold or over its credit limit: it only shows, or can't be issued. */
export const creditRules = ["warn", "block"] as const;
export type CreditRule = (typeof creditRules)[number];

export const remindBefores = [3, 7] as const;
type RemindBefore = (typeof remindBefores)[number];
type RemindLate = "weekly";
export const remindMosts = [3, 6, 12] as const;
type RemindMost = (typeof remindMosts)[number];
export const USUAL_REMINDERS: RemindMost = 6;

/** What no hour costs: at this rate any number of hours is still a sum that can be kept. */
export const MOST_AN_HOUR = toCents(999_999_99);

const USUAL_OUTSIDE_MARKUP = toBasisPoints(2_000);
export const MOST_OUTSIDE_MARKUP = toBasisPoints(50_000);
/** Default markup on a vendor invoice for the customer's line; 20 % if the shop set none. */
export const outsideMarkupOf = ({ outsideMarkup = USUAL_OUTSIDE_MARKUP }: Pick<ShopRules, "outsideMarkup">): BasisPoints => outsideMarkup;

/** The price of a part by its cost; null if no markup applies. */
export function partPrice(cost: Cents, markups: readonly Markup[] = []): Cents | null {
  const band = markups.find(({ upTo }) => upTo === null || cost <= upTo);
  return band ? toCents(cost + portion(cost, band.markup)) : null;
}

/** Rules of a new shop: all zero, so that no document charges anything the shop didn't set. */
export const firstRules: ShopRules = {
  laborRates: [{ name: "Standard", perHour: toCents(0) }],
  tax: { labor: toBasisPoints(0), parts: toBasisPoints(0), fees: toBasisPoints(0), outside: toBasisPoints(0) },
  supplies: { kind: "none" },
};

export type RulesVersion = { version: number; rules: ShopRules };

/** The rules of a read; version 0 if the shop never set any. */
export const rulesIn = ([row]: readonly RulesVersion[]): RulesVersion => row ?? { version: 0, rules: firstRules };

/** The default labor rate: the shop's first. */
export const usualRate = ({ laborRates: [first] }: Pick<ShopRules, "laborRates">): Cents => first?.perHour ?? toCents(0);
