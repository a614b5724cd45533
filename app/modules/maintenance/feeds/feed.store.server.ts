import { and, desc, eq, isNotNull, isNull, or } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceJournal } from "../maintenance.journal";
import { calendarFeeds } from "../maintenance.tables";

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">;
/** Whose addresses a session manages: a customer's own, or for staff the shop's. */
const ownerOf = (db: Db): Id<"customer"> | null => (db.scope.audience === "customer" ? (db.scope.partyId as Id<"customer">) : null); // a customer's party is its customer
const [MOST, MOST_OF_CUSTOMERS] = [20, 50];
const f = calendarFeeds;
const columns = { id: f.id, createdBy: f.createdBy, createdAt: f.createdAt, memberId: f.memberId };
const isLiving = isNull(f.revokedAt);

/** Addresses of calendars. */
export function feedStore(db: Db) {
  const owner = ownerOf(db);
  const mine = owner ? eq(f.customerId, owner) : isNull(f.customerId);
  return {
    list: () => db.query({ from: f, columns, where: and(mine, isLiving), orderBy: [desc(f.createdAt)], limit: MOST }),

    /** Those of all customers or of one, the newest first, and whether there are more. */
    async ofCustomers(customerId: Id<"customer"> | null) {
      const rows = await db.query({
        from: f,
        columns: { ...columns, customer: customers.name, portalEnabled: customers.portalEnabled },
        join: [[customers, eq(customers.id, f.customerId)]],
        where: and(isLiving, customerId ? eq(f.customerId, customerId) : undefined),
        orderBy: [desc(f.createdAt)],
        limit: MOST_OF_CUSTOMERS + 1,
      });
      return { feeds: rows.slice(0, MOST_OF_CUSTOMERS), more: rows.length > MOST_OF_CUSTOMERS };
    },

    async ofCustomer(id: Id<"calendarFeed">): Promise<Id<"customer"> | null> {
      const [row] = await db.query({
        from: f,
        columns: { customerId: f.customerId },
        where: and(eq(f.id, id), isLiving, isNotNull(f.customerId)),
        limit: 1,
      });
      return row?.customerId ?? null;
    },

    add(sha256: string, memberId: Id<"membership">, at: UtcMs) {
      const id = newId("calendarFeed", at);
      const entry = {
        record: { kind: "calendar-feed", id, version: 1 },
        at,
        event: maintenanceJournal.of("calendar-feed.added", {}),
        about: owner ?? undefined,
      };
      return save(db, entry, [db.insert(f, { id, customerId: owner, sha256, createdBy: db.scope.actor.name, memberId, createdAt: at, revokedAt: null })]);
    },

    revoke(id: Id<"calendarFeed">, of: Id<"customer"> | null, at: UtcMs) {
      const entry = {
        record: { kind: "calendar-feed", id, version: 2 },
        at,
        event: maintenanceJournal.of("calendar-feed.revoked", {}),
        about: of ?? undefined,
      };
      return save(db, entry, [db.update(f, { revokedAt: at }, eq(f.id, id))]);
    },

    /** The feed behind a secret, unless it was revoked; a customer's only while the customer has a portal. */
    async open(sha256: string) {
      const [row] = await db.query({
        from: f,
        columns: { customerId: f.customerId, memberId: f.memberId },
        leftJoin: [[customers, eq(customers.id, f.customerId)]],
        where: and(eq(f.sha256, sha256), isLiving, or(isNull(f.customerId), and(isNull(customers.archivedAt), eq(customers.portalEnabled, true)))),
        limit: 1,
      });
      return row ?? null;
    },
  };
}
