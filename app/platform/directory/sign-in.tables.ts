import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";

/** The second factor of an account. It counts wherever the account comes in by password. */
export const secondFactors = sqliteTable("second_factors", {
  accountId: text("account_id").$type<Id<"account">>().primaryKey(),
  /** The shared secret, encrypted; the key is not in the database. */
  secret: text("secret").notNull(),
  createdAt: integer("created_at").$type<UtcMs>().notNull(),
  /** Null until a first code has shown that the person's phone has it. */
  confirmedAt: integer("confirmed_at").$type<UtcMs>(),
  /** The last time step whose code was taken: none is taken twice. */
  lastStep: integer("last_step").notNull(),
});

/** Codes for the day that the phone is lost. Only hashes are kept. */
export const recoveryCodes = sqliteTable(
  "recovery_codes",
  {
    accountId: text("account_id").$type<Id<"account">>().notNull(),
    codeHash: text("code_hash").notNull(),
    usedAt: integer("used_at").$type<UtcMs>(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.codeHash] })],
);

/** Tries at a door that must wait longer each time; who got in is forgotten here. */
export const doorTries = sqliteTable("door_tries", {
  key: text("key").primaryKey(),
  count: integer("count").notNull(),
  lastAt: integer("last_at").$type<UtcMs>().notNull(),
  /** Nothing is tried before this instant. */
  waitUntil: integer("wait_until").$type<UtcMs>().notNull(),
});
