import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { type Account, freeOf, invoicesOf, isReversed, isSource, type LedgerEntry, type Money, spendableOf, worthOf } from "./ledger";
import type { LedgerRefusal } from "./ledger-command";
import type { NewEntries } from "./new-entries";
import { reopenedBy } from "./reopened-by";

type Refund = Money & { id: Id<"entry">; sourceId: Id<"entry">; why: string };

/** Pays money of a source back: unapplied money first, then the latest allocation. */
export function decideRefund(account: Account, { sourceId, ...asked }: Refund, make: NewEntries): Result<readonly LedgerEntry[], LedgerRefusal> {
  const { entries } = account;
  const source = livingSource(entries, sourceId);
  if (!source.ok) return source;
  // A credit applied to an invoice pays for it, and can't be turned into cash by reopening that invoice.
  const held = account.reserved?.get(sourceId) ?? 0;
  const most = source.value.kind === "payment" ? toCents(Math.max(0, worthOf(entries, sourceId) - held)) : spendableOf(account, sourceId);
  if (asked.amount > most) return err({ kind: "too-much", most });
  return ok([...takenBack(entries, sourceId, asked.amount, asked.why, make), make.refund(asked, sourceId)]);
}

/**
 * What left by the provider's doing: a refund, or what the payer's bank took back. No more than the payment is still worth:
 * of a payment that is refunded and taken back, the one that is reported second finds only the rest.
 */
export function decideLeft(
  { entries }: Account,
  kind: "refund" | "chargeback",
  { sourceId, ...left }: Refund,
  make: NewEntries,
): Result<readonly LedgerEntry[], LedgerRefusal> {
  const source = livingSource(entries, sourceId);
  if (!source.ok) return source;
  const amount = toCents(Math.min(left.amount, worthOf(entries, sourceId)));
  if (amount <= 0) return err({ kind: "too-much", most: toCents(0) });
  return ok([...takenBack(entries, sourceId, amount, left.why, make), { ...make.refund({ ...left, amount }, sourceId), kind }]);
}

/** Takes money of a source back from its invoices, as far as what is unapplied does not cover it. */
export function takenBack(entries: readonly LedgerEntry[], sourceId: Id<"entry">, amount: Cents, why: string, make: NewEntries): LedgerEntry[] {
  const on = [...invoicesOf(entries, sourceId)].map(([invoiceId, there]) => ({ invoiceId, amount: there }));
  return reopenedBy(amount, freeOf(entries, sourceId), on).map((share) => make.release(sourceId, share.invoiceId, share.amount, why));
}

/** A source that counts, or why not. */
export function livingSource(entries: readonly LedgerEntry[], id: Id<"entry">): Result<LedgerEntry, LedgerRefusal> {
  const source = entries.find((entry) => entry.id === id && isSource(entry));
  if (!source) return err({ kind: "not-found" });
  return isReversed(entries, id) ? err({ kind: "reversed" }) : ok(source);
}
