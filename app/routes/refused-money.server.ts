import { type Cents, formatMoney, moneyText } from "~/kernel/money";
import type { AccountRefusal } from "~/modules/invoices/change-account.server";
import { ledgerRefusalWords } from "~/modules/invoices/ledger";
import { asTyped } from "~/platform/http/form.server";
import { problem } from "~/platform/http/problem.server";

export const STALE = { words: "Somebody else changed this just now. The page shows how it stands; repeat it if it is still right." };

/** Why an account did not take what was asked, and what was typed. */
export function refusedMoney(refusal: AccountRefusal, { currency, locale }: { currency: string; locale: string }, form: { act: string; amount?: Cents }) {
  const values = { ...asTyped(form), ...(form.amount === undefined ? {} : { amount: moneyText(form.amount) }) };
  if (refusal.kind === "stale") return problem(409, { ...STALE, values });
  const words = ledgerRefusalWords(refusal, (cents) => formatMoney(cents, currency, locale));
  return problem(refusal.kind === "not-found" ? 404 : 409, { words, values });
}
