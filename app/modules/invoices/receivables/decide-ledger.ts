import type { Id } from "~/kernel/ids";
import { sumCents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { applyInTurn } from "./apply-in-turn";
import { decideCorrection } from "./decide-correction";
import { decideLeft, decideRefund, livingSource } from "./decide-refund";
import { doubtfulAbout } from "./doubts";
import { type Account, creditableOn, isCorrected, isRefunded, isReversed, isSource, type LedgerEntry, onInvoice, spendableOf } from "./ledger";
import type { LedgerCommand, LedgerRefusal } from "./ledger-command";
import { firstShares, newEntries, type When } from "./new-entries";
import { openFor, sharesOf } from "./open-invoices";
import { isRepeated } from "./repeated-command";

/** Square's own account would disagree with ours, so only Square changes these; but for a refund that Square could not make. */
const MADE_BY_HAND: LedgerCommand["intent"][] = ["refund", "correct", "remove", "reverse"];
const OF_SQUARE = "This came through Square. Refund it through Square, by the form at the payment.";

type Decided = Result<readonly LedgerEntry[], LedgerRefusal>;

/** The entries a command adds to a customer's account, or the refusal. */
export function decideLedger(account: Account, command: LedgerCommand, when: When, nextId: () => Id<"entry">): Decided {
  const { entries } = account;
  if ("amount" in command && command.amount <= 0) return err({ kind: "bad-amount" });
  if ("why" in command && command.why === "") return err({ kind: "no-reason" });
  if ("id" in command) {
    const there = entries.find(({ id }) => id === command.id);
    if (there) return err({ kind: isRepeated(command, there, entries) ? "known" : "id-taken" });
  }
  const make = newEntries(when, nextId);
  const { bare, allocation } = make;
  const { now } = when;

  const entryId = "sourceId" in command ? command.sourceId : "entryId" in command ? command.entryId : null;
  const byHand = command.intent === "refund" ? (account.byHand ?? OF_SQUARE) : OF_SQUARE;
  if (byHand !== true && MADE_BY_HAND.includes(command.intent) && entries.some(({ id, method }) => id === entryId && method === "square"))
    return err({ kind: "not-allowed", message: byHand });

  switch (command.intent) {
    case "receive": {
      const payment = make.payment(command);
      return ok([payment, ...applyInTurn({ ...account, entries: [...entries, payment] }, command.id, command.on, make)]);
    }
    case "give-back":
      return decideLeft(account, "refund", command, make);
    case "charge-back":
      return decideLeft(account, "chargeback", command, make);
    case "pay": {
      const shares = sharesOf(account, command.on, command.amount, now);
      if (!shares.ok) return shares;
      const open = command.on.length === 0 ? null : sumCents(shares.value.map((share) => share.open));
      return (
        doubtfulAbout("payment", command, account, open) ??
        ok([make.payment(command), ...shares.value.flatMap(({ invoiceId, amount }) => allocation(command.id, invoiceId, amount))])
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
      const most = toCents(Math.min(spendableOf(account, sourceId), open.value));
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
          const taken = Math.min(spendableOf(account, id), needed);
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
      return amount <= 0 ? err({ kind: "not-found" }) : ok([make.release(command.sourceId, command.invoiceId, amount, command.why)]);
    }
    case "refund": {
      const refunded = decideRefund(account, command, make);
      return refunded.ok ? (doubtfulAbout("refund", command, account, null) ?? refunded) : refunded;
    }
    case "correct":
    case "remove":
      return decideCorrection(account, command, make);
    case "reverse": {
      const source = livingSource(entries, command.sourceId);
      if (!source.ok) return source;
      if (isRefunded(entries, command.sourceId)) return err({ kind: "refunded" });
      const { sourceId, why } = command;
      const reversal: LedgerEntry = { ...bare, id: nextId(), kind: "reversal", sourceId, amount: toCents(-source.value.amount), why };
      return ok([...make.releaseAll(entries, sourceId, why), reversal]);
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
      return ok([again, ...applyInTurn({ ...account, entries: [...entries, again] }, sourceId, wanted, make)]);
    }
  }
}
