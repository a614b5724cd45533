import { type Cents, formatMoney, moneyText } from "~/kernel/money";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { AccountRefusal } from "~/modules/invoices/change-account.server";
import { ledgerRefusalWords } from "~/modules/invoices/ledger";
import { dayRefusal } from "~/modules/invoices/ledger-form";
import { asTyped } from "~/platform/http/form.server";
import { problem } from "~/platform/http/problem.server";

export const STALE = { words: "Somebody else changed this just now. The page shows how it stands; repeat it if it is still right." };

const typedIn = (form: { act: string; amount?: Cents }) => ({
  ...asTyped(form),
  ...(form.amount === undefined ? {} : { amount: moneyText(form.amount) }),
});

/** Why money is not dated as a form says; null where it is, or where it dates nothing. */
export function refusedDay(form: { act: string; amount?: Cents; day?: string }, now: UtcMs, zone: string) {
  const words = form.day === undefined ? null : dayRefusal(form.day, dayOf(now, zone));
  return words && problem(422, { words, fields: { day: words }, values: typedIn(form) });
}

/** Why an account did not take what was asked, and what was typed. */
export function refusedMoney(refusal: AccountRefusal, { currency, locale }: { currency: string; locale: string }, form: { act: string; amount?: Cents }) {
  const values = typedIn(form);
  if (refusal.kind === "stale") return problem(409, { ...STALE, values });
  const words = ledgerRefusalWords(refusal, (cents) => formatMoney(cents, currency, locale));
  return problem(refusal.kind === "not-found" ? 404 : 409, { words, values });
}
