import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import { type Id, newId } from "~/kernel/ids";
import { err, never, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf, type UtcMs } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { invoiceEffects } from "../invoice.effects";
import { invoiceJournal } from "../invoice.journal";
import { invoiceStore } from "../invoice.store.server";
import { accountStore } from "./account.store.server";
import { decideLedger } from "./decide-ledger";
import type { Account } from "./ledger";
import type { LedgerCommand, LedgerRefusal, ProviderCommand } from "./ledger-command";
import { type LedgerOutcome, outcomeOf } from "./ledger-messages";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type More = {
  /** The customer is mailed a receipt of a payment. */
  receipt?: boolean;
  /** Asked after the account was read, so that what it depends on can't change unnoticed. */
  byHand?(): Promise<NonNullable<Account["byHand"]>>;
};
export type AccountRefusal = LedgerRefusal | { kind: "stale" };

const OF_A_CORE = "This was the credit for a core, which is out again since the reversal. Record the core's return on its invoice.";

/**
 * Runs one command on a customer's account. Concurrent commands are decided one after the other; the same payment
 * submitted twice is one, and its second answer has no outcome.
 */
export async function changeAccount(
  s: Needs,
  customerId: Id<"customer">,
  command: LedgerCommand,
  { receipt = false, byHand }: More = {},
): Promise<Result<LedgerOutcome | null, AccountRefusal>> {
  const store = invoiceStore(s.db);
  // Only a return gives a core's credit, so that cores out and credits stay consistent.
  if (command.intent === "reinstate" && (await store.isOfCore(command.sourceId))) return err({ kind: "not-allowed", message: OF_A_CORE });
  if (command.intent === "pay" && command.forEstimate && !(await store.hasEstimate(customerId, command.forEstimate))) return err({ kind: "not-found" });
  const changed = await changeRecord({
    clock: s.clock,
    async load() {
      const found = await store.account(customerId, invoicesIn(command), entryIn(command));
      return found && byHand ? { ...found, account: { ...found.account, byHand: await byHand() } } : found;
    },
    decide: ({ account }, now) => decideLedger(account, command, { now, today: dayOf(now, s.db.scope.organization.zone) }, () => newId("entry", now)),
    async save({ account, version }, entries, now) {
      const saved = await store.add(customerId, version, entries, eventOf(command), now, { effects: receipt ? receiptOf(command) : [] });
      return saved.ok ? ok(outcomeOf(account, entries)) : saved;
    },
  });
  if (!changed.ok && changed.error.kind === "known") return ok(null);
  return changed;
}

/** What a provider's command is saved with, in one batch. */
type Along = { changes: readonly Statement[]; effects: readonly Effect[] };

/**
 * Puts what a payment provider did on a customer's account. Reported twice, it is there once, and the second answer has no
 * outcome. `along`: what else is saved with it, given what becomes of the money.
 */
export async function receiveFromProvider(
  s: { db: ScopedDatabase<"job"> | ScopedDatabase<"staff">; clock: Clock; zone: string },
  customerId: Id<"customer">,
  command: ProviderCommand,
  along: (outcome: LedgerOutcome, now: UtcMs) => Along,
): Promise<Result<LedgerOutcome | null, AccountRefusal>> {
  const store = accountStore(s.db, s.zone);
  const changed = await changeRecord({
    clock: s.clock,
    load: () =>
      store.account(
        customerId,
        command.intent === "receive" ? command.on.map(({ invoiceId }) => invoiceId) : [],
        "sourceId" in command ? command.sourceId : null,
      ),
    decide: ({ account }, now) => decideLedger(account, command, { now, today: dayOf(now, s.zone) }, () => newId("entry", now)),
    async save({ account, version }, entries, now) {
      const outcome = outcomeOf(account, entries);
      const saved = await store.add(customerId, version, entries, eventOf(command), now, along(outcome, now));
      return saved.ok ? ok(outcome) : saved;
    },
  });
  if (!changed.ok && changed.error.kind === "known") return ok(null);
  return changed;
}

const receiptOf = (command: LedgerCommand): Effect[] =>
  command.intent === "pay" ? [invoiceEffects.of("mail.receipt", `mail.receipt:${command.id}`, { entryId: command.id })] : [];
const invoicesIn = (command: LedgerCommand): Id<"invoice">[] =>
  command.intent === "pay" ? command.on.map(({ invoiceId }) => invoiceId) : "invoiceId" in command ? [command.invoiceId] : [];
/** The entry whose invoices the command may touch, too. */
const entryIn = (command: LedgerCommand): Id<"entry"> | null =>
  command.intent === "reinstate" ? command.sourceId : "entryId" in command ? command.entryId : null;

function eventOf(command: LedgerCommand): EventOf<typeof invoiceJournal> {
  switch (command.intent) {
    case "pay":
      return invoiceJournal.of("payment.recorded", bodyOf(command));
    case "receive":
      return invoiceJournal.of("payment.received", bodyOf(command));
    case "give-back":
      return invoiceJournal.of("refund.received", bodyOf(command));
    case "charge-back":
      return invoiceJournal.of("chargeback.received", bodyOf(command));
    case "give-credit":
      return invoiceJournal.of("credit.given", bodyOf(command));
    case "credit-note":
      return invoiceJournal.of("credit-note.written", bodyOf(command));
    case "allocate":
    case "apply-credit":
      return invoiceJournal.of("credit.used", bodyOf(command));
    case "apply-deposits":
      return invoiceJournal.of("deposit.applied", bodyOf(command));
    case "release":
      return invoiceJournal.of("credit.unapplied", bodyOf(command));
    case "refund":
      return invoiceJournal.of("refund.recorded", bodyOf(command));
    case "correct":
      return invoiceJournal.of("entry.corrected", bodyOf(command));
    case "remove":
      return invoiceJournal.of("entry.removed", bodyOf(command));
    case "reverse":
      return invoiceJournal.of("payment.reversed", bodyOf(command));
    case "reinstate":
      return invoiceJournal.of("reversal.undone", bodyOf(command));
    default:
      return never(command);
  }
}

const bodyOf = <C extends LedgerCommand>({ intent: _, ...body }: C): Omit<C, "intent"> => body;
