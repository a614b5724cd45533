import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { type Account, freeOf, type LedgerEntry } from "./ledger";
import type { NewEntries } from "./new-entries";
import { openOn } from "./open-invoices";

/** Applies a source to invoices in turn, each as far as it is open, until it is used up. */
export function applyInTurn(
  account: Account,
  sourceId: Id<"entry">,
  wanted: readonly { invoiceId: Id<"invoice">; amount: Cents }[],
  make: NewEntries,
): LedgerEntry[] {
  let left: number = freeOf(account.entries, sourceId);
  const taken = new Map<Id<"invoice">, number>();
  for (const { invoiceId, amount } of wanted) {
    const there = taken.get(invoiceId) ?? 0;
    const more = Math.min(amount, openOn(account, invoiceId, make.bare.at) - there, left);
    left -= more;
    taken.set(invoiceId, there + more);
  }
  return [...taken].flatMap(([invoiceId, amount]) => make.allocation(sourceId, invoiceId, amount));
}
