import { index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { DeliveryMethod, StaffEvent } from "./staff-events";

/** Sent mails: template and facts, never a body, so no sign-in link can be read here. */
export const mails = sqliteTable(
  "mails",
  {
    organizationId: organizationColumn(),
    key: text("key").notNull(),
    template: text("template").notNull(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    providerId: text("provider_id"),
    acceptedAt: instant("accepted_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.key] }), index("mails_by_recipient").on(t.organizationId, t.recipient, t.acceptedAt)],
);

/** A notice to one staff member: text and link. */
export const staffNotices = sqliteTable(
  "staff_notices",
  {
    organizationId: organizationColumn(),
    membershipId: id("membership", "membership_id").notNull(),
    /** Key of the outbox effect, so a repeated effect adds one notice. */
    key: text("key").notNull(),
    event: text("event").$type<StaffEvent>().notNull(),
    title: text("title").notNull(),
    href: text("href").notNull(),
    /** What it is about. */
    recordKind: text("record_kind").notNull(),
    recordId: text("record_id").notNull(),
    at: instant("at").notNull(),
    /** When the daily mail with it is due; null if it is mailed at once or not at all. */
    digestAt: instant("digest_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.membershipId, t.key] }),
    index("staff_notices_by_time").on(t.organizationId, t.membershipId, t.at),
    index("staff_notices_by_digest").on(t.organizationId, t.membershipId, t.digestAt),
    oneOf(t.event, [
      "estimate.answered",
      "estimate.question",
      "estimate.unanswered",
      "service.requested",
      "service.canceled",
      "estimate.second-person",
      "inspection.safety",
      "inspection.defects",
      "inspection.missing",
      "inspection.uncertified",
      "inspection.driven",
      "fault.critical",
      "maintenance.due",
      "vendor-job.answered",
      "vendor-job.estimate",
      "vendor-job.completed",
      "vendor-job.invoice",
      "vendor-job.message",
      "payment.received",
      "payment.failed",
      "payment.refunded",
      "payment.refund-failed",
      "payment.disputed",
      "payment.unclear",
      "square.revoked",
      "mail.given-up",
    ]),
  ],
);

/** A person's notification preferences, and the time up to which they have seen notices. */
export const staffBells = sqliteTable(
  "staff_notification_settings",
  {
    organizationId: organizationColumn(),
    membershipId: id("membership", "membership_id").notNull(),
    ways: json<Partial<Record<StaffEvent, DeliveryMethod>>>("delivery_methods").notNull(),
    seenAt: instant("seen_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.membershipId] })],
);
