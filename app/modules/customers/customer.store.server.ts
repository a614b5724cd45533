import { eq, getTableColumns } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { phoneDigits } from "~/kernel/search-term";
import type { UtcMs } from "~/kernel/time";
import { countUp } from "~/platform/database/counters.server";
import { type Entry, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { boardChanged } from "~/platform/live/board-effects";
import { customerEffects } from "./customer.effects";
import { customerJournal } from "./customer.journal";
import { customers } from "./customer.tables";
import type { CustomerFacts } from "./customer-form";
import { ROSTER } from "./roster";

type NewCustomer = Omit<typeof customers.$inferInsert, "organizationId">;

/** The first records of a new shop. */
export function newShopStore(db: ScopedDatabase<"job">) {
  return {
    /** The shop's first journal entry and the customer record of its own fleet. */
    async openShop(entry: Entry, shopFleet: NewCustomer): Promise<void> {
      await save(db, entry, [db.insertOnce(customers, shopFleet)]);
    },
  };
}

const { organizationId: _, createdAt: __, ...columns } = getTableColumns(customers);
const { id } = columns;

/** A shop's customers. Only staff change them. */
export function customerStore(db: ScopedDatabase<"staff">) {
  const entry = (of: Id<"customer">, its: number, at: UtcMs, event: EventOf<typeof customerJournal>): Entry => ({
    record: { kind: "customer", id: of, version: its },
    at,
    event,
    about: of,
  });
  /** Staff's pages alone; a contact's portal shows nothing of this record. */
  const shown = (of: Id<"customer">, its: number): Effect => boardChanged(`${of}:${its}`, { kind: "customer", id: of, version: its }, ["staff"]);
  const rosterChanged = (of: Id<"customer">, its: number): Effect => customerEffects.of("roster.changed", `roster:${of}:${its}`, {});

  return {
    async find(of: Id<"customer">) {
      const [row] = await db.query({ from: customers, columns, where: eq(id, of), limit: 1 });
      return row ?? null;
    },

    /**
     * Adds a customer with the portal off. A form submitted twice fails on its own entry. `statementThrough`: the last day
     * of which no monthly statement is wanted.
     */
    add: (of: Id<"customer">, facts: CustomerFacts, statementThrough: string, at: UtcMs) =>
      saveNew(
        db,
        entry(of, 1, at, customerJournal.of("customer.added", facts)),
        [
          db.insert(customers, {
            id: of,
            ...facts,
            phoneDigits: phoneDigits(facts.phone),
            statementThrough,
            portalEnabled: false,
            isSelf: false,
            version: 1,
            createdAt: at,
          }),
        ],
        [shown(of, 1)],
      ),

    change: (of: Id<"customer">, { statementThrough, ...facts }: CustomerFacts & { statementThrough?: string }, next: number, at: UtcMs) =>
      save(
        db,
        entry(of, next, at, customerJournal.of("customer.changed", facts)),
        [
          db.update(
            customers,
            { ...facts, phoneDigits: phoneDigits(facts.phone), ...(statementThrough ? { statementThrough } : {}), version: next },
            eq(id, of),
          ),
          countUp(db, ROSTER),
        ],
        [rosterChanged(of, next), shown(of, next)],
      ),

    /** Archives a customer: its contacts are signed out, its records stay. */
    archive: (of: Id<"customer">, next: number, at: UtcMs) =>
      save(
        db,
        entry(of, next, at, customerJournal.of("customer.archived")),
        [db.update(customers, { archivedAt: at, portalEnabled: false, version: next }, eq(id, of)), countUp(db, ROSTER)],
        [customerEffects.of("portal.access-changed", `portal:${of}:${at}`, { customerId: of }), rosterChanged(of, next), shown(of, next)],
      ),
  };
}
