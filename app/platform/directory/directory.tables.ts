import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type Portal, portals } from "~/kernel/audience";
import { type Role, roles } from "~/kernel/permissions";
import { type Plan, plans } from "~/kernel/plans";
import type { SessionKind, SessionRules } from "~/kernel/session-rules";
import type { DistanceUnit } from "~/kernel/units";
import { id, instant, json, oneOf } from "~/platform/database/columns";

/** The tenant: one repair shop. Its branding is here because pages before sign-in use it. */
export const organizations = sqliteTable(
  "organizations",
  {
    id: id("organization").primaryKey(),
    slug: text("slug").notNull().unique(),
    name: text("name").notNull(),
    plan: text("plan").$type<Plan>().notNull(),
    zone: text("zone").notNull(),
    locale: text("locale").notNull(),
    currency: text("currency").notNull(),
    distanceUnit: text("distance_unit").$type<DistanceUnit>().notNull(),
    brandColor: text("brand_color").notNull(),
    /** The logo's name among the organization's files; null for its initials. */
    logo: text("logo"),
    phone: text("phone"),
    email: text("email"),
    /** For documents; each but the tax id is a block of lines. */
    address: text("address"),
    remitTo: text("remit_to"),
    taxId: text("tax_id"),
    paymentTerms: text("payment_terms"),
    publicOrigin: text("public_origin").notNull(),
    /** How long its people stay signed in; null where the shop keeps to what is usual. */
    sessionRules: json<SessionRules>("session_rules"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [oneOf(t.plan, plans), oneOf(t.distanceUnit, ["mi", "km"])],
);

/** Hosts that belong to one organization; matched exactly. */
export const hosts = sqliteTable("hosts", {
  host: text("host").primaryKey(),
  organizationId: id("organization", "organization_id").notNull(),
});

/** A person, once per normalised email, however many shops know them. */
export const accounts = sqliteTable("accounts", {
  id: id("account").primaryKey(),
  email: text("email").notNull().unique(),
  passwordHash: text("password_hash"),
  createdAt: instant("created_at").notNull(),
});

/** What an account is to an organization; sessions are made from this. */
export const memberships = sqliteTable(
  "memberships",
  {
    id: id("membership").primaryKey(),
    organizationId: id("organization", "organization_id").notNull(),
    accountId: id("account", "account_id"),
    audience: text("audience").$type<Portal>().notNull(),
    /** The customer, vendor or driver that this person speaks for; null for staff. */
    partyId: text("party_id"),
    role: text("role").$type<Role>(),
    name: text("name").notNull(),
    endedAt: instant("ended_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("memberships_by_account").on(t.accountId, t.audience),
    index("memberships_by_party").on(t.organizationId, t.audience, t.partyId),
    oneOf(t.audience, portals),
    oneOf(t.role, roles),
  ],
);

/** Devices of the shop's on which a driver may sign in with code and PIN. Only hashes of their secrets are kept. */
export const tablets = sqliteTable(
  "tablets",
  {
    id: id("tablet").primaryKey(),
    organizationId: id("organization", "organization_id").notNull(),
    label: text("label").notNull(),
    /** Of the token in the address that enrols it: spent once. */
    enrolHash: text("enrol_hash").notNull().unique(),
    enrolUntil: instant("enrol_until").notNull(),
    /** Of the device's own key; null while it is not enrolled. */
    keyHash: text("key_hash").unique(),
    invitedBy: id("membership", "invited_by").notNull(),
    enrolledAt: instant("enrolled_at"),
    lastUsedAt: instant("last_used_at"),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [index("tablets_by_organization").on(t.organizationId)],
);

/**
 * What a phone files inspections with after its session ended, by driver and device. It opens nothing else. Its row outlives
 * the driver's portal access, because reports signed before are still accepted.
 */
export const filingTokens = sqliteTable(
  "filing_tokens",
  {
    /** SHA-256 of the token; the token itself is nowhere. */
    tokenHash: text("token_hash").primaryKey(),
    membershipId: id("membership", "membership_id").notNull(),
    organizationId: id("organization", "organization_id").notNull(),
    /** The session that asked for it. */
    sessionId: id("session", "session_id").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** When its device was signed out from elsewhere: it still files what was signed before. */
    endedAt: instant("ended_at"),
  },
  (t) => [
    index("filing_tokens_by_session").on(t.sessionId),
    index("filing_tokens_by_membership").on(t.membershipId),
    index("filing_tokens_by_expiry").on(t.expiresAt),
  ],
);

export const sessions = sqliteTable(
  "sessions",
  {
    /** SHA-256 of the cookie's token; the token itself is nowhere. */
    tokenHash: text("token_hash").primaryKey(),
    id: id("session").notNull().unique(),
    membershipId: id("membership", "membership_id").notNull(),
    organizationId: id("organization", "organization_id").notNull(),
    audience: text("audience").$type<Portal>().notNull(),
    kind: text("kind").$type<SessionKind>().notNull().default("personal"),
    /** The tablet that it was started on; it ends with the tablet. */
    tabletId: id("tablet", "tablet_id"),
    /** Of a view: which of the staff looks, and the session of theirs that it ends with. */
    viewedBy: id("membership", "viewed_by"),
    startedBy: id("session", "started_by"),
    createdAt: instant("created_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    endedAt: instant("ended_at"),
    ip: text("ip"),
    userAgent: text("user_agent"),
  },
  (t) => [
    index("sessions_by_membership").on(t.membershipId),
    index("sessions_by_tablet").on(t.tabletId).where(sql`tablet_id is not null`),
    index("sessions_by_starter").on(t.startedBy).where(sql`started_by is not null`),
    oneOf(t.audience, portals),
    oneOf(t.kind, ["personal", "shared", "impersonation"]),
  ],
);

/** What a mailed link is for: coming in, or choosing a password. */
export type LinkPurpose = "sign-in" | "set-password";

/** One mailed link. Its token and code are derived from the id and a key, never stored. */
export const signInLinks = sqliteTable(
  "sign_in_links",
  {
    id: id("link").primaryKey(),
    tokenHash: text("token_hash").notNull().unique(),
    codeHash: text("code_hash").notNull(),
    purpose: text("purpose").$type<LinkPurpose>().notNull(),
    audience: text("audience").$type<Portal>().notNull(),
    email: text("email").notNull(),
    accountId: id("account", "account_id"),
    organizationId: id("organization", "organization_id"),
    /** The page asked for before sign-in, where the link leads afterwards. */
    leadsTo: text("leads_to"),
    attemptsLeft: integer("attempts_left").notNull(),
    /** When its mail was handed over; before that its code opens nothing. */
    mailedAt: instant("mailed_at"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [index("sign_in_links_by_email").on(t.email, t.audience), oneOf(t.purpose, ["sign-in", "set-password"]), oneOf(t.audience, portals)],
);

/** Keys by which trackers speak: the organization's, or one device's own. Only the hash is kept. */
export const ingestKeys = sqliteTable(
  "ingest_keys",
  {
    keyHash: text("key_hash").primaryKey(),
    id: id("key").notNull().unique(),
    organizationId: id("organization", "organization_id").notNull(),
    /** The only device that this key speaks for; null for the organization's common key. */
    deviceCode: text("device_code"),
    label: text("label").notNull(),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [index("ingest_keys_by_organization").on(t.organizationId)],
);

/** Which organization a seller's account at Square belongs to: one. Webhooks name the merchant. */
export const squareAccounts = sqliteTable(
  "square_accounts",
  {
    environment: text("environment").$type<"sandbox" | "live">().notNull(),
    merchantId: text("merchant_id").notNull(),
    organizationId: id("organization", "organization_id").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.environment, t.merchantId] }),
    index("square_accounts_by_organization").on(t.organizationId),
    oneOf(t.environment, ["sandbox", "live"]),
  ],
);

/** Fixed-window counters for sign-in, by account and by address. A window is named by when it began, in UTC ms. */
export const throttles = sqliteTable(
  "throttles",
  { key: text("key").notNull(), window: integer("window").notNull(), count: integer("count").notNull() },
  (t) => [primaryKey({ columns: [t.key, t.window] })],
);
