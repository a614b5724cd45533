import { type Id, newId } from "~/kernel/ids";
import { quantityText } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoiceJournal } from "../invoice.journal";
import { invoiceStore } from "../invoice.store.server";
import { decideLedger, type LedgerRefusal } from "../receivables/ledger";
import { type CoreCommand, type CoreRefusal, decideCore } from "./core";
import { findCores } from "./core.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; drainSoon(): void };
export type SettleRefusal = Exclude<CoreRefusal, { kind: "known" }> | { kind: "not-credited"; why: LedgerRefusal } | { kind: "stale" };

const eventOf = { credited: "core.returned", forfeited: "core.forfeited", reopened: "core.forfeit-undone" } as const;

const MAX_ATTEMPTS = 5;

/**
 * Records a return, a forfeit or its undo. A returned core is credited by a credit note for its charged price, so that
 * balance, statement and credit follow the account's rules. A form submitted twice is saved once.
 */
export async function settleCore(s: Needs, invoiceId: Id<"invoice">, command: CoreCommand): Promise<Result<null, SettleRefusal>> {
  const store = invoiceStore(s.db);
  for (let attempt = 1; ; attempt++) {
    const invoice = await store.find(invoiceId);
    // Read the account's version before the returns, because each return increases it.
    const found = invoice && (await store.account(invoice.customerId, [invoiceId]));
    const state = found?.account.invoices.get(invoiceId)?.state;
    if (!invoice || !found || !state) return err({ kind: "not-found" });
    const decided = decideCore({ state, ...(await findCores(s.db, invoice)) }, command);
    if (!decided.ok) return decided.error.kind === "known" ? ok(null) : err(decided.error);

    const now = s.clock.now();
    const { core, settled } = decided.value;
    const { credited, quantity, outcome, why } = settled;
    const nextId = () => newId("entry", now);
    // The share of a very small charge may round to zero; then there is nothing to credit.
    const creditNote = credited > 0 ? nextId() : null;
    const entries = creditNote
      ? decideLedger(
          found.account,
          { intent: "credit-note", id: creditNote, invoiceId, amount: credited, why: `Core returned: ${quantityText(quantity)} × ${core.text}` },
          now,
          nextId,
        )
      : ok([]);
    if (!entries.ok) return err({ kind: "not-credited", why: entries.error });
    const event = invoiceJournal.of(eventOf[outcome], { invoice: invoiceId, line: core.lineId, core: core.text, quantity, credited, creditNote, why });
    const saved = await store.add(invoice.customerId, found.version, entries.value, event, now, { invoiceId, row: { ...settled, creditNote, at: now } });
    if (saved.ok) {
      s.drainSoon();
      return ok(null);
    }
    if (attempt === MAX_ATTEMPTS) return err({ kind: "stale" });
  }
}
