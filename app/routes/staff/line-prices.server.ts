import { type Cents, moneyText } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { type ShopRules, usualRate } from "~/modules/organizations/shop-rules/shop-rules";
import { readsCosts } from "~/modules/work-orders/jobs/costs";
import type { Authed } from "~/platform/http/authed.server";

/**
 * The rates and markups that price a job's lines: the shop's rates or the customer's agreed hourly rate, and markups only
 * for people who can see costs.
 */
export function linePrices({ session, scope }: Pick<Authed<"staff">, "session" | "scope">, rules: ShopRules, agreedHour: Cents | null) {
  const costs = readsCosts(scope);
  return {
    rates: rules.laborRates,
    // Markups would reveal costs, so they go only to people who can see costs.
    markups: costs ? rules.markups : undefined,
    costs,
    hour: moneyText(agreedHour ?? usualRate(rules)),
    ratesAt: may("staff", session.membership.role, "shop-rules:manage") ? paths.staff.rates : null,
  };
}

/** The prices prefilled in a blank form: a row with only one of these is not a line. */
export const usualPrices = (rules: ShopRules, agreedHour: Cents | null): string[] =>
  [...rules.laborRates.map(({ perHour }) => perHour), ...(agreedHour === null ? [] : [agreedHour])].map(moneyText);
