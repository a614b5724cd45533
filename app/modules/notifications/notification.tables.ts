import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { UtcMs } from "~/kernel/time";
import { organizationColumn } from "~/platform/database/tenant.tables";

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
