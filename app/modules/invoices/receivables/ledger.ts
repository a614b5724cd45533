import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { balanceOf, canDo, type InvoiceBalance } from "../invoice";
import { surplusToConfirm } from "./surplus";

export const methods = ["cash", "check", "ach", "card"] as const;
export type Method = (typeof methods)[number];
export const methodLabels: Record<Method, string> = { cash: "Cash", check: "Check", ach: "ACH transfer", card: "Card terminal" };

/**
 * A customer's account is an append-only list of entries. Money comes in by a source (payment, credit or credit note),
 * is applied to invoices by allocations and unapplied by releases, and leaves by refunds and reversals. A reinstatement
 * undoes a reversal.
 * `amount` is signed: a source's entries sum to its value, an invoice's entries to the amount applied to it.
 */
export type LedgerEntry = {
  id: Id<"entry">;
  kind: "payment" | "credit" | "credit-note" | "allocation" | "release" | "refund" | "reversal" | "reinstatement";
  /** The payment, credit or credit note; a source refers to itself. */
  sourceId: Id<"entry">;
  /** Set on allocations and releases. */
  invoiceId: Id<"invoice"> | null;
  /** The invoice a payment was meant for, or a credit note corrects. */
  forInvoice: Id<"invoice"> | null;
  amount: Cents;
  method: Method | null;
  reference: string | null;
  /** Calendar day of a payment or refund. */
  day: string | null;
  why: string | null;
  at: UtcMs;
};

export type Account = { entries: readonly LedgerEntry[]; invoices: ReadonlyMap<Id<"invoice">, Omit<InvoiceBalance, "applied">> };

type Money = { amount: Cents; method: Method; reference: string | null; day: string };
export type LedgerCommand =
  /**
   * A payment for an invoice, or a deposit. What the invoice doesn't need becomes credit. A surplus that is far more than
   * usual must be `confirmed`, as the page showed it.
   */
  | ({ intent: "pay"; id: Id<"entry">; invoiceId: Id<"invoice"> | null; confirmed?: Cents | null } & Money)
  | { intent: "give-credit"; id: Id<"entry">; amount: Cents; why: string }
  /** Reduces an issued invoice: off its balance first, the rest is credit. */
  | { intent: "credit-note"; id: Id<"entry">; invoiceId: Id<"invoice">; amount: Cents; why: string }
  /** Applies unapplied money of one source to an invoice. */
  | { intent: "allocate"; id: Id<"entry">; sourceId: Id<"entry">; invoiceId: Id<"invoice">; amount: Cents }
  /** Applies unapplied money to an invoice, oldest first, as much as it needs. */
  | { intent: "apply-credit"; invoiceId: Id<"invoice"> }
  /** Unapplies a source's money from an invoice; it becomes credit. */
  | { intent: "release"; sourceId: Id<"entry">; invoiceId: Id<"invoice">; why: string }
  /** Refunds up to the whole of a payment, applied or not; of a credit or credit note only what is unapplied. */
  | ({ intent: "refund"; id: Id<"entry">; sourceId: Id<"entry">; why: string } & Money)
  /** Cancels a source, such as a bounced check or a mistyped amount. */
  | { intent: "reverse"; sourceId: Id<"entry">; why: string }
  /** Undoes a reversal: the source counts again, on its own invoice as far as that is open. */
  | { intent: "reinstate"; sourceId: Id<"entry">; why: string };

export type LedgerRefusal =
  | { kind: "not-found" }
  | { kind: "bad-amount" }
  | { kind: "no-reason" }
  | { kind: "not-allowed"; message: string }
  | { kind: "too-much"; most: Cents }
  /** A payment far above what is open, which nobody confirmed. */
  | { kind: "surplus"; surplus: Cents }
  | { kind: "no-credit" }
  | { kind: "reversed" }
  | { kind: "refunded" }
  /** The source isn't reversed. */
  | { kind: "counts" }
  /** The same command was saved before; nothing to do. */
  | { kind: "known" }
  /** A different command has this id: the form is from an outdated page. */
  | { kind: "id-taken" };

type Decided = Result<readonly LedgerEntry[], LedgerRefusal>;
type IdSource = () => Id<"entry">;

const sum = (entries: readonly Pick<LedgerEntry, "amount">[]): Cents => toCents(entries.reduce((total, { amount }) => total + amount, 0));
const isSource = ({ id, sourceId }: LedgerEntry): boolean => id === sourceId;

/** The amount applied to an invoice. */
export const appliedTo = (entries: readonly LedgerEntry[], invoiceId: Id<"invoice">): Cents => sum(entries.filter((entry) => entry.invoiceId === invoiceId));

/** The amount a source has on one invoice. */
const onInvoice = (entries: readonly LedgerEntry[], sourceId: Id<"entry">, invoiceId: Id<"invoice">): Cents =>
  sum(entries.filter((entry) => entry.sourceId === sourceId && entry.invoiceId === invoiceId));

/** A source's unapplied amount that wasn't refunded. */
export function freeOf(entries: readonly LedgerEntry[], sourceId: Id<"entry">): Cents {
  const its = entries.filter((entry) => entry.sourceId === sourceId);
  return toCents(sum(its.filter(({ invoiceId }) => invoiceId === null)) - sum(its.filter(({ invoiceId }) => invoiceId !== null)));
}

/** The customer's credit: all unapplied money. */
export const creditOf = (entries: readonly LedgerEntry[]): Cents =>
  toCents(entries.reduce((total, { invoiceId, amount }) => total + (invoiceId === null ? amount : -amount), 0));

/** Whether a source is reversed, and the reversal wasn't undone since. */
export function isReversed(entries: readonly Pick<LedgerEntry, "kind" | "sourceId">[], sourceId: Id<"entry">): boolean {
  const of = (kind: LedgerEntry["kind"]) => entries.filter((entry) => entry.kind === kind && entry.sourceId === sourceId).length;
  return of("reversal") > of("reinstatement");
}

/** The entries a command adds to a customer's account, or the refusal. */
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
      const open = command.invoiceId === null ? ok(null) : openFor(account, command.invoiceId, "pay", now);
      if (!open.ok) return open;
      const surplus = surplusToConfirm(command.amount, open.value);
      if (surplus !== null && surplus !== command.confirmed) return err({ kind: "surplus", surplus });
      return ok(
        command.invoiceId === null || open.value === null
          ? [payment]
          : [payment, ...allocation(command.id, command.invoiceId, Math.min(command.amount, open.value))],
      );
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
      // Unapplied from its own invoice, it would be credit for a charge that is still due.
      if (amount > 0 && entries.some(({ id, kind, forInvoice }) => id === command.sourceId && kind === "credit-note" && forInvoice === command.invoiceId))
        return err({ kind: "not-allowed", message: "A credit note stays with the invoice it corrects. Reverse it instead." });
      return amount <= 0 ? err({ kind: "not-found" }) : ok([release(command.sourceId, command.invoiceId, amount, command.why)]);
    }
    case "refund": {
      const source = livingSource(entries, command.sourceId);
      if (!source.ok) return source;
      const own = entries.filter(({ sourceId, invoiceId }) => sourceId === command.sourceId && invoiceId === null);
      // A credit applied to an invoice pays for it, and can't be turned into cash by reopening that invoice.
      const most = source.value.kind === "payment" ? sum(own) : freeOf(entries, command.sourceId);
      if (command.amount > most) return err({ kind: "too-much", most });
      const { sourceId, amount, why } = command;
      // Unapplied money goes first, then the latest allocation.
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
        // Another credit note may have replaced it.
        const most = notableOn(account, forInvoice);
        if (amount > most) return err({ kind: "too-much", most });
        return ok([again, ...allocation(sourceId, forInvoice, Math.min(amount, open.value))]);
      }
      // Its invoice may be paid or void by now; then it is credit.
      const open = openFor(account, forInvoice, "pay", now);
      return ok([again, ...(open.ok ? allocation(sourceId, forInvoice, Math.min(amount, open.value)) : [])]);
    }
  }
}

/** The entry with the command's id. */
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
const isSame = (a: LedgerEntry, b: LedgerEntry): boolean => (Object.keys(a) as (keyof LedgerEntry)[]).every((name) => a[name] === b[name]); // keys of the entry

type NoteFacts = Pick<LedgerEntry, "id" | "kind" | "sourceId" | "forInvoice" | "amount">;

/** True, or why an invoice can't be voided. Besides its status this depends on the ledger. */
export function canVoid(entries: readonly NoteFacts[], invoice: InvoiceBalance & { id: Id<"invoice"> }, now: UtcMs): true | string {
  // A voided invoice's orders are charged again elsewhere, so a credit note for it would give money away.
  if (invoice.state === "issued" && notesOf(entries, invoice.id) > 0) return "Reverse its credit note first, then void the invoice.";
  return canDo("void", invoice, now);
}

/** The amount an invoice still needs, or the refusal of its status. */
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

/** A source's amount on each invoice, in order of allocation. */
function invoicesOf(entries: readonly LedgerEntry[], sourceId: Id<"entry">): Map<Id<"invoice">, number> {
  const there = new Map<Id<"invoice">, number>();
  for (const entry of entries) if (entry.sourceId === sourceId && entry.invoiceId) there.set(entry.invoiceId, (there.get(entry.invoiceId) ?? 0) + entry.amount);
  return new Map([...there].filter(([, amount]) => amount > 0));
}

/** The amount that can still be credited: all credit notes together never exceed the invoice. */
const notableOn = ({ entries, invoices }: Account, id: Id<"invoice">): Cents => toCents((invoices.get(id)?.total ?? 0) - notesOf(entries, id));

/** Sum of an invoice's credit notes that aren't reversed. */
function notesOf(entries: readonly NoteFacts[], invoiceId: Id<"invoice">): Cents {
  const notes = entries.filter(({ kind, forInvoice, id }) => kind === "credit-note" && forInvoice === invoiceId && !isReversed(entries, id));
  return sum(notes);
}

/** The message of a refusal. */
export function ledgerRefusalMessage(refusal: LedgerRefusal, money: (amount: Cents) => string): string {
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
    case "surplus":
      return `This is ${money(refusal.surplus)} more than is open. Record it anyway?`;
    case "no-credit":
      return "This customer has no credit left.";
    case "reversed":
      return "This was already reversed.";
    case "refunded":
      return "Some of it was refunded, so it can't be reversed.";
    case "counts":
      return "This isn't reversed, so there's nothing to undo.";
    case "known":
      return "This is already recorded.";
    case "id-taken":
      return "This form was already saved with different figures. Reload the page.";
  }
}
