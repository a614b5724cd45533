import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { organizationColumn } from "~/platform/database/tenant.tables";
import type { StaffEvent, WayToHear } from "./staff-events";

/** What was mailed to whom: template and facts, never a body, so no sign-in link can be read here. */
export const mails = sqliteTable(
  "mails",
  {
    organizationId: organizationColumn(),
    key: text("key").notNull(),
    template: text("template").notNull(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    providerId: text("provider_id"),
    acceptedAt: integer("accepted_at").$type<UtcMs>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.key] }), index("mails_by_recipient").on(t.organizationId, t.recipient, t.acceptedAt)],
);

/** What one of the staff was told, under the bell: the words, and where they lead. */
export const staffNotices = sqliteTable(
  "staff_notices",
  {
    organizationId: organizationColumn(),
    membershipId: text("membership_id").$type<Id<"membership">>().notNull(),
    /** The effect that told it: told twice, it stands once. */
    key: text("key").notNull(),
    event: text("event").$type<StaffEvent>().notNull(),
    words: text("words").notNull(),
    href: text("href").notNull(),
    at: integer("at").$type<UtcMs>().notNull(),
    /** Of the daily mail that brings it; null for what is mailed at once or not at all. */
    digestAt: integer("digest_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.membershipId, t.key] }),
    index("staff_notices_by_time").on(t.organizationId, t.membershipId, t.at),
    index("staff_notices_by_digest").on(t.organizationId, t.membershipId, t.digestAt),
  ],
);

/** One person's bell: how they want to hear of what, and up to when they have looked. */
export const staffBells = sqliteTable(
  "staff_bells",
  {
    organizationId: organizationColumn(),
    membershipId: text("membership_id").$type<Id<"membership">>().notNull(),
    ways: text("ways", { mode: "json" }).$type<Partial<Record<StaffEvent, WayToHear>>>().notNull(),
    seenAt: integer("seen_at").$type<UtcMs>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.membershipId] })],
);
