import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type Portal, portals } from "~/kernel/audience";
import { id, instant, oneOf } from "~/platform/database/columns";

/**
 * Browsers that a person gets push messages on. A row outlives its session, which ends by itself overnight; it ends when the
 * person signs out there, removes it, chooses a new password, or leaves.
 */
export const pushDevices = sqliteTable(
  "push_devices",
  {
    id: id("pushDevice").primaryKey(),
    organizationId: id("organization", "organization_id").notNull(),
    membershipId: id("membership", "membership_id").notNull(),
    audience: text("audience").$type<Portal>().notNull(),
    /** SHA-256 of the cookie by which the browser is known again. */
    keyHash: text("key_hash").notNull().unique(),
    /** Where its push service takes messages. Whoever has the address and our key could send to it. */
    endpoint: text("endpoint").notNull().unique(),
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    /** Our public key when it was added: messages signed with another are refused. */
    serverKey: text("server_key").notNull(),
    userAgent: text("user_agent"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [index("push_devices_by_membership").on(t.membershipId), oneOf(t.audience, portals)],
);
