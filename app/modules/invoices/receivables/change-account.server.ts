import type { EventOf } from "~/kernel/events";
import { type Id, newId } from "~/kernel/ids";
import { err, never, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoiceJournal } from "../invoice.journal";
import { invoiceStore } from "../invoice.store.server";
import { decideLedger, type LedgerCommand, type LedgerRefusal } from "./ledger";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type AccountRefusal = LedgerRefusal | { kind: "stale" };

const OF_A_CORE = "This was the credit for a core, which is out again since the reversal. Record the core's return on its invoice.";

/**
 * Runs one command on a customer's account. Concurrent commands are decided one after the other; the same payment
 * submitted twice is one.
 */
export async function changeAccount(s: Needs, customerId: Id<"customer">, command: LedgerCommand): Promise<Result<null, AccountRefusal>> {
  const store = invoiceStore(s.db);
  // Only a return gives a core's credit, so that cores out and credits stay consistent.
  if (command.intent === "reinstate" && (await store.isOfCore(command.sourceId))) return err({ kind: "not-allowed", message: OF_A_CORE });
  const about = "invoiceId" in command && command.invoiceId ? [command.invoiceId] : [];
  const changed = await changeRecord({
    clock: s.clock,
    load: () => store.account(customerId, about, command.intent === "reinstate" ? command.sourceId : null),
    decide: ({ account }, now) => decideLedger(account, command, now, () => newId("entry", now)),
    save: ({ version }, entries, now) => store.add(customerId, version, entries, eventOf(command), now),
  });
  if (!changed.ok && changed.error.kind !== "known") return err(changed.error);
  return ok(null);
}

function eventOf(command: LedgerCommand): EventOf<typeof invoiceJournal> {
  switch (command.intent) {
    case "pay":
      return invoiceJournal.of("payment.recorded", bodyOf(command));
    case "give-credit":
      return invoiceJournal.of("credit.given", bodyOf(command));
    case "credit-note":
      return invoiceJournal.of("credit-note.written", bodyOf(command));
    case "allocate":
    case "apply-credit":
      return invoiceJournal.of("credit.used", bodyOf(command));
    case "release":
      return invoiceJournal.of("credit.unapplied", bodyOf(command));
    case "refund":
      return invoiceJournal.of("refund.recorded", bodyOf(command));
    case "reverse":
      return invoiceJournal.of("payment.reversed", bodyOf(command));
    case "reinstate":
      return invoiceJournal.of("reversal.undone", bodyOf(command));
    default:
      return never(command);
  }
}

const bodyOf = <C extends LedgerCommand>({ intent: _, ...body }: C): Omit<C, "intent"> => body;
