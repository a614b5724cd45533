import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { balanceOf, canDo, invoiceNumber } from "../invoice";
import { doubtKey, doubtsAbout } from "./doubts";
import {
  type Account,
  appliedTo,
  creditableOn,
  freeOf,
  invoicesOf,
  isCorrected,
  isRefunded,
  isReversed,
  isSource,
  type LedgerEntry,
  type Money,
  onInvoice,
  worthOf,
} from "./ledger";
import type { LedgerCommand, LedgerRefusal, Share } from "./ledger-command";

type Decided = Result<readonly LedgerEntry[], LedgerRefusal>;
/** The instant and the shop's calendar day. */
type When = { now: UtcMs; today: string };

/** The entries a command adds to a customer's account, or the refusal. */
export function decideLedger(account: Account, command: LedgerCommand, { now, today }: When, nextId: () => Id<"entry">): Decided {
  const { entries } = account;
  if ("amount" in command && command.amount <= 0) return err({ kind: "bad-amount" });
  if ("why" in command && command.why === "") return err({ kind: "no-reason" });
  if ("id" in command) {
    const there = entries.find(({ id }) => id === command.id);
    if (there) return err({ kind: isRepeated(command, there, entries) ? "known" : "id-taken" });
  }
  const bare = { ...blank, at: now, day: today };
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
  const releaseAll = (sourceId: Id<"entry">, why: string): LedgerEntry[] =>
    [...invoicesOf(entries, sourceId)].map(([invoiceId, amount]) => release(sourceId, invoiceId, amount, why));
  const correction = (wrong: LedgerEntry, why: string): LedgerEntry => ({
    ...bare,
    id: nextId(),
    kind: "correction",
    sourceId: wrong.sourceId,
    corrects: wrong.id,
    amount: toCents(-wrong.amount),
    day: wrong.day,
    why,
  });
  /** Applies a source to invoices in turn, each as far as it is open, until it is used up. */
  const applyInTurn = (to: Account, sourceId: Id<"entry">, wanted: readonly { invoiceId: Id<"invoice">; amount: Cents }[]): LedgerEntry[] => {
    let left: number = freeOf(to.entries, sourceId);
    const taken = new Map<Id<"invoice">, number>();
    for (const { invoiceId, amount } of wanted) {
      const there = taken.get(invoiceId) ?? 0;
      const more = Math.min(amount, openOn(to, invoiceId, now) - there, left);
      left -= more;
      taken.set(invoiceId, there + more);
    }
    return [...taken].flatMap(([invoiceId, amount]) => allocation(sourceId, invoiceId, amount));
  };
  const refund = (to: Account, sourceId: Id<"entry">, asked: Money & { id: Id<"entry">; why: string }): Decided => {
    const source = livingSource(to.entries, sourceId);
    if (!source.ok) return source;
    // A credit applied to an invoice pays for it, and can't be turned into cash by reopening that invoice.
    const most = source.value.kind === "payment" ? worthOf(to.entries, sourceId) : freeOf(to.entries, sourceId);
    if (asked.amount > most) return err({ kind: "too-much", most });
    // Unapplied money goes first, then the latest allocation.
    let missing = asked.amount - freeOf(to.entries, sourceId);
    const taken = [...invoicesOf(to.entries, sourceId)].reverse().flatMap(([invoiceId, there]) => {
      const back = Math.max(0, Math.min(there, missing));
      missing -= back;
      return back > 0 ? [release(sourceId, invoiceId, back, asked.why)] : [];
    });
    return ok([...taken, refundEntry(asked, sourceId, now)]);
  };

  const byProvider = "sourceId" in command ? command.sourceId : "entryId" in command ? command.entryId : null;
  if (byProvider && MADE_BY_HAND.includes(command.intent) && entries.some(({ id, method }) => id === byProvider && method === "square"))
    return err({ kind: "not-allowed", message: OF_SQUARE });

  switch (command.intent) {
    case "receive": {
      const payment = paymentEntry(command, now);
      return ok([payment, ...applyInTurn({ ...account, entries: [...entries, payment] }, command.id, command.on)]);
    }
    case "give-back":
      return refund(account, command.sourceId, command);
    case "pay": {
      const shares = sharesOf(account, command.on, command.amount, now);
      if (!shares.ok) return shares;
      const open = command.on.length === 0 ? null : sumCents(shares.value.map((share) => share.open));
      return (
        doubtfulAbout("payment", command, account, open) ??
        ok([paymentEntry(command, now), ...shares.value.flatMap(({ invoiceId, amount }) => allocation(command.id, invoiceId, amount))])
      );
    }
    case "give-credit":
      return ok([{ ...bare, id: command.id, kind: "credit", sourceId: command.id, amount: command.amount, why: command.why }]);
    case "credit-note": {
      const { id, invoiceId, amount, why } = command;
      const open = openFor(account, invoiceId, "credit-note", now);
      if (!open.ok) return open;
      const most = creditableOn(account, invoiceId);
      if (amount > most) return err({ kind: "too-much", most });
      const note: LedgerEntry = { ...bare, id, kind: "credit-note", sourceId: id, forInvoice: invoiceId, amount, why };
      return ok([note, ...allocation(id, invoiceId, Math.min(amount, open.value))]);
    }
    case "allocate": {
      const { id, sourceId, invoiceId, amount } = command;
      const source = livingSource(entries, sourceId);
      if (!source.ok) return source;
      const open = openFor(account, invoiceId, "apply-credit", now);
      if (!open.ok) return open;
      const most = toCents(Math.min(freeOf(entries, sourceId), open.value));
      return amount > most ? err({ kind: "too-much", most }) : ok([{ ...bare, id, kind: "allocation", sourceId, invoiceId, amount }]);
    }
    case "apply-credit":
    case "apply-deposits": {
      const open = openFor(account, command.invoiceId, "apply-credit", now);
      if (!open.ok) return open;
      const isMeant = ({ forEstimate }: LedgerEntry) => command.intent === "apply-credit" || (forEstimate !== null && command.estimates.includes(forEstimate));
      let needed: number = open.value;
      const added = entries
        .filter((entry) => isSource(entry) && isMeant(entry))
        .flatMap(({ id }) => {
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
      const refunded = refund(account, command.sourceId, command);
      return refunded.ok ? (doubtfulAbout("refund", command, account, null) ?? refunded) : refunded;
    }
    case "correct":
    case "remove": {
      const { why } = command;
      const wrong = entries.find(({ id, kind }) => id === command.entryId && (kind === "payment" || kind === "refund"));
      if (!wrong) return err({ kind: "not-found" });
      if (isCorrected(entries, wrong.id) || isReversed(entries, wrong.sourceId)) return err({ kind: "reversed" });
      if (wrong.kind === "payment" && isRefunded(entries, wrong.id)) return err({ kind: "refunded" });
      const canceled = [...(wrong.kind === "payment" ? releaseAll(wrong.id, why) : []), correction(wrong, why)];
      const without: Account = { ...account, entries: [...entries, ...canceled] };
      if (wrong.kind === "refund") {
        // What the refund had taken off invoices is applied to them again.
        const reapplied = applyInTurn(without, wrong.sourceId, takenBy(entries, wrong));
        if (command.intent === "remove") return ok([...canceled, ...reapplied]);
        const before = { ...without, entries: [...without.entries, ...reapplied] };
        const doubtful = doubtfulAbout("refund", command, before, null);
        if (doubtful) return doubtful;
        const refunded = refund(before, wrong.sourceId, command);
        return refunded.ok ? ok([...canceled, ...reapplied, ...refunded.value]) : refunded;
      }
      if (command.intent === "remove") return ok(canceled);
      const { forInvoice, forEstimate } = wrong;
      // As it was. Where all of it was applied, what it is more than it was goes to the same invoices, too.
      const was = [...invoicesOf(entries, wrong.id)].map(([invoiceId, amount]) => ({ invoiceId, amount }));
      const more = toCents(Math.max(0, command.amount - wrong.amount));
      const grown = freeOf(entries, wrong.id) > 0 ? [] : was.map(({ invoiceId }) => ({ invoiceId, amount: more }));
      const all = [...was, ...grown];
      const ids = was.map(({ invoiceId }) => invoiceId);
      const open = ids.length === 0 ? null : sumCents(ids.map((id) => openOn(without, id, now)));
      const doubtful = doubtfulAbout("payment", command, without, open);
      if (doubtful) return doubtful;
      const payment = { ...paymentEntry({ ...command, on: [], forEstimate }, now), forInvoice };
      const to = { ...without, entries: [...without.entries, payment] };
      return ok([...canceled, payment, ...applyInTurn(to, payment.id, all)]);
    }
    case "reverse": {
      const source = livingSource(entries, command.sourceId);
      if (!source.ok) return source;
      if (isRefunded(entries, command.sourceId)) return err({ kind: "refunded" });
      const { sourceId, why } = command;
      const reversal: LedgerEntry = { ...bare, id: nextId(), kind: "reversal", sourceId, amount: toCents(-source.value.amount), why };
      return ok([...releaseAll(sourceId, why), reversal]);
    }
    case "reinstate": {
      const source = entries.find((entry) => entry.id === command.sourceId && isSource(entry));
      if (!source) return err({ kind: "not-found" });
      if (!isReversed(entries, command.sourceId) || isCorrected(entries, command.sourceId)) return err({ kind: "counts" });
      const { id: sourceId, amount, kind, forInvoice } = source;
      const again: LedgerEntry = { ...bare, id: nextId(), kind: "reinstatement", sourceId, amount, why: command.why };
      if (kind === "credit-note" && forInvoice !== null) {
        const open = openFor(account, forInvoice, "credit-note", now);
        if (!open.ok) return open;
        // Another credit note may have replaced it.
        const most = creditableOn(account, forInvoice);
        if (amount > most) return err({ kind: "too-much", most });
        return ok([again, ...allocation(sourceId, forInvoice, Math.min(amount, open.value))]);
      }
      // Its invoices may be paid or void by now; then it is credit.
      const wanted = forInvoice === null ? firstShares(entries, source) : [{ invoiceId: forInvoice, amount }];
      return ok([again, ...applyInTurn({ ...account, entries: [...entries, again] }, sourceId, wanted)]);
    }
  }
}

/** Square's own account would disagree with ours, so only Square's word changes these. */
const MADE_BY_HAND: LedgerCommand["intent"][] = ["refund", "correct", "remove", "reverse"];
const OF_SQUARE = "This came through Square. Refund it in Square's dashboard; it shows here within a minute.";

const blank = { invoiceId: null, forInvoice: null, forEstimate: null, corrects: null, method: null, reference: null, why: null };

/** The refusal of money that is doubtful and was not confirmed, or null. */
function doubtfulAbout(kind: "payment" | "refund", money: Money & { confirmed?: string | null }, account: Account, open: Cents | null) {
  const doubts = doubtsAbout(kind, money, account, open);
  return doubts.length > 0 && doubtKey(doubts) !== money.confirmed ? err({ kind: "doubtful" as const, doubts }) : null;
}

type Payment = Money & { id: Id<"entry">; on: readonly Share[]; forEstimate?: Id<"estimate"> | null };
function paymentEntry({ id, on, forEstimate = null, amount, method, reference, day }: Payment, at: UtcMs): LedgerEntry {
  const forInvoice = on.length === 1 ? (on[0]?.invoiceId ?? null) : null;
  return { ...blank, id, kind: "payment", sourceId: id, forInvoice, forEstimate, amount, method, reference, day, at };
}

function refundEntry({ id, amount, method, reference, day, why }: Money & { id: Id<"entry">; why: string }, sourceId: Id<"entry">, at: UtcMs): LedgerEntry {
  return { ...blank, id, kind: "refund", sourceId, amount: toCents(-amount), method, reference, day, why, at };
}

/** Whether this command made the entry that has its id. */
function isRepeated(command: Extract<LedgerCommand, { id: Id<"entry"> }>, there: LedgerEntry, entries: readonly LedgerEntry[]): boolean {
  const isMoney = (money: Money, kind: "payment" | "refund") =>
    there.kind === kind &&
    Math.abs(there.amount) === money.amount &&
    there.method === money.method &&
    there.reference === money.reference &&
    there.day === money.day;
  switch (command.intent) {
    case "pay": {
      const made = firstShares(entries, there);
      const isOn = ({ invoiceId, amount }: Share) => amount === null || made.some((one) => one.invoiceId === invoiceId && one.amount === amount);
      return (
        isMoney(command, "payment") &&
        there.forInvoice === (command.on.length === 1 ? command.on[0]?.invoiceId : null) &&
        there.forEstimate === (command.forEstimate ?? null) &&
        command.on.every(isOn) &&
        made.every((one) => command.on.some(({ invoiceId }) => invoiceId === one.invoiceId))
      );
    }
    case "receive":
      return isMoney(command, "payment") && there.forEstimate === command.forEstimate;
    case "give-back":
      return isMoney(command, "refund") && there.sourceId === command.sourceId;
    case "give-credit":
      return there.kind === "credit" && there.amount === command.amount && there.why === command.why;
    case "credit-note":
      return there.kind === "credit-note" && there.amount === command.amount && there.why === command.why && there.forInvoice === command.invoiceId;
    case "allocate":
      return there.kind === "allocation" && there.sourceId === command.sourceId && there.invoiceId === command.invoiceId && there.amount === command.amount;
    case "refund":
      return isMoney(command, "refund") && there.sourceId === command.sourceId && there.why === command.why;
    case "correct":
      return isCorrected(entries, command.entryId) && (isMoney(command, "payment") || (isMoney(command, "refund") && there.why === command.why));
  }
}

/** The invoices that a payment was recorded on, with their amounts. */
const firstShares = (entries: readonly LedgerEntry[], { id, at }: LedgerEntry): { invoiceId: Id<"invoice">; amount: Cents }[] =>
  entries.flatMap((entry) =>
    entry.kind === "allocation" && entry.sourceId === id && entry.at === at && entry.invoiceId ? [{ invoiceId: entry.invoiceId, amount: entry.amount }] : [],
  );

/** What a refund took off invoices: the releases right before it, the first of them taken last. */
function takenBy(entries: readonly LedgerEntry[], refund: LedgerEntry): { invoiceId: Id<"invoice">; amount: Cents }[] {
  const taken: { invoiceId: Id<"invoice">; amount: Cents }[] = [];
  for (let at = entries.indexOf(refund) - 1; at >= 0; at--) {
    const entry = entries[at];
    if (entry?.kind !== "release" || entry.sourceId !== refund.sourceId || entry.at !== refund.at || entry.why !== refund.why || !entry.invoiceId) break;
    taken.push({ invoiceId: entry.invoiceId, amount: toCents(-entry.amount) });
  }
  return taken;
}

/** What each invoice gets of a payment, and what it needs; in their order, as far as the payment reaches. */
function sharesOf(
  account: Account,
  on: readonly Share[],
  amount: Cents,
  now: UtcMs,
): Result<{ invoiceId: Id<"invoice">; amount: number; open: Cents }[], LedgerRefusal> {
  const allocated = sumCents(on.map((share) => share.amount ?? toCents(0)));
  if (allocated > amount) return err({ kind: "over-allocated", allocated, amount });
  let left = amount - allocated;
  const named = (message: string, id: Id<"invoice">) => ({
    kind: "not-allowed" as const,
    message: `${invoiceNumber(account.invoices.get(id)?.number ?? null)}: ${message}`,
  });
  const shares: { invoiceId: Id<"invoice">; amount: number; open: Cents }[] = [];
  for (const share of on) {
    const { invoiceId } = share;
    const open = openFor(account, invoiceId, "pay", now);
    if (!open.ok) return on.length > 1 && open.error.kind === "not-allowed" ? err(named(open.error.message, invoiceId)) : open;
    if (share.amount !== null && share.amount > open.value)
      return err({ kind: "too-much-on", invoiceId, number: account.invoices.get(invoiceId)?.number ?? null, most: open.value });
    const taken = share.amount ?? Math.min(open.value, left);
    if (share.amount === null) left -= taken;
    shares.push({ invoiceId, amount: taken, open: open.value });
  }
  return ok(shares);
}

/** The amount an invoice still needs, or the refusal of its status. */
function openFor({ entries, invoices }: Account, id: Id<"invoice">, type: "pay" | "apply-credit" | "credit-note", now: UtcMs): Result<Cents, LedgerRefusal> {
  const invoice = invoices.get(id);
  if (!invoice) return err({ kind: "not-found" });
  const balance = { ...invoice, applied: appliedTo(entries, id) };
  const allowed = canDo(type, balance, now);
  return allowed === true ? ok(balanceOf(balance)) : err({ kind: "not-allowed", message: allowed });
}

const openOn = (account: Account, id: Id<"invoice">, now: UtcMs): Cents => {
  const open = openFor(account, id, "pay", now);
  return open.ok ? open.value : toCents(0);
};

function livingSource(entries: readonly LedgerEntry[], id: Id<"entry">): Result<LedgerEntry, LedgerRefusal> {
  const source = entries.find((entry) => entry.id === id && isSource(entry));
  if (!source) return err({ kind: "not-found" });
  return isReversed(entries, id) ? err({ kind: "reversed" }) : ok(source);
}
