import { addDays } from "~/kernel/days";
import { type Cents, formatMoney } from "~/kernel/money";
import type { OrganizationLocale } from "~/kernel/organization-locale";
import { dayOf, formatShortDay, type UtcMs } from "~/kernel/time";

/** Money on its way, when all of it should be there, and the account at Square that takes it. */
export type Pending = { amount: Cents; expectedDay: string | null; merchantId: string };

type Locale = Pick<OrganizationLocale, "currency" | "locale" | "zone">;

/** "$743.58 is on its way, expected Dec 4, 2026"; null where none is. */
export function onItsWay(pending: Pick<Pending, "amount" | "expectedDay"> | null | undefined, { currency, locale, zone }: Locale, now: UtcMs): string | null {
  if (!pending) return null;
  return [`${formatMoney(pending.amount, currency, locale)} is on its way`, ...whenExpected(pending, { locale, zone }, now)].join(", ");
}

/** "expected Dec 4, 2026", or "was expected …" once the day is over; nothing where nobody knows. */
export function whenExpected({ expectedDay }: Pick<Pending, "expectedDay">, { locale, zone }: Pick<Locale, "locale" | "zone">, now: UtcMs): string[] {
  if (expectedDay === null) return [];
  return [`${expectedDay < dayOf(now, zone) ? "was " : ""}expected ${formatShortDay(expectedDay, locale)}`];
}

/** After these days more it should have arrived even where banks were closed. */
const LATE_AFTER = 5;

/** The first day on which money that is expected by this day is not late. */
export const lateBefore = (today: string): string => addDays(today, -LATE_AFTER);

export const isLate = ({ expectedDay }: Pick<Pending, "expectedDay">, today: string): boolean => expectedDay !== null && expectedDay < lateBefore(today);

/**
 * Who knows what becomes of money that is on its way: `square`, which is asked; `late`, where Square is asked and has had no news for long;
 * `nobody`, where the account that takes it is not connected any more. Only then staff may end the wait by hand.
 */
export type Knows = "square" | "late" | "nobody";

/** @param connected the account at Square that answers; null if none does */
export function whoKnows(pending: Pick<Pending, "expectedDay" | "merchantId">, connected: string | null, today: string): Knows {
  if (pending.merchantId !== connected) return "nobody";
  return isLate(pending, today) ? "late" : "square";
}
