import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { balanceOf, canDo, type InvoiceBalance } from "../invoice";

export const methods = ["cash", "check", "ach", "card"] as const;
export type Method = (typeof methods)[number];
export const methodLabels: Record<Method, string> = { cash: "Cash", check: "Check", ach: "ACH transfer", card: "Card terminal" };

/**
 * A customer's account is a list of entries that only grows. Money comes in by a source (a payment, a credit, a credit
 * note), is put on invoices by allocations and taken off again by releases, and leaves by refunds and reversals. A
 * reversal that was a mistake is taken back by a reinstatement: the source counts again.
 * `amount` is signed: the sum of a source's own entries is what it was worth, the sum of an invoice's entries is what
 * is on it.
 */
export type LedgerEntry = {
  id: Id<"entry">;
  kind: "payment" | "credit" | "credit-note" | "allocation" | "release" | "refund" | "reversal" | "reinstatement";
  /** The payment or credit that this is about; a source names itself. */
  sourceId: Id<"entry">;
  /** Set where money is put on an invoice or taken off it. */
  invoiceId: Id<"invoice"> | null;
  /** The invoice that a payment was meant for, or that a credit note corrects. */
  forInvoice: Id<"invoice"> | null;
  amount: Cents;
  method: Method | null;
  reference: string | null;
  /** The calendar day on which money came or went. */
  day: string | null;
  why: string | null;
  at: UtcMs;
};

export type Account = { entries: readonly LedgerEntry[]; invoices: ReadonlyMap<Id<"invoice">, Omit<InvoiceBalance, "applied">> };

type Money = { amount: Cents; method: Method; reference: string | null; day: string };
export type LedgerCommand =
  /** Money that came in: for an invoice, or as a deposit. What the invoice does not need becomes credit. */
  | ({ intent: "pay"; id: Id<"entry">; invoiceId: Id<"invoice"> | null } & Money)
  | { intent: "give-credit"; id: Id<"entry">; amount: Cents; why: string }
  /** Corrects an issued invoice downwards: off its balance first, the rest is credit. */
  | { intent: "credit-note"; id: Id<"entry">; invoiceId: Id<"invoice">; amount: Cents; why: string }
  /** Puts free money of one source on an invoice. */
  | { intent: "allocate"; id: Id<"entry">; sourceId: Id<"entry">; invoiceId: Id<"invoice">; amount: Cents }
  /** Puts free money on an invoice, the oldest first; as much as there is and as it needs. */
  | { intent: "apply-credit"; invoiceId: Id<"invoice"> }
  /** Takes off an invoice what one source put there; it is credit again. */
  | { intent: "release"; sourceId: Id<"entry">; invoiceId: Id<"invoice">; why: string }
  /** Pays out: of a payment all that it brought, wherever it lies; of a credit or a credit note what lies free. */
  | ({ intent: "refund"; id: Id<"entry">; sourceId: Id<"entry">; why: string } & Money)
  /** A check that bounced, a sum mistyped: the source never was. */
  | { intent: "reverse"; sourceId: Id<"entry">; why: string }
  /** The reversal was the mistake: the source counts again, on its own invoice as far as that is open. */
  | { intent: "reinstate"; sourceId: Id<"entry">; why: string };

export type LedgerRefusal =
  | { kind: "not-found" }
  | { kind: "bad-amount" }
  | { kind: "no-reason" }
  | { kind: "not-allowed"; message: string }
  | { kind: "too-much"; most: Cents }
  | { kind: "no-credit" }
  | { kind: "reversed" }
  | { kind: "refunded" }
  /** It was not reversed, or that was taken back. */
  | { kind: "counts" }
  /** The same act was recorded before: nothing is to be done. */
  | { kind: "known" }
  /** Another act was recorded under this one's id: a form of a page that went out of date. */
  | { kind: "id-taken" };

type Decided = Result<readonly LedgerEntry[], LedgerRefusal>;
type IdSource = () => Id<"entry">;

const sum = (entries: readonly Pick<LedgerEntry, "amount">[]): Cents => toCents(entries.reduce((total, { amount }) => total + amount, 0));
const isSource = ({ id, sourceId }: LedgerEntry): boolean => id === sourceId;

/** What is on an invoice. */
export const appliedTo = (entries: readonly LedgerEntry[], invoiceId: Id<"invoice">): Cents => sum(entries.filter((entry) => entry.invoiceId === invoiceId));

/** What a source has on one invoice. */
const onInvoice = (entries: readonly LedgerEntry[], sourceId: Id<"entry">, invoiceId: Id<"invoice">): Cents =>
  sum(entries.filter((entry) => entry.sourceId === sourceId && entry.invoiceId === invoiceId));

/** What of a source lies on no invoice and was not refunded. */
export function freeOf(entries: readonly LedgerEntry[], sourceId: Id<"entry">): Cents {
  const its = entries.filter((entry) => entry.sourceId === sourceId);
  return toCents(sum(its.filter(({ invoiceId }) => invoiceId === null)) - sum(its.filter(({ invoiceId }) => invoiceId !== null)));
}

/** The customer's credit: what came in and lies on no invoice. */
export const creditOf = (entries: readonly LedgerEntry[]): Cents =>
  toCents(entries.reduce((total, { invoiceId, amount }) => total + (invoiceId === null ? amount : -amount), 0));

/** Whether a source counts no more: it was reversed, and that was not taken back since. */
export function isReversed(entries: readonly Pick<LedgerEntry, "kind" | "sourceId">[], sourceId: Id<"entry">): boolean {
  const of = (kind: LedgerEntry["kind"]) => entries.filter((entry) => entry.kind === kind && entry.sourceId === sourceId).length;
  return of("reversal") > of("reinstatement");
}

/** The entries that an act adds to a customer's account, or why it adds none. */
export function decideLedger(account: Account, command: LedgerCommand, now: UtcMs, nextId: IdSource): Decided {
  const { entries } = account;
  if ("amount" in command && command.amount <= 0) return err({ kind: "bad-amount" });
  if ("why" in command && command.why === "") return err({ kind: "no-reason" });
  if ("id" in command) {
    const there = entries.find(({ id }) => id === command.id);
    if (there) return err({ kind: isSame(entryOf(command, there.at), there) ? "known" : "id-taken" });
  }

  const bare = { ...blank, at: now };
  const allocation = (sourceId: Id<"entry">, invoiceId: Id<"invoice">, amount: number): LedgerEntry[] =>
    amount > 0 ? [{ ...bare, id: nextId(), kind: "allocation", sourceId, invoiceId, amount: toCents(amount) }] : [];
  const release = (sourceId: Id<"entry">, invoiceId: Id<"invoice">, amount: number, why: string): LedgerEntry => ({
    ...bare,
    id: nextId(),
    kind: "release",
    sourceId,
    invoiceId,
    amount: toCents(-amount),
    why,
  });

  switch (command.intent) {
    case "pay": {
      const payment = entryOf(command, now);
      if (command.invoiceId === null) return ok([payment]);
      const open = openFor(account, command.invoiceId, "pay", now);
      return open.ok ? ok([payment, ...allocation(command.id, command.invoiceId, Math.min(command.amount, open.value))]) : open;
    }
    case "give-credit":
      return ok([entryOf(command, now)]);
    case "credit-note": {
      const { id, invoiceId, amount } = command;
      const open = openFor(account, invoiceId, "credit-note", now);
      if (!open.ok) return open;
      const most = notableOn(account, invoiceId);
      if (amount > most) return err({ kind: "too-much", most });
      return ok([entryOf(command, now), ...allocation(id, invoiceId, Math.min(amount, open.value))]);
    }
    case "allocate": {
      const source = livingSource(entries, command.sourceId);
      if (!source.ok) return source;
      const open = openFor(account, command.invoiceId, "apply-credit", now);
      if (!open.ok) return open;
      const most = toCents(Math.min(freeOf(entries, command.sourceId), open.value));
      return command.amount > most ? err({ kind: "too-much", most }) : ok([entryOf(command, now)]);
    }
    case "apply-credit": {
      const open = openFor(account, command.invoiceId, "apply-credit", now);
      if (!open.ok) return open;
      let needed: number = open.value;
      const added = entries.filter(isSource).flatMap(({ id }) => {
        const taken = Math.min(freeOf(entries, id), needed);
        needed -= taken;
        return allocation(id, command.invoiceId, taken);
      });
      return added.length === 0 ? err({ kind: "no-credit" }) : ok(added);
    }
    case "release": {
      const amount = onInvoice(entries, command.sourceId, command.invoiceId);
      // Off its own invoice it would be money for a charge that still stands.
      if (amount > 0 && entries.some(({ id, kind, forInvoice }) => id === command.sourceId && kind === "credit-note" && forInvoice === command.invoiceId))
        return err({ kind: "not-allowed", message: "A credit note stays with the invoice that it corrects. Reverse it instead." });
      return amount <= 0 ? err({ kind: "not-found" }) : ok([release(command.sourceId, command.invoiceId, amount, command.why)]);
    }
    case "refund": {
      const source = livingSource(entries, command.sourceId);
      if (!source.ok) return source;
      const own = entries.filter(({ sourceId, invoiceId }) => sourceId === command.sourceId && invoiceId === null);
      // A credit that lies on an invoice pays for it; what was never money does not open that again to become some.
      const most = source.value.kind === "payment" ? sum(own) : freeOf(entries, command.sourceId);
      if (command.amount > most) return err({ kind: "too-much", most });
      const { sourceId, amount, why } = command;
      // What lies free goes first; then what was put on an invoice last.
      let missing = amount - freeOf(entries, sourceId);
      const taken = [...invoicesOf(entries, sourceId)].reverse().flatMap(([invoiceId, there]) => {
        const back = Math.max(0, Math.min(there, missing));
        missing -= back;
        return back > 0 ? [release(sourceId, invoiceId, back, why)] : [];
      });
      return ok([...taken, entryOf(command, now)]);
    }
    case "reverse": {
      const source = livingSource(entries, command.sourceId);
      if (!source.ok) return source;
      if (entries.some(({ kind, sourceId }) => kind === "refund" && sourceId === command.sourceId)) return err({ kind: "refunded" });
      const taken = [...invoicesOf(entries, command.sourceId)].map(([invoiceId, there]) => release(command.sourceId, invoiceId, there, command.why));
      const reversal: LedgerEntry = {
        ...bare,
        id: nextId(),
        kind: "reversal",
        sourceId: command.sourceId,
        invoiceId: null,
        amount: toCents(-source.value.amount),
        why: command.why,
      };
      return ok([...taken, reversal]);
    }
    case "reinstate": {
      const source = entries.find((entry) => entry.id === command.sourceId && isSource(entry));
      if (!source) return err({ kind: "not-found" });
      if (!isReversed(entries, command.sourceId)) return err({ kind: "counts" });
      const { id: sourceId, amount, kind, forInvoice } = source;
      const again: LedgerEntry = { ...bare, id: nextId(), kind: "reinstatement", sourceId, invoiceId: null, amount, why: command.why };
      if (forInvoice === null) return ok([again]);
      if (kind === "credit-note") {
        const open = openFor(account, forInvoice, "credit-note", now);
        if (!open.ok) return open;
        // Another note may have been written in its place.
        const most = notableOn(account, forInvoice);
        if (amount > most) return err({ kind: "too-much", most });
        return ok([again, ...allocation(sourceId, forInvoice, Math.min(amount, open.value))]);
      }
      // Its invoice may be paid otherwise by now, or void: then it is credit.
      const open = openFor(account, forInvoice, "pay", now);
      return ok([again, ...(open.ok ? allocation(sourceId, forInvoice, Math.min(amount, open.value)) : [])]);
    }
  }
}

/** The entry that bears an act's own id. */
function entryOf(command: Extract<LedgerCommand, { id: Id<"entry"> }>, at: UtcMs): LedgerEntry {
  const { id, amount } = command;
  switch (command.intent) {
    case "pay": {
      const { invoiceId: forInvoice, method, reference, day } = command;
      return { ...blank, id, kind: "payment", sourceId: id, invoiceId: null, forInvoice, amount, method, reference, day, at };
    }
    case "give-credit":
      return { ...blank, id, kind: "credit", sourceId: id, invoiceId: null, amount, why: command.why, at };
    case "credit-note":
      return { ...blank, id, kind: "credit-note", sourceId: id, invoiceId: null, forInvoice: command.invoiceId, amount, why: command.why, at };
    case "allocate":
      return { ...blank, id, kind: "allocation", sourceId: command.sourceId, invoiceId: command.invoiceId, amount, at };
    case "refund": {
      const { sourceId, method, reference, day, why } = command;
      return { ...blank, id, kind: "refund", sourceId, invoiceId: null, amount: toCents(-amount), method, reference, day, why, at };
    }
  }
}

const blank = { forInvoice: null, method: null, reference: null, day: null, why: null };
const isSame = (a: LedgerEntry, b: LedgerEntry): boolean => (Object.keys(a) as (keyof LedgerEntry)[]).every((name) => a[name] === b[name]); // the entry's own keys

type NoteFacts = Pick<LedgerEntry, "id" | "kind" | "sourceId" | "forInvoice" | "amount">;

/** True, or why an invoice cannot be voided: the ledger has a say in it where the life cycle would allow it. */
export function canVoid(entries: readonly NoteFacts[], invoice: InvoiceBalance & { id: Id<"invoice"> }, now: UtcMs): true | string {
  // Voided, its orders are charged again elsewhere; a note that went on would give away what nobody owes.
  if (invoice.state === "issued" && notesOf(entries, invoice.id) > 0) return "Reverse its credit note first; then it can be voided.";
  return canDo("void", invoice, now);
}

/** What an invoice may still take; refused where the life cycle says so. */
function openFor({ entries, invoices }: Account, id: Id<"invoice">, type: "pay" | "apply-credit" | "credit-note", now: UtcMs): Result<Cents, LedgerRefusal> {
  const invoice = invoices.get(id);
  if (!invoice) return err({ kind: "not-found" });
  const balance = { ...invoice, applied: appliedTo(entries, id) };
  const allowed = canDo(type, balance, now);
  return allowed === true ? ok(balanceOf(balance)) : err({ kind: "not-allowed", message: allowed });
}

function livingSource(entries: readonly LedgerEntry[], id: Id<"entry">): Result<LedgerEntry, LedgerRefusal> {
  const source = entries.find((entry) => entry.id === id && isSource(entry));
  if (!source) return err({ kind: "not-found" });
  return isReversed(entries, id) ? err({ kind: "reversed" }) : ok(source);
}

/** What a source has on each invoice, in the order in which it came there. */
function invoicesOf(entries: readonly LedgerEntry[], sourceId: Id<"entry">): Map<Id<"invoice">, number> {
  const there = new Map<Id<"invoice">, number>();
  for (const entry of entries) if (entry.sourceId === sourceId && entry.invoiceId) there.set(entry.invoiceId, (there.get(entry.invoiceId) ?? 0) + entry.amount);
  return new Map([...there].filter(([, amount]) => amount > 0));
}

/** What may still be credited on an invoice: all its notes together never give more than it asked for. */
const notableOn = ({ entries, invoices }: Account, id: Id<"invoice">): Cents => toCents((invoices.get(id)?.total ?? 0) - notesOf(entries, id));

/** What an invoice's living credit notes come to. */
function notesOf(entries: readonly NoteFacts[], invoiceId: Id<"invoice">): Cents {
  const notes = entries.filter(({ kind, forInvoice, id }) => kind === "credit-note" && forInvoice === invoiceId && !isReversed(entries, id));
  return sum(notes);
}

/** What a refusal says to the person who asked. */
export function ledgerRefusalMessage(refusal: LedgerRefusal, money: (amount: Cents) => string): string {
  switch (refusal.kind) {
    case "not-found":
      return "That is not there any more. Reload the page.";
    case "bad-amount":
      return "Type an amount above zero.";
    case "no-reason":
      return "Say why: it stays on the account for good.";
    case "not-allowed":
      return refusal.message;
    case "too-much":
      return `That is too much: ${money(refusal.most)} at most.`;
    case "no-credit":
      return "This customer has no credit left.";
    case "reversed":
      return "It was reversed already.";
    case "refunded":
      return "Some of it was refunded, so it cannot be reversed.";
    case "counts":
      return "It counts already.";
    case "known":
      return "This is recorded already.";
    case "id-taken":
      return "This form was recorded already with other figures. Reload the page.";
  }
}
