import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { instant, json, organizationColumn } from "./columns";

export type Actor = { audience: string; id: string; name: string };

/** Guard against lost updates and audit trail in one: the key is unique, so the second writer of a version fails whole. */
export const journal = sqliteTable(
  "journal",
  {
    organizationId: organizationColumn(),
    recordKind: text("record_kind").notNull(),
    recordId: text("record_id").notNull(),
    version: integer("version").notNull(),
    /** Another record whose activity this also belongs to: the customer of a sign-in. */
    about: text("about"),
    at: instant("at").notNull(),
    actor: json<Actor>("actor").notNull(),
    event: text("event").notNull(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    body: json<Record<string, unknown>>("body").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.recordKind, t.recordId, t.version] }),
    index("journal_by_time").on(t.organizationId, t.at),
    index("journal_about").on(t.organizationId, t.about, t.at),
  ],
);

/** Effects that leave after the commit. A row names facts, never a secret or a rendered body. */
export const outbox = sqliteTable(
  "outbox",
  {
    organizationId: organizationColumn(),
    key: text("key").notNull(),
    kind: text("kind").notNull(),
    body: json<Record<string, unknown>>("body").notNull(),
    /** The record whose effects leave one after the other; null for an effect that waits for no other. */
    record: text("record"),
    createdAt: instant("created_at").notNull(),
    /** When to try next; null once done or given up, so the index holds only what waits. */
    dueAt: instant("due_at"),
    attempts: integer("attempts").notNull(),
    doneAt: instant("done_at"),
    problem: text("problem"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.key] }),
    index("outbox_due").on(t.dueAt),
    index("outbox_in_order").on(t.organizationId, t.record, t.createdAt),
  ],
);

/** Next number per kind: work orders, invoices, the roster's version. */
export const counters = sqliteTable(
  "counters",
  { organizationId: organizationColumn(), kind: text("kind").notNull(), value: integer("value").notNull() },
  (t) => [primaryKey({ columns: [t.organizationId, t.kind] })],
);

/** PDFs that were made: one of each edition of a record, never made again. The file lies under its checksum. */
export const documents = sqliteTable(
  "documents",
  {
    organizationId: organizationColumn(),
    recordKind: text("record_kind").notNull(),
    recordId: text("record_id").notNull(),
    /** What of the record was printed: as it was issued, a revision as it was answered. */
    edition: text("edition").notNull(),
    sha256: text("sha256").notNull(),
    bytes: integer("bytes").notNull(),
    printedAt: instant("printed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.recordKind, t.recordId, t.edition] })],
);
