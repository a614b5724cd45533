import { type Id, newId } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoiceJournal } from "../invoice.journal";
import { invoiceStore } from "../invoice.store.server";
import { decideLedger } from "./decide-ledger";

type Issued = { id: Id<"invoice">; customerId: Id<"customer">; total: Cents; dueAt: UtcMs };

/** What deposits for these estimates pay of an invoice that is about to be issued; null if there are none. */
export async function depositsFor(db: ScopedDatabase<"staff">, { id, customerId, total, dueAt }: Issued, estimates: readonly Id<"estimate">[], now: UtcMs) {
  const found = estimates.length > 0 ? await invoiceStore(db).account(customerId, []) : null;
  if (!found) return null;
  const account = { ...found.account, invoices: new Map([[id, { state: "issued" as const, number: null, total, dueAt }]]) };
  const body = { invoiceId: id, estimates: [...estimates] };
  const applied = decideLedger(account, { intent: "apply-deposits", ...body }, { now, today: dayOf(now, db.scope.organization.zone) }, () =>
    newId("entry", now),
  );
  return applied.ok ? { entries: applied.value, event: invoiceJournal.of("deposit.applied", body) } : null;
}
