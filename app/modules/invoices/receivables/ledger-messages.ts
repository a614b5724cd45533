import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { formatDay } from "~/kernel/time";
import { balanceOf, invoiceNumber } from "../invoice";
import type { Doubt } from "./doubts";
import { type Account, appliedTo, type LedgerEntry } from "./ledger";
import type { LedgerRefusal } from "./ledger-command";

type Style = { money(amount: Cents): string; locale: string };

/** The message of a refusal. */
export function ledgerRefusalMessage(refusal: LedgerRefusal, style: Style): string {
  const { money } = style;
  switch (refusal.kind) {
    case "not-found":
      return "This no longer exists. Reload the page.";
    case "bad-amount":
      return "Enter an amount above zero.";
    case "no-reason":
      return "Enter a reason. It stays on the account.";
    case "not-allowed":
      return refusal.message;
    case "too-much":
      return `That's too much. Enter at most ${money(refusal.most)}.`;
    case "too-much-on":
      return `${invoiceNumber(refusal.number)} needs ${money(refusal.most)} at most.`;
    case "over-allocated":
      return `The invoices get ${money(refusal.allocated)} together, but the payment is ${money(refusal.amount)}. Correct one of them.`;
    case "doubtful":
      return `${refusal.doubts.map((doubt) => doubtMessage(doubt, style)).join(" ")} Record it anyway?`;
    case "no-credit":
      return "This customer has no credit left.";
    case "reversed":
      return "This was already reversed or corrected.";
    case "refunded":
      return "Some of it was refunded. Correct the refund first.";
    case "counts":
      return "This isn't reversed, so there's nothing to undo.";
    case "known":
      return "This is already recorded.";
    case "id-taken":
      return "This form was already saved with different figures. Reload the page.";
  }
}

function doubtMessage(doubt: Doubt, { money, locale }: Style): string {
  switch (doubt.kind) {
    case "surplus":
      return `This is ${money(doubt.surplus)} more than is open.`;
    case "duplicate":
      return `The same amount with the same method and reference is already recorded for ${formatDay(doubt.day, locale)}.`;
    case "early":
      return `The date is before this customer's first estimate or invoice (${formatDay(doubt.firstDay, locale)}).`;
  }
}

/** What entries did: the invoices that got money with what is open on each now, and the credit left of new sources. */
export type LedgerOutcome = { on: readonly { invoiceId: Id<"invoice">; number: number | null; applied: Cents; open: Cents }[]; credit: Cents };

export function outcomeOf({ entries, invoices }: Account, added: readonly LedgerEntry[]): LedgerOutcome {
  const all = [...entries, ...added];
  const ids = [...new Set(added.flatMap(({ kind, invoiceId }) => (kind === "allocation" && invoiceId ? [invoiceId] : [])))];
  const on = ids.flatMap((invoiceId) => {
    const invoice = invoices.get(invoiceId);
    const applied = sumCents(added.filter((entry) => entry.invoiceId === invoiceId).map(({ amount }) => amount));
    return invoice ? [{ invoiceId, number: invoice.number, applied, open: balanceOf({ ...invoice, applied: appliedTo(all, invoiceId) }) }] : [];
  });
  const sources = sumCents(added.filter(({ kind }) => kind === "payment" || kind === "credit" || kind === "credit-note").map(({ amount }) => amount));
  return { on, credit: toCents(Math.max(0, sources - sumCents(on.map(({ applied }) => applied)))) };
}

/** Said after a payment's message, where a receipt was asked for. */
export const receiptMessage = (emails: readonly string[]): string =>
  emails.length > 0 ? `Receipt emailed to ${emails.join(", ")}.` : "No receipt was emailed: nobody at this customer has an address for it.";

/** "Partial payment recorded. $371.79 is still open on INV-1002." `null`: the same form was sent before. */
export function paymentMessage(outcome: LedgerOutcome | null, money: (amount: Cents) => string): string {
  if (outcome === null) return "This payment is already recorded.";
  const { on, credit } = outcome;
  const left = credit > 0 ? ` ${money(credit)} is customer credit.` : "";
  const [first, ...others] = on;
  if (!first) return "Payment recorded as customer credit.";
  const open = on.filter((one) => one.open > 0);
  const paid = on.length - open.length;
  if (others.length === 0 && open.length === 0) return `Payment recorded. ${invoiceNumber(first.number)} is paid in full.${left}`;
  if (others.length === 0) return `Partial payment recorded. ${money(first.open)} is still open on ${invoiceNumber(first.number)}.`;
  const stillOpen = open.map((one) => `${money(one.open)} is still open on ${invoiceNumber(one.number)}.`).join(" ");
  return `Payment recorded on ${on.length} invoices. ${paid === on.length ? "All are paid in full." : `${paid > 0 ? `${paid} paid in full. ` : ""}${stillOpen}`}${left}`;
}
