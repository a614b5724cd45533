import type { Id } from "~/kernel/ids";
import type { LedgerEntry } from "./ledger";

type Entry = Pick<LedgerEntry, "id" | "sourceId" | "corrects"> & {
  /** Whether it was corrected, and whether the payment behind it was: then it counts for nothing. */
  isCorrected: boolean;
  isOfCorrected: boolean;
};

/** One row of an account: an entry, or a corrected payment or refund with all that it and its correction did. */
export type AccountRow<E> = { key: string; mistake: Id<"entry"> | null; entries: readonly E[] };

/** The rows of an account in the order of its entries, each mistake as one row at the place of its newest entry. */
export function foldCorrected<E extends Entry>(entries: readonly E[]): AccountRow<E>[] {
  const rows = new Map<string, AccountRow<E>>();
  for (const entry of entries) {
    const mistake = entry.corrects ?? (entry.isCorrected ? entry.id : entry.isOfCorrected ? entry.sourceId : null);
    const key = mistake ?? entry.id;
    rows.set(key, { key, mistake, entries: [...(rows.get(key)?.entries ?? []), entry] });
  }
  return [...rows.values()];
}
