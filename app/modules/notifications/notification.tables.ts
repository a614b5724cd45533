import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { BounceReason, DeliveryState } from "./delivery";
import type { StaffEvent, VendorEvent } from "./notification-table";
import type { PushChoices } from "./push/push-events";
import type { DeliveryMethod } from "./staff-events";
import type { UnsentState } from "./unsent";

/** Sent and held mails: template and facts, never a body, so no sign-in link can be read here. */
export const mails = sqliteTable(
  "mails",
  {
    organizationId: organizationColumn(),
    key: text("key").notNull(),
    template: text("template").notNull(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    /** The name under which the provider reports on it. */
    tag: text("tag").notNull(),
    /** Id of the record that it is about; null for mail about none. */
    about: text("about"),
    /** Null for a mail that was held. */
    providerId: text("provider_id"),
    /** When the provider accepted it, or when it was held. */
    acceptedAt: instant("accepted_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.key] }),
    index("mails_by_recipient").on(t.organizationId, t.recipient, t.acceptedAt),
    index("mails_by_time").on(t.organizationId, t.acceptedAt),
    index("mails_by_tag").on(t.organizationId, t.tag),
    index("mails_by_record").on(t.organizationId, t.about, t.acceptedAt),
  ],
);

/** The provider's reports that were applied, by the id of the delivery, which is the same when it comes again. */
export const mailReports = sqliteTable(
  "mail_reports",
  {
    organizationId: organizationColumn(),
    id: text("id").notNull(),
    tag: text("tag").notNull(),
    receivedAt: instant("received_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), index("mail_reports_by_time").on(t.receivedAt)],
);

/**
 * Mails that didn't leave, and what a person did about it. One that is open waits for a person and is not tried again; a row
 * without a recipient is an effect that failed before its mail was written.
 */
export const unsentMails = sqliteTable(
  "unsent_mails",
  {
    organizationId: organizationColumn(),
    /** The mail's key; the effect's for a row without a recipient. */
    key: text("key").notNull(),
    effectKey: text("effect_key").notNull(),
    template: text("template").notNull(),
    recipient: text("recipient"),
    subject: text("subject").notNull(),
    about: text("about"),
    state: text("state").$type<UnsentState>().notNull(),
    /** The provider's answer, or our own reason. */
    problem: text("problem"),
    /** The first attempt under the present key that the provider may have taken; null if it took none. */
    unclearSince: instant("unclear_since"),
    at: instant("at").notNull(),
    /** How often a person decided about it, which is also how its changes are kept apart. */
    version: integer("version").notNull(),
    /** How often a person had it sent again: each has an idempotency key of its own. */
    sendings: integer("sendings").notNull(),
    /** Where a person had it sent instead. */
    sendTo: text("send_to"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.key] }),
    index("unsent_mails_by_effect").on(t.organizationId, t.effectKey),
    index("unsent_mails_open").on(t.organizationId, t.state, t.at),
    oneOf(t.state, ["trying", "given-up", "unclear", "held", "again", "dismissed", "sent"]),
  ],
);

/** What became of each mail, by its tag: a report may come before the mail itself is noted. */
export const mailDeliveries = sqliteTable(
  "mail_deliveries",
  {
    organizationId: organizationColumn(),
    tag: text("tag").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    /** The state's place in their order, so that it only moves forward. */
    rank: integer("rank").notNull(),
    at: instant("at").notNull(),
    reason: text("reason").$type<BounceReason>(),
    /** The provider's own words. */
    detail: text("detail"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.tag] }),
    index("mail_deliveries_by_state").on(t.organizationId, t.state, t.at),
    oneOf(t.state, ["sent", "delayed", "delivered", "failed", "suppressed", "bounced", "complained", "held"]),
    oneOf(t.reason, ["refused-for-good", "mailbox-full", "too-large", "content", "for-now"]),
  ],
);

/** What the reports say about each address, in small letters. */
export const mailAddresses = sqliteTable(
  "mail_addresses",
  {
    organizationId: organizationColumn(),
    address: text("address").notNull(),
    bouncedAt: instant("bounced_at"),
    complainedAt: instant("complained_at"),
    deliveredAt: instant("delivered_at"),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.address] })],
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
    /** The key of the first notice of its group, which is one row of the list. */
    groupKey: text("group_key").notNull(),
    /** The newest of its group is the one that the list shows. */
    isNewest: flag("is_newest").notNull(),
    /** From when on the list has it: when it came, or when its snooze ends. */
    shownAt: instant("shown_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.membershipId, t.key] }),
    index("staff_notices_by_time").on(t.organizationId, t.membershipId, t.isNewest, t.shownAt),
    index("staff_notices_by_group").on(t.organizationId, t.membershipId, t.groupKey, t.at),
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
      "payment.late",
      "payment.refunded",
      "payment.refund-failed",
      "payment.disputed",
      "payment.unclear",
      "square.revoked",
      "reply.received",
      "mail.given-up",
    ]),
  ],
);

/** The mails that a vendor's person has switched off. */
export const mutedMails = sqliteTable(
  "muted_mails",
  {
    organizationId: organizationColumn(),
    membershipId: id("membership", "membership_id").notNull(),
    muted: json<readonly VendorEvent[]>("muted_events").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.membershipId] })],
);

/** A person's notification preferences, and the time up to which they have seen notices. */
export const staffBells = sqliteTable(
  "staff_notification_settings",
  {
    organizationId: organizationColumn(),
    membershipId: id("membership", "membership_id").notNull(),
    ways: json<Partial<Record<StaffEvent, DeliveryMethod>>>("delivery_methods").notNull(),
    /** The hour of the daily mail on the shop's clock, 0 to 23. */
    digestHour: integer("digest_hour").notNull().default(7),
    seenAt: instant("seen_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.membershipId] })],
);

/** A person's choices by event, where they differ from what is usual. */
export const pushChoices = sqliteTable(
  "push_choices",
  {
    organizationId: organizationColumn(),
    membershipId: id("membership", "membership_id").notNull(),
    choices: json<PushChoices>("choices").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.membershipId] })],
);

/** What a push service took for a browser: an effect that is tried again for another browser isn't shown there twice. */
export const sentPushes = sqliteTable(
  "sent_pushes",
  {
    organizationId: organizationColumn(),
    key: text("key").notNull(),
    deviceId: id("pushDevice", "device_id").notNull(),
    sentAt: instant("sent_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.key, t.deviceId] }), index("sent_pushes_by_time").on(t.sentAt)],
);
