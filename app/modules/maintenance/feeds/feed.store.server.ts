import { and, desc, eq, isNull } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceJournal } from "../maintenance.journal";
import { calendarFeeds } from "../maintenance.tables";

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">;
/** Whose addresses a session manages: a customer's own, or for staff the shop's. */
const ownerOf = (db: Db): Id<"customer"> | null => (db.scope.audience === "customer" ? (db.scope.partyId as Id<"customer">) : null); // a customer's party is its customer
const MOST = 20;

/** Addresses of calendars. */
export function feedStore(db: Db) {
  const customerId = ownerOf(db);
  const mine = customerId ? eq(calendarFeeds.customerId, customerId) : isNull(calendarFeeds.customerId);
  return {
    list: () =>
      db.query({
        from: calendarFeeds,
        columns: { id: calendarFeeds.id, createdBy: calendarFeeds.createdBy, createdAt: calendarFeeds.createdAt },
        where: and(mine, isNull(calendarFeeds.revokedAt)),
        orderBy: [desc(calendarFeeds.createdAt)],
        limit: MOST,
      }),

    add(sha256: string, at: UtcMs) {
      const id = newId("calendarFeed", at);
      const entry = { record: { kind: "calendar-feed", id, version: 1 }, at, event: maintenanceJournal.of("calendar-feed.added", {}) };
      return save(db, entry, [db.insert(calendarFeeds, { id, customerId, sha256, createdBy: db.scope.actor.name, createdAt: at, revokedAt: null })]);
    },

    revoke(id: Id<"calendarFeed">, at: UtcMs) {
      const entry = { record: { kind: "calendar-feed", id, version: 2 }, at, event: maintenanceJournal.of("calendar-feed.revoked", {}) };
      return save(db, entry, [db.update(calendarFeeds, { revokedAt: at }, and(eq(calendarFeeds.id, id), mine) ?? mine)]);
    },

    /** The feed behind a secret, unless it was revoked. */
    async open(sha256: string) {
      const [row] = await db.query({
        from: calendarFeeds,
        columns: { customerId: calendarFeeds.customerId },
        where: and(eq(calendarFeeds.sha256, sha256), isNull(calendarFeeds.revokedAt)),
        limit: 1,
      });
      return row ?? null;
    },
  };
}
