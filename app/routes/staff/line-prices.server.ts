import { type Cents, moneyText } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { type ShopRules, usualRate } from "~/modules/organizations/shop-rules/shop-rules";
import { readsCosts } from "~/modules/work-orders/jobs/costs";
import type { Authed } from "~/platform/http/guards.server";

/**
 * What the lines of a job are priced by: the shop's rates, or the hour that is agreed with the customer, and what is put
 * on parts, for those who read what these cost.
 */
export function linePrices({ session, scope }: Pick<Authed<"staff">, "session" | "scope">, rules: ShopRules, agreedHour: Cents | null) {
  const { currency, locale } = session.organization;
  const costs = readsCosts(scope);
  return {
    rates: rules.laborRates,
    // With the cost goes what is put on it.
    markups: costs ? rules.markups : undefined,
    costs,
    hour: moneyText(agreedHour ?? usualRate(rules)),
    ratesAt: may("staff", session.membership.role, "shop-rules:manage") ? paths.staff.rates : null,
    currency,
    locale,
  };
}

/** The prices that stand in a form before anybody types: a row with one of them and nothing else is not a line. */
export const usualPrices = (rules: ShopRules, agreedHour: Cents | null): string[] =>
  [...rules.laborRates.map(({ perHour }) => perHour), ...(agreedHour === null ? [] : [agreedHour])].map(moneyText);
