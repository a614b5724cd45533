import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { invoicesOf, type LedgerEntry, type Money } from "./ledger";
import type { Share } from "./ledger-command";

/** The instant and the shop's calendar day. */
export type When = { now: UtcMs; today: string };
type Payment = Money & { id: Id<"entry">; on: readonly Share[]; forEstimate?: Id<"estimate"> | null };
type Refund = Money & { id: Id<"entry">; why: string };

const blank = { invoiceId: null, forInvoice: null, forEstimate: null, corrects: null, method: null, reference: null, why: null };

/** Makes the entries of one command, all of one instant. */
export type NewEntries = ReturnType<typeof newEntries>;
export function newEntries({ now, today }: When, nextId: () => Id<"entry">) {
  const bare = { ...blank, at: now, day: today };
  const release = (sourceId: Id<"entry">, invoiceId: Id<"invoice">, amount: number, why: string): LedgerEntry => ({
    ...bare,
    id: nextId(),
    kind: "release",
    sourceId,
    invoiceId,
    amount: toCents(-amount),
    why,
  });
  return {
    bare,
    nextId,
    release,
    /** One allocation, or none of nothing. */
    allocation: (sourceId: Id<"entry">, invoiceId: Id<"invoice">, amount: number): LedgerEntry[] =>
      amount > 0 ? [{ ...bare, id: nextId(), kind: "allocation", sourceId, invoiceId, amount: toCents(amount) }] : [],
    releaseAll: (entries: readonly LedgerEntry[], sourceId: Id<"entry">, why: string): LedgerEntry[] =>
      [...invoicesOf(entries, sourceId)].map(([invoiceId, amount]) => release(sourceId, invoiceId, amount, why)),
    payment({ id, on, forEstimate = null, amount, method, reference, day }: Payment): LedgerEntry {
      const forInvoice = on.length === 1 ? (on[0]?.invoiceId ?? null) : null;
      return { ...bare, id, kind: "payment", sourceId: id, forInvoice, forEstimate, amount, method, reference, day };
    },
    refund: ({ id, amount, method, reference, day, why }: Refund, sourceId: Id<"entry">): LedgerEntry => ({
      ...bare,
      id,
      kind: "refund",
      sourceId,
      amount: toCents(-amount),
      method,
      reference,
      day,
      why,
    }),
    correction: (wrong: LedgerEntry, why: string): LedgerEntry => ({
      ...bare,
      id: nextId(),
      kind: "correction",
      sourceId: wrong.sourceId,
      corrects: wrong.id,
      amount: toCents(-wrong.amount),
      day: wrong.day,
      why,
    }),
  };
}

/** The invoices that a payment was recorded on, with their amounts. */
export const firstShares = (entries: readonly LedgerEntry[], { id, at }: LedgerEntry): { invoiceId: Id<"invoice">; amount: Cents }[] =>
  entries.flatMap((entry) =>
    entry.kind === "allocation" && entry.sourceId === id && entry.at === at && entry.invoiceId ? [{ invoiceId: entry.invoiceId, amount: entry.amount }] : [],
  );
