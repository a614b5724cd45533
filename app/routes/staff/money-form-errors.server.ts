import { type Cents, formatMoney, moneyText, type Quantity, quantityText } from "~/kernel/money";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { SettleRefusal } from "~/modules/invoices/cores/settle-core.server";
import type { AccountRefusal } from "~/modules/invoices/receivables/change-account.server";
import { ledgerRefusalMessage } from "~/modules/invoices/receivables/ledger";
import { dayRefusal } from "~/modules/invoices/receivables/ledger-form";
import { asTyped } from "~/platform/http/form.server";
import { idTaken, problem } from "~/platform/http/problem.server";

export const STALE = { message: "Someone else just changed this. Here is the latest version; try again if your change still applies." };

const typedIn = (form: { intent: string; amount?: Cents }) => ({
  ...asTyped(form),
  ...(form.amount === undefined ? {} : { amount: moneyText(form.amount) }),
});

/** The error for a form's payment day, or null if the day is valid or the form has none. */
export function refusedDay(form: { intent: string; amount?: Cents; day?: string }, now: UtcMs, zone: string) {
  const message = form.day === undefined ? null : dayRefusal(form.day, dayOf(now, zone));
  return message && problem(422, { message, fields: { day: message }, values: typedIn(form) });
}

/** The error for a refused account command, with the typed values. */
export function refusedMoney(refusal: AccountRefusal, { currency, locale }: { currency: string; locale: string }, form: { intent: string; amount?: Cents }) {
  const values = typedIn(form);
  if (refusal.kind === "stale") return problem(409, { ...STALE, values });
  const message = ledgerRefusalMessage(refusal, (cents) => formatMoney(cents, currency, locale));
  if (refusal.kind === "surplus") return problem(409, { message, fields: { confirmed: message }, values: { ...values, surplus: String(refusal.surplus) } });
  return problem(refusal.kind === "not-found" ? 404 : 409, { message, values });
}

/** The error for a core that could not be settled, with the typed quantity. */
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
      return problem(404, { message: "That core doesn't exist anymore. Reload the page.", values });
    case "id-taken":
      return idTaken(values);
    case "not-allowed":
      return problem(409, { message: refusal.message, values });
    case "bad-quantity":
      return problem(422, { message: "Enter a quantity above zero.", values });
    case "no-reason":
      return problem(422, { message: "Enter a reason. It stays on record.", values });
    case "too-many": {
      const kept = form.intent === "reopen-core" ? "forfeited" : "outstanding";
      return problem(409, { message: `That's more than is ${kept}. Enter ${quantityText(refusal.most)} at most.`, values });
    }
    case "not-credited": {
      const money = (cents: Cents) => formatMoney(cents, currency, locale);
      if (refusal.why.kind === "too-much")
        return problem(409, { message: `Only ${money(refusal.why.most)} of this invoice is left to credit, which is less than this core.`, values });
      return problem(409, { message: ledgerRefusalMessage(refusal.why, money), values });
    }
  }
}
