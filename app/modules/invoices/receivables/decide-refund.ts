import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Account, freeOf, invoicesOf, isReversed, isSource, type LedgerEntry, type Money, worthOf } from "./ledger";
import type { LedgerRefusal } from "./ledger-command";
import type { NewEntries } from "./new-entries";

type Refund = Money & { id: Id<"entry">; sourceId: Id<"entry">; why: string };

/** Pays money of a source back: unapplied money first, then the latest allocation. */
export function decideRefund({ entries }: Account, { sourceId, ...asked }: Refund, make: NewEntries): Result<readonly LedgerEntry[], LedgerRefusal> {
  const source = livingSource(entries, sourceId);
  if (!source.ok) return source;
  // A credit applied to an invoice pays for it, and can't be turned into cash by reopening that invoice.
  const most = source.value.kind === "payment" ? worthOf(entries, sourceId) : freeOf(entries, sourceId);
  if (asked.amount > most) return err({ kind: "too-much", most });
  let missing = asked.amount - freeOf(entries, sourceId);
  const taken = [...invoicesOf(entries, sourceId)].reverse().flatMap(([invoiceId, there]) => {
    const back = Math.max(0, Math.min(there, missing));
    missing -= back;
    return back > 0 ? [make.release(sourceId, invoiceId, back, asked.why)] : [];
  });
  return ok([...taken, make.refund(asked, sourceId)]);
}

/** A source that counts, or why not. */
export function livingSource(entries: readonly LedgerEntry[], id: Id<"entry">): Result<LedgerEntry, LedgerRefusal> {
  const source = entries.find((entry) => entry.id === id && isSource(entry));
  if (!source) return err({ kind: "not-found" });
  return isReversed(entries, id) ? err({ kind: "reversed" }) : ok(source);
}
