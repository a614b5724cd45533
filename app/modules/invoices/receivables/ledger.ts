import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { canDo, type InvoiceBalance } from "../invoice";

/** What a person can record. */
export const methods = ["cash", "check", "ach", "card"] as const;
/** And what Square reports by itself. */
export const allMethods = [...methods, "square"] as const;
export type Method = (typeof allMethods)[number];
export const methodLabels: Record<Method, string> = { cash: "Cash", check: "Check", ach: "ACH transfer", card: "Card terminal", square: "Square" };

/** Money that came in or went out, as it is recorded. */
export type Money = { amount: Cents; method: Method; reference: string | null; day: string };

/**
 * A customer's account is an append-only list of entries. Money comes in by a source (payment, credit or credit note),
 * is applied to invoices by allocations and unapplied by releases, and leaves by refunds and reversals. A reinstatement
 * undoes a reversal. A chargeback is money that the payer's bank took back. A correction cancels a payment or refund that was mistyped; neither of the two is on a statement.
 * `amount` is signed: a source's entries sum to its value, an invoice's entries to the amount applied to it.
 */
export type LedgerEntry = {
  id: Id<"entry">;
  kind: "payment" | "credit" | "credit-note" | "allocation" | "release" | "refund" | "reversal" | "reinstatement" | "correction" | "chargeback";
  /** The payment, credit or credit note; a source refers to itself. */
  sourceId: Id<"entry">;
  /** Set on allocations and releases. */
  invoiceId: Id<"invoice"> | null;
  /** The one invoice a payment was meant for, or a credit note corrects. */
  forInvoice: Id<"invoice"> | null;
  /** The estimate that a deposit was paid for. */
  forEstimate: Id<"estimate"> | null;
  /** The payment or refund that a correction cancels. */
  corrects: Id<"entry"> | null;
  amount: Cents;
  method: Method | null;
  reference: string | null;
  /** Calendar day it counts from: the day money came in or went out, else the day of entry. A correction has its entry's day. */
  day: string;
  why: string | null;
  at: UtcMs;
};

export type Account = {
  entries: readonly LedgerEntry[];
  invoices: ReadonlyMap<Id<"invoice">, Omit<InvoiceBalance, "applied"> & { number: number | null }>;
  /** Day of the customer's first estimate or invoice; null if there is none yet. */
  firstDay: string | null;
  /** What of a source is promised elsewhere, such as a refund on its way; none if there is nothing. */
  reserved?: ReadonlyMap<Id<"entry">, Cents>;
  /** Whether a payment that came through Square may be paid back another way, or why not. Nobody asked where it is missing: not. */
  byHand?: true | string;
};

type Sums = readonly Pick<LedgerEntry, "sourceId" | "invoiceId" | "amount">[];
const sum = (entries: readonly Pick<LedgerEntry, "amount">[]): Cents => toCents(entries.reduce((total, { amount }) => total + amount, 0));
export const isSource = ({ id, sourceId }: Pick<LedgerEntry, "id" | "sourceId">): boolean => id === sourceId;

/** The amount applied to an invoice. */
export const appliedTo = (entries: readonly LedgerEntry[], invoiceId: Id<"invoice">): Cents => sum(entries.filter((entry) => entry.invoiceId === invoiceId));

/** The amount a source has on one invoice. */
export const onInvoice = (entries: readonly LedgerEntry[], sourceId: Id<"entry">, invoiceId: Id<"invoice">): Cents =>
  sum(entries.filter((entry) => entry.sourceId === sourceId && entry.invoiceId === invoiceId));

/** A source's amount on each invoice, in order of allocation. */
export function invoicesOf(entries: readonly LedgerEntry[], sourceId: Id<"entry">): Map<Id<"invoice">, Cents> {
  const ids = new Set(entries.flatMap((entry) => (entry.sourceId === sourceId && entry.invoiceId ? [entry.invoiceId] : [])));
  return new Map([...ids].map((id) => [id, onInvoice(entries, sourceId, id)] as const).filter(([, amount]) => amount > 0));
}

/** What a source is still worth: its amount less refunds, reversal and correction, applied or not. */
export const worthOf = (entries: Sums, sourceId: Id<"entry">): Cents => sum(entries.filter((entry) => entry.sourceId === sourceId && entry.invoiceId === null));

/** A source's unapplied amount that wasn't refunded. */
export const freeOf = (entries: readonly LedgerEntry[], sourceId: Id<"entry">): Cents =>
  toCents(worthOf(entries, sourceId) - sum(entries.filter((entry) => entry.sourceId === sourceId && entry.invoiceId !== null)));

/** What of a source may be applied to an invoice: its unapplied amount that isn't promised elsewhere. */
export const spendableOf = ({ entries, reserved }: Pick<Account, "entries" | "reserved">, sourceId: Id<"entry">): Cents =>
  toCents(Math.max(0, freeOf(entries, sourceId) - (reserved?.get(sourceId) ?? 0)));

/** The customer's credit: all unapplied money. */
export const creditOf = (entries: readonly LedgerEntry[]): Cents =>
  toCents(entries.reduce((total, { invoiceId, amount }) => total + (invoiceId === null ? amount : -amount), 0));

/** What of the credit can't be applied, given what each source has reserved and unapplied. */
export const reservedCredit = (sources: readonly { held: number; free: number }[]): Cents =>
  toCents(sources.reduce((total, { held, free }) => total + Math.max(0, Math.min(held, free)), 0));

type KindFacts = Pick<LedgerEntry, "kind" | "sourceId" | "corrects">;

/** Whether a payment or refund was corrected: another entry took its place, or it never happened. */
export const isCorrected = (entries: readonly KindFacts[], id: Id<"entry">): boolean => entries.some(({ corrects }) => corrects === id);

/** Whether a source is reversed, and the reversal wasn't undone since; or corrected. */
export function isReversed(entries: readonly KindFacts[], sourceId: Id<"entry">): boolean {
  const of = (kind: LedgerEntry["kind"]) => entries.filter((entry) => entry.kind === kind && entry.sourceId === sourceId).length;
  return of("reversal") > of("reinstatement") || isCorrected(entries, sourceId);
}

/** Whether some of a source was paid back. */
export const isRefunded = (entries: readonly (KindFacts & Pick<LedgerEntry, "id">)[], sourceId: Id<"entry">): boolean =>
  entries.some((entry) => entry.kind === "refund" && entry.sourceId === sourceId && !isCorrected(entries, entry.id));

type NoteFacts = Pick<LedgerEntry, "id" | "kind" | "sourceId" | "forInvoice" | "amount" | "corrects">;

/** Sum of an invoice's credit notes that aren't reversed. */
function notesOf(entries: readonly NoteFacts[], invoiceId: Id<"invoice">): Cents {
  const notes = entries.filter(({ kind, forInvoice, id }) => kind === "credit-note" && forInvoice === invoiceId && !isReversed(entries, id));
  return sum(notes);
}

/** The amount that can still be credited: all credit notes together never exceed the invoice. */
export const creditableOn = ({ entries, invoices }: Account, id: Id<"invoice">): Cents => toCents((invoices.get(id)?.total ?? 0) - notesOf(entries, id));

/** True, or why an invoice can't be voided. Besides its status this depends on the ledger. */
export function canVoid(entries: readonly NoteFacts[], invoice: InvoiceBalance & { id: Id<"invoice"> }, now: UtcMs): true | string {
  // A voided invoice's orders are charged again elsewhere, so a credit note for it would give money away.
  if (invoice.state === "issued" && notesOf(entries, invoice.id) > 0) return "Reverse its credit note first, then void the invoice.";
  return canDo("void", invoice, now);
}
