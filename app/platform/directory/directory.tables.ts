import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Face } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import { plans } from "~/kernel/plans";
import type { SessionKind, SessionRules } from "~/kernel/session-rules";
import type { UtcMs } from "~/kernel/time";
import type { DistanceUnit } from "~/kernel/units";

/** The tenant: one repair shop. Its look stands here because pages before sign-in wear it. */
export const organizations = sqliteTable("organizations", {
  id: text("id").$type<Id<"organization">>().primaryKey(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  plan: text("plan", { enum: plans }).notNull(),
  zone: text("zone").notNull(),
  locale: text("locale").notNull(),
  currency: text("currency").notNull(),
  distanceUnit: text("distance_unit").$type<DistanceUnit>().notNull(),
  brandColor: text("brand_color").notNull(),
  /** The logo's name among the organization's files; null for its initials. */
  logo: text("logo"),
  phone: text("phone"),
  email: text("email"),
  publicOrigin: text("public_origin").notNull(),
  /** How long its people stay signed in; null where the shop keeps to what is usual. */
  sessionRules: text("session_rules", { mode: "json" }).$type<SessionRules>(),
  createdAt: integer("created_at").$type<UtcMs>().notNull(),
});

/** Hosts that belong to one organization; matched exactly. */
export const hosts = sqliteTable("hosts", {
  host: text("host").primaryKey(),
  organizationId: text("organization_id").$type<Id<"organization">>().notNull(),
});

/** A person, once per normalised email, however many shops know them. */
export const accounts = sqliteTable("accounts", {
  id: text("id").$type<Id<"account">>().primaryKey(),
  email: text("email").notNull().unique(),
  passwordHash: text("password_hash"),
  createdAt: integer("created_at").$type<UtcMs>().notNull(),
});

/** What an account is to an organization; sessions are made from this. */
export const memberships = sqliteTable(
  "memberships",
  {
    id: text("id").$type<Id<"membership">>().primaryKey(),
    organizationId: text("organization_id").$type<Id<"organization">>().notNull(),
    accountId: text("account_id").$type<Id<"account">>(),
    audience: text("audience").$type<Face>().notNull(),
    /** The customer, vendor or driver that this person speaks for; null for staff. */
    partyId: text("party_id"),
    role: text("role").$type<Role>(),
    name: text("name").notNull(),
    endedAt: integer("ended_at").$type<UtcMs>(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
  },
  (t) => [index("memberships_by_account").on(t.accountId, t.audience), index("memberships_by_party").on(t.organizationId, t.audience, t.partyId)],
);

/** Devices of the shop's on which a driver may sign in with code and PIN. Only hashes of their secrets are kept. */
export const tablets = sqliteTable(
  "tablets",
  {
    id: text("id").$type<Id<"tablet">>().primaryKey(),
    organizationId: text("organization_id").$type<Id<"organization">>().notNull(),
    label: text("label").notNull(),
    /** Of the token in the address that enrols it: spent once. */
    enrolHash: text("enrol_hash").notNull().unique(),
    enrolUntil: integer("enrol_until").$type<UtcMs>().notNull(),
    /** Of the device's own key; null while it is not enrolled. */
    keyHash: text("key_hash").unique(),
    invitedBy: text("invited_by").$type<Id<"membership">>().notNull(),
    enrolledAt: integer("enrolled_at").$type<UtcMs>(),
    lastUsedAt: integer("last_used_at").$type<UtcMs>(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    endedAt: integer("ended_at").$type<UtcMs>(),
  },
  (t) => [index("tablets_by_organization").on(t.organizationId)],
);

export const sessions = sqliteTable(
  "sessions",
  {
    /** SHA-256 of the cookie's token; the token itself is nowhere. */
    tokenHash: text("token_hash").primaryKey(),
    id: text("id").$type<Id<"session">>().notNull().unique(),
    membershipId: text("membership_id").$type<Id<"membership">>().notNull(),
    organizationId: text("organization_id").$type<Id<"organization">>().notNull(),
    audience: text("audience").$type<Face>().notNull(),
    kind: text("kind").$type<SessionKind>().notNull().default("own"),
    /** The tablet that it was started on; it ends with the tablet. */
    tabletId: text("tablet_id").$type<Id<"tablet">>(),
    /** Of a view: which of the staff looks, and the session of theirs that it ends with. */
    viewedBy: text("viewed_by").$type<Id<"membership">>(),
    startedBy: text("started_by").$type<Id<"session">>(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    lastSeenAt: integer("last_seen_at").$type<UtcMs>().notNull(),
    endedAt: integer("ended_at").$type<UtcMs>(),
    ip: text("ip"),
    agent: text("agent"),
  },
  (t) => [
    index("sessions_by_membership").on(t.membershipId),
    index("sessions_by_tablet").on(t.tabletId).where(sql`tablet_id is not null`),
    index("sessions_by_starter").on(t.startedBy).where(sql`started_by is not null`),
  ],
);

/** What a mailed link is for: coming in, or choosing a password. */
export type LinkPurpose = "sign-in" | "set-password";

/** One mailed link. Its token and code are derived from the id and a key, never stored. */
export const signInLinks = sqliteTable(
  "sign_in_links",
  {
    id: text("id").$type<Id<"link">>().primaryKey(),
    tokenHash: text("token_hash").notNull().unique(),
    codeHash: text("code_hash").notNull(),
    purpose: text("purpose").$type<LinkPurpose>().notNull(),
    audience: text("audience").$type<Face>().notNull(),
    email: text("email").notNull(),
    accountId: text("account_id").$type<Id<"account">>(),
    organizationId: text("organization_id").$type<Id<"organization">>(),
    /** The page that was asked for at the door, where the link leads once it has let somebody in. */
    leadsTo: text("leads_to"),
    triesLeft: integer("tries_left").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    expiresAt: integer("expires_at").$type<UtcMs>().notNull(),
    usedAt: integer("used_at").$type<UtcMs>(),
  },
  (t) => [index("sign_in_links_by_email").on(t.email, t.audience)],
);

/** Keys by which trackers speak: the organization's, or one device's own. Only the hash is kept. */
export const ingestKeys = sqliteTable(
  "ingest_keys",
  {
    keyHash: text("key_hash").primaryKey(),
    id: text("id").$type<Id<"key">>().notNull().unique(),
    organizationId: text("organization_id").$type<Id<"organization">>().notNull(),
    /** The only device that this key speaks for; null for the organization's common key. */
    deviceCode: text("device_code"),
    label: text("label").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    endedAt: integer("ended_at").$type<UtcMs>(),
  },
  (t) => [index("ingest_keys_by_organization").on(t.organizationId)],
);

/** Fixed-window counters for sign-in, by account and by address. A window is named by when it began, in UTC ms. */
export const throttles = sqliteTable(
  "throttles",
  { key: text("key").notNull(), window: integer("window").notNull(), count: integer("count").notNull() },
  (t) => [primaryKey({ columns: [t.key, t.window] })],
);
