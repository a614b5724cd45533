import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { instant, organizationColumn } from "~/platform/database/columns";

/** A journal row's place in its organization's chain. A separate table, so that no journal row is ever updated. */
export const journalSeals = sqliteTable(
  "journal_seals",
  {
    organizationId: organizationColumn(),
    place: integer("place").notNull(),
    recordKind: text("record_kind").notNull(),
    recordId: text("record_id").notNull(),
    version: integer("version").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.place] }), uniqueIndex("journal_seals_once").on(t.organizationId, t.recordKind, t.recordId, t.version)],
);

/** Lease of the sealer: one per organization, until this instant. */
export const sealLeases = sqliteTable("seal_leases", { organizationId: organizationColumn(), heldUntil: instant("held_until").notNull() }, (t) => [
  primaryKey({ columns: [t.organizationId] }),
]);
