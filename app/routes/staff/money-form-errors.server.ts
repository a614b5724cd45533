import { type Cents, formatMoney, moneyText, type Quantity, quantityText } from "~/kernel/money";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { SettleRefusal } from "~/modules/invoices/cores/settle-core.server";
import type { AccountRefusal } from "~/modules/invoices/receivables/change-account.server";
import { ledgerRefusalMessage } from "~/modules/invoices/receivables/ledger";
import { dayRefusal } from "~/modules/invoices/receivables/ledger-form";
import { asTyped } from "~/platform/http/form.server";
import { problem } from "~/platform/http/problem.server";

export const STALE = { message: "Somebody else changed this just now. The page shows how it stands; repeat it if it is still right." };

const typedIn = (form: { intent: string; amount?: Cents }) => ({
  ...asTyped(form),
  ...(form.amount === undefined ? {} : { amount: moneyText(form.amount) }),
});

/** Why money is not dated as a form says; null where it is, or where it dates nothing. */
export function refusedDay(form: { intent: string; amount?: Cents; day?: string }, now: UtcMs, zone: string) {
  const message = form.day === undefined ? null : dayRefusal(form.day, dayOf(now, zone));
  return message && problem(422, { message, fields: { day: message }, values: typedIn(form) });
}

/** Why an account did not take what was asked, and what was typed. */
export function refusedMoney(refusal: AccountRefusal, { currency, locale }: { currency: string; locale: string }, form: { intent: string; amount?: Cents }) {
  const values = typedIn(form);
  if (refusal.kind === "stale") return problem(409, { ...STALE, values });
  const message = ledgerRefusalMessage(refusal, (cents) => formatMoney(cents, currency, locale));
  return problem(refusal.kind === "not-found" ? 404 : 409, { message, values });
}

/** Why a core was not settled, and how many were typed. */
export function refusedCore(
  refusal: SettleRefusal,
  { currency, locale }: { currency: string; locale: string },
  form: { intent: string; quantity: Quantity | null },
) {
  const values = { ...asTyped(form), quantity: form.quantity === null ? "" : quantityText(form.quantity) };
  switch (refusal.kind) {
    case "stale":
      return problem(409, { ...STALE, values });
    case "not-found":
      return problem(404, { message: "That core is not there any more. Reload the page.", values });
    case "not-allowed":
      return problem(409, { message: refusal.message, values });
    case "bad-quantity":
      return problem(422, { message: "Type how many, above zero.", values });
    case "no-reason":
      return problem(422, { message: "Say why: it stays on the record for good.", values });
    case "too-many": {
      const kept = form.intent === "reopen-core" ? "forfeited" : "out";
      return problem(409, { message: `That is more than is ${kept}: ${quantityText(refusal.most)} at most.`, values });
    }
    case "not-credited": {
      const money = (cents: Cents) => formatMoney(cents, currency, locale);
      if (refusal.why.kind === "too-much")
        return problem(409, { message: `Credit notes gave back all but ${money(refusal.why.most)} of this invoice: less than this core is worth.`, values });
      return problem(409, { message: ledgerRefusalMessage(refusal.why, money), values });
    }
  }
}
