import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { cents, day, flag, id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { Actor } from "~/platform/database/tenant.tables";
import type { Content, EstimateSnapshot } from "./estimate-snapshot";
import type { Decision, Revision, RevisionState } from "./revision";

const states = ["draft", "sent", "approved", "partially-approved", "declined", "changes-requested", "superseded", "withdrawn"] as const;

/** An estimate with the columns its lists need from the revisions, updated with each change. */
export const estimates = sqliteTable(
  "estimates",
  {
    organizationId: organizationColumn(),
    id: id("estimate").notNull(),
    number: integer("number").notNull(),
    assetId: id("asset", "asset_id").notNull(),
    /** Set at creation: when a truck is sold, its estimates stay with the owner of that day. */
    customerId: id("customer", "customer_id").notNull(),
    /** The order whose lines it offers. */
    workOrderId: id("workOrder", "work_order_id").notNull(),
    /** State of the latest sent revision; draft if none was sent. */
    state: text("state").$type<RevisionState>().notNull(),
    /** Whether a new revision is being written. */
    isDrafting: flag("is_drafting").notNull(),
    latestSentRevision: integer("latest_sent_revision"),
    /** Last valid day, in the shop's time zone. */
    validThrough: day("valid_through"),
    /** For lists in this order: one without a last day comes after all that have one. */
    validOrder: day("valid_order").generatedAlwaysAs(sql`coalesce(valid_through, '9999-12-31')`),
    /** Of the newest revision, sent or not; internal. */
    title: text("title").notNull(),
    /** Of the latest sent revision, with tax; null if none was sent. */
    total: cents("total_cents"),
    /** For lists in this order: what was not sent comes before all that was. */
    totalOrder: cents("total_order_cents").generatedAlwaysAs(sql`coalesce(total_cents, -1)`),
    stateSince: instant("state_since").notNull(),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("estimates_number").on(t.organizationId, t.number),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    index("estimates_by_last_day").on(t.organizationId, t.validOrder, t.id),
    index("estimates_by_total").on(t.organizationId, t.totalOrder, t.id),
    index("estimates_by_asset").on(t.organizationId, t.assetId, t.number),
    index("estimates_by_customer").on(t.organizationId, t.customerId, t.number),
    index("estimates_by_order").on(t.organizationId, t.workOrderId),
    oneOf(t.state, states),
  ],
);

/** One row per revision. `content` holds the internal note; `snapshot` is all that the customer gets. */
export const estimateRevisions = sqliteTable(
  "estimate_revisions",
  {
    organizationId: organizationColumn(),
    estimateId: id("estimate", "estimate_id").notNull(),
    revision: integer("revision").notNull(),
    state: text("state").$type<RevisionState>().notNull(),
    content: json<Content>("content").notNull(),
    snapshot: json<EstimateSnapshot>("snapshot"),
    hash: text("hash"),
    sentAt: instant("sent_at"),
    sentBy: text("sent_by"),
    rulesVersion: integer("rules_version"),
    viewed: json<NonNullable<Revision["viewed"]>>("viewed"),
    asked: json<NonNullable<Revision["asked"]>>("asked"),
    decision: json<Decision>("decision"),
    withdrawn: json<NonNullable<Revision["withdrawn"]>>("withdrawn"),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.estimateId, t.revision] }),
    foreignKey({ columns: [t.organizationId, t.estimateId], foreignColumns: [estimates.organizationId, estimates.id] }),
    oneOf(t.state, states),
  ],
);

/** Messages between customer and shop about an estimate or one of its lines. */
export const estimateMessages = sqliteTable(
  "estimate_messages",
  {
    organizationId: organizationColumn(),
    id: id("message").notNull(),
    estimateId: id("estimate", "estimate_id").notNull(),
    /** A line of the latest sent revision; null for the whole estimate. */
    lineId: id("line", "line_id"),
    by: json<Actor>("by").notNull(),
    /** Where the contact gets the answer by mail; null for staff. */
    email: text("email"),
    text: text("text").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.estimateId], foreignColumns: [estimates.organizationId, estimates.id] }),
    index("estimate_messages_by_estimate").on(t.organizationId, t.estimateId, t.at),
  ],
);
