import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { beginMessage } from "~/modules/payments/checkouts/begin-messages";
import { type Share, shareRefusal } from "~/modules/payments/checkouts/payment-intent";
import { amountTyped, NO_AMOUNT } from "../../parts/pay-amount";

type Owed = { id: Id<"invoice">; number: number | null; balance: Cents };
type Texts = Readonly<Record<string, string>>;

/** The field with how much of an invoice is paid; empty for all of it. */
export const partField = (id: string): string => `part-${id}`;

export function isPartTyped(form: Readonly<Record<string, unknown>>, id: string): boolean {
  const typed = form[partField(id)];
  return typeof typed === "string" && typed.trim() !== "";
}

/**
 * How much of each chosen invoice is paid, or the errors by field. An invoice is paid whole where nothing is typed.
 * `least`: the least part of an invoice that the shop takes; null if only the whole.
 */
export function readShares(
  form: Readonly<Record<string, unknown>>,
  chosen: readonly Owed[],
  least: Cents | null,
  money: (amount: Cents) => string,
): Result<Share[], Texts> {
  const read = chosen.map((invoice) => ({ invoice, amount: amountTyped(form[partField(invoice.id)], invoice.balance) }));
  const faults = read.flatMap(({ invoice, amount }) => {
    if (amount === null) return [[partField(invoice.id), NO_AMOUNT] as const];
    const refused = shareRefusal(amount, { ...invoice, open: invoice.balance }, least);
    return refused ? [[partField(invoice.id), beginMessage(refused, money)] as const] : [];
  });
  if (faults.length > 0) return err(Object.fromEntries(faults));
  return ok(read.flatMap(({ invoice, amount }) => (amount === null ? [] : [{ invoiceId: invoice.id, amount }])));
}
