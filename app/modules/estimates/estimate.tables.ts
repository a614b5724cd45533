import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { type Actor, organizationColumn } from "~/platform/database/tenant.tables";
import type { Content, Shown } from "./estimate-snapshot";
import type { Decision, Revision, RevisionState } from "./revision";

/** An estimate, with what its lists need of its revisions; kept with each change. */
export const estimates = sqliteTable(
  "estimates",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"estimate">>().notNull(),
    number: integer("number").notNull(),
    assetId: text("asset_id").$type<Id<"asset">>().notNull(),
    /** Frozen at creation: a truck that is sold leaves its estimates with the owner of that day. */
    customerId: text("customer_id").$type<Id<"customer">>().notNull(),
    workOrderId: text("work_order_id").$type<Id<"workOrder">>(),
    /** How the newest revision that was sent stands; a draft where none was. */
    state: text("state").$type<RevisionState>().notNull(),
    /** Whether a next revision is being written. */
    isDrafting: integer("is_drafting", { mode: "boolean" }).notNull(),
    offeredRevision: integer("offered_revision"),
    /** The last day of the offer, as the shop's calendar has it. */
    validThrough: text("valid_through"),
    /** Of the newest revision, sent or not: the shop's own view. */
    title: text("title").notNull(),
    price: integer("price_cents").$type<Cents>().notNull(),
    stateSince: integer("state_since").$type<UtcMs>().notNull(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("estimates_number").on(t.organizationId, t.number),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    index("estimates_by_asset").on(t.organizationId, t.assetId, t.number),
    index("estimates_by_customer").on(t.organizationId, t.customerId, t.number),
    index("estimates_by_order").on(t.organizationId, t.workOrderId),
  ],
);

/** What was written and sent, each time. `content` holds costs and the shop's own note; `shown` is all that a customer gets. */
export const estimateRevisions = sqliteTable(
  "estimate_revisions",
  {
    organizationId: organizationColumn(),
    estimateId: text("estimate_id").$type<Id<"estimate">>().notNull(),
    revision: integer("revision").notNull(),
    state: text("state").$type<RevisionState>().notNull(),
    content: text("content", { mode: "json" }).$type<Content>().notNull(),
    shown: text("shown", { mode: "json" }).$type<Shown>(),
    hash: text("hash"),
    sentAt: integer("sent_at").$type<UtcMs>(),
    sentBy: text("sent_by"),
    rulesVersion: integer("rules_version"),
    viewed: text("viewed", { mode: "json" }).$type<NonNullable<Revision["viewed"]>>(),
    asked: text("asked", { mode: "json" }).$type<NonNullable<Revision["asked"]>>(),
    decision: text("decision", { mode: "json" }).$type<Decision>(),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.estimateId, t.revision] }),
    foreignKey({ columns: [t.organizationId, t.estimateId], foreignColumns: [estimates.organizationId, estimates.id] }),
  ],
);

/** What customer and shop say to each other about an estimate, or about one line of it. */
export const estimateMessages = sqliteTable(
  "estimate_messages",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"message">>().notNull(),
    estimateId: text("estimate_id").$type<Id<"estimate">>().notNull(),
    /** Of the revision that the customer has; null where it is about the whole. */
    lineId: text("line_id").$type<Id<"line">>(),
    by: text("by", { mode: "json" }).$type<Actor>().notNull(),
    /** Where a person of the customer's is answered by mail. */
    email: text("email"),
    words: text("words").notNull(),
    at: integer("at").$type<UtcMs>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.estimateId], foreignColumns: [estimates.organizationId, estimates.id] }),
    index("estimate_messages_by_estimate").on(t.organizationId, t.estimateId, t.at),
  ],
);

/** Lines that a customer turned down, kept on the unit for another day. One that is offered again leaves until it is turned down again. */
export const deferredWork = sqliteTable(
  "deferred_work",
  {
    organizationId: organizationColumn(),
    lineId: text("line_id").$type<Id<"line">>().notNull(),
    assetId: text("asset_id").$type<Id<"asset">>().notNull(),
    estimateId: text("estimate_id").$type<Id<"estimate">>().notNull(),
    revision: integer("revision").notNull(),
    declinedAt: integer("declined_at").$type<UtcMs>().notNull(),
    offeredAgainAt: integer("offered_again_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.lineId] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.estimateId], foreignColumns: [estimates.organizationId, estimates.id] }),
    index("deferred_work_by_asset").on(t.organizationId, t.assetId, t.declinedAt),
  ],
);
