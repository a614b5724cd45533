import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { cents, day, flag, id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { Actor } from "~/platform/database/tenant.tables";
import type { Content, EstimateSnapshot } from "./estimate-snapshot";
import type { Decision, Revision, RevisionState } from "./revision";

const states = ["draft", "sent", "approved", "partially-approved", "declined", "changes-requested", "superseded"] as const;

/** An estimate, with what its lists need of its revisions; kept with each change. */
export const estimates = sqliteTable(
  "estimates",
  {
    organizationId: organizationColumn(),
    id: id("estimate").notNull(),
    number: integer("number").notNull(),
    assetId: id("asset", "asset_id").notNull(),
    /** Frozen at creation: a truck that is sold leaves its estimates with the owner of that day. */
    customerId: id("customer", "customer_id").notNull(),
    workOrderId: id("workOrder", "work_order_id"),
    /** How the newest revision that was sent stands; a draft where none was. */
    state: text("state").$type<RevisionState>().notNull(),
    /** Whether a next revision is being written. */
    isDrafting: flag("is_drafting").notNull(),
    latestSentRevision: integer("latest_sent_revision"),
    /** The last day of the offer, as the shop's calendar has it. */
    validThrough: day("valid_through"),
    /** Of the newest revision, sent or not: the shop's own view. */
    title: text("title").notNull(),
    price: cents("price_cents").notNull(),
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
    index("estimates_by_asset").on(t.organizationId, t.assetId, t.number),
    index("estimates_by_customer").on(t.organizationId, t.customerId, t.number),
    index("estimates_by_order").on(t.organizationId, t.workOrderId),
    oneOf(t.state, states),
  ],
);

/** What was written and sent, each time. `content` holds costs and the shop's own note; `shown` is all that a customer gets. */
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
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.estimateId, t.revision] }),
    foreignKey({ columns: [t.organizationId, t.estimateId], foreignColumns: [estimates.organizationId, estimates.id] }),
    oneOf(t.state, states),
  ],
);

/** What customer and shop say to each other about an estimate, or about one line of it. */
export const estimateMessages = sqliteTable(
  "estimate_messages",
  {
    organizationId: organizationColumn(),
    id: id("message").notNull(),
    estimateId: id("estimate", "estimate_id").notNull(),
    /** Of the revision that the customer has; null where it is about the whole. */
    lineId: id("line", "line_id"),
    by: json<Actor>("by").notNull(),
    /** Where a person of the customer's is answered by mail. */
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

/** Lines that a customer turned down, kept on the unit for another day. One that is offered again leaves until it is turned down again. */
export const deferredWork = sqliteTable(
  "deferred_work",
  {
    organizationId: organizationColumn(),
    lineId: id("line", "line_id").notNull(),
    assetId: id("asset", "asset_id").notNull(),
    estimateId: id("estimate", "estimate_id").notNull(),
    revision: integer("revision").notNull(),
    declinedAt: instant("declined_at").notNull(),
    reofferedAt: instant("reoffered_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.lineId] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.estimateId], foreignColumns: [estimates.organizationId, estimates.id] }),
    index("deferred_work_by_asset").on(t.organizationId, t.assetId, t.declinedAt),
  ],
);
