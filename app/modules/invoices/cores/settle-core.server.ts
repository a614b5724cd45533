import { type Id, newId } from "~/kernel/ids";
import { quantityText } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoiceJournal } from "../invoice.journal";
import { invoiceStore } from "../invoice.store.server";
import { decideLedger } from "../receivables/decide-ledger";
import type { LedgerEntry } from "../receivables/ledger";
import type { LedgerRefusal } from "../receivables/ledger-command";
import { type Core, type CoreCommand, type CoreRefusal, type CoreReturn, decideCore } from "./core";
import { findCores } from "./core.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type SettleRefusal = Exclude<CoreRefusal, { kind: "known" }> | { kind: "not-credited"; why: LedgerRefusal } | { kind: "stale" };

const eventOf = { credited: "core.returned", forfeited: "core.forfeited", reopened: "core.forfeit-undone" } as const;

type Settlement = { core: Core; settled: Omit<CoreReturn, "at" | "creditNote">; creditNote: Id<"entry"> | null; entries: readonly LedgerEntry[] };

/**
 * Records a return, a forfeit or its undo. A returned core is credited by a credit note for its charged price, so that
 * balance, statement and credit follow the account's rules. A form submitted twice is saved once.
 */
export async function settleCore(s: Needs, invoiceId: Id<"invoice">, command: CoreCommand): Promise<Result<null, SettleRefusal>> {
  const store = invoiceStore(s.db);
  const changed = await changeRecord({
    clock: s.clock,
    async load() {
      const invoice = await store.find(invoiceId);
      // Read the account's version before the returns, because each return increases it.
      const found = invoice && (await store.account(invoice.customerId, [invoiceId]));
      const state = found?.account.invoices.get(invoiceId)?.state;
      return invoice && found && state ? { ...found, invoice, state } : null;
    },
    async decide({ invoice, state, account }, now): Promise<Result<Settlement, CoreRefusal | SettleRefusal>> {
      const decided = decideCore({ state, ...(await findCores(s.db, invoice)) }, command);
      if (!decided.ok) return decided;
      const { core, settled } = decided.value;
      const { credited, quantity } = settled;
      const nextId = () => newId("entry", now);
      // The share of a very small charge may round to zero; then there is nothing to credit.
      const creditNote = credited > 0 ? nextId() : null;
      const entries = creditNote
        ? decideLedger(
            account,
            { intent: "credit-note", id: creditNote, invoiceId, amount: credited, why: `Core returned: ${quantityText(quantity)} × ${core.text}` },
            { now, today: dayOf(now, s.db.scope.organization.zone) },
            nextId,
          )
        : ok([]);
      return entries.ok ? ok({ core, settled, creditNote, entries: entries.value }) : err({ kind: "not-credited", why: entries.error });
    },
    save({ invoice, version }, { core, settled, creditNote, entries }, now) {
      const { credited, quantity, outcome, why } = settled;
      const event = invoiceJournal.of(eventOf[outcome], { invoice: invoiceId, line: core.lineId, core: core.text, quantity, credited, creditNote, why });
      return store.add(invoice.customerId, version, entries, event, now, { core: { invoiceId, row: { ...settled, creditNote, at: now } } });
    },
  });
  if (!changed.ok && changed.error.kind !== "known") return err(changed.error);
  return ok(null);
}
