import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf, endOfLastMonth } from "~/kernel/time";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customerStore } from "./customer.store.server";
import { type CustomerForm, checkCustomer } from "./customer-form";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type SaveCustomerRefusal = { kind: "invalid"; fields: Record<string, string> } | { kind: "not-found" } | { kind: "stale" } | IdTaken;

/** Saves a new (`seen` is null) or changed customer. A new form submitted twice is one customer. */
export async function saveCustomer(
  s: Needs,
  { id, form, seen }: { id: Id<"customer">; form: CustomerForm; seen: number | null },
): Promise<Result<null, SaveCustomerRefusal>> {
  const facts = checkCustomer(form);
  if (!facts.ok) return err({ kind: "invalid", fields: facts.error });
  const store = customerStore(s.db);
  const now = s.clock.now();
  // The first monthly statement is of the month in which it was turned on.
  const statementThrough = endOfLastMonth(dayOf(now, s.db.scope.organization.zone));
  if (seen === null) {
    const added = await store.add(id, facts.value, statementThrough, now);
    if (!added.ok) return added;
  } else {
    const customer = await store.find(id);
    if (!customer) return err({ kind: "not-found" });
    if (customer.version !== seen) return err({ kind: "stale" });
    const begins = facts.value.monthlyStatement && !customer.monthlyStatement;
    const changed = await store.change(id, { ...facts.value, ...(begins ? { statementThrough } : {}) }, seen + 1, now);
    if (!changed.ok) return changed;
  }
  return ok(null);
}

/** Archives a customer. Its contacts are signed out once this returns; its units, orders and documents stay. */
export async function archiveCustomer(s: Needs, id: Id<"customer">): Promise<Result<null, { kind: "not-found" } | { kind: "stale" } | { kind: "own-fleet" }>> {
  const store = customerStore(s.db);
  const customer = await store.find(id);
  if (!customer) return err({ kind: "not-found" });
  if (customer.isSelf) return err({ kind: "own-fleet" });
  if (customer.archivedAt !== null) return ok(null);
  return store.archive(id, customer.version + 1, s.clock.now());
}
