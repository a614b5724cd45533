import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant } from "~/platform/database/columns";

/** The second factor of an account. It counts wherever the account comes in by password. */
export const secondFactors = sqliteTable("second_factors", {
  accountId: id("account", "account_id").primaryKey(),
  /** The shared secret, encrypted; the key is not in the database. */
  secret: text("secret").notNull(),
  createdAt: instant("created_at").notNull(),
  /** Null until a first code has shown that the person's phone has it. */
  confirmedAt: instant("confirmed_at"),
  /** The last time step whose code was taken: none is taken twice. */
  lastStep: integer("last_step").notNull(),
});

/** Codes for the day that the phone is lost. Only hashes are kept. */
export const recoveryCodes = sqliteTable(
  "recovery_codes",
  {
    accountId: id("account", "account_id").notNull(),
    codeHash: text("code_hash").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.codeHash] })],
);

/** Sign-in attempts that must wait longer each time; a success clears them. */
export const signInAttempts = sqliteTable("sign_in_attempts", {
  key: text("key").primaryKey(),
  count: integer("count").notNull(),
  lastAt: instant("last_at").notNull(),
  /** Nothing is tried before this instant. */
  blockedUntil: instant("blocked_until").notNull(),
});
