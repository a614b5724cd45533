import { type Cents, formatMoney } from "~/kernel/money";
import type { OrganizationLocale } from "~/kernel/organization-locale";
import { formatShortDay } from "~/kernel/time";

/** Money on its way, and when all of it should be there. */
export type Pending = { amount: Cents; expectedDay: string | null };

/** "$743.58 is on its way, expected Dec 4, 2026"; null where none is. */
export function onItsWay(pending: Pending | null | undefined, { currency, locale }: Pick<OrganizationLocale, "currency" | "locale">): string | null {
  if (!pending) return null;
  const expected = pending.expectedDay === null ? "" : `, expected ${formatShortDay(pending.expectedDay, locale)}`;
  return `${formatMoney(pending.amount, currency, locale)} is on its way${expected}`;
}
