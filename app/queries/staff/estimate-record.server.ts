import { and, desc, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { customers } from "~/modules/customers/customer.tables";
import { newest } from "~/modules/estimates/estimate";
import { estimateStore } from "~/modules/estimates/estimate.store.server";
import { linesIn } from "~/modules/estimates/estimate-snapshot";
import { readsCosts, withoutCosts } from "~/modules/work-orders/jobs/costs";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { activityOf } from "../journal-events";

const MAX_ACTIVITY = 100;

/** An estimate for staff: revisions, customer, unit, contacts who can answer, and activity; costs only for those who may see them. */
export async function readEstimateRecord(db: ScopedDatabase<"staff">, id: Id<"estimate">) {
  const store = estimateStore(db);
  const estimate = await store.find(id);
  if (!estimate) return null;
  const { assetId, customerId, workOrderId } = estimate;
  const [photos, about, deciders, [[customer], orders, activity]] = await Promise.all([
    store.photos(linesIn(newest(estimate).content).map(({ id: lineId }) => lineId)),
    store.about(assetId, customerId),
    store.deciders(customerId),
    db.queries(
      { from: customers, columns: { phone: customers.phone, laborRate: customers.laborRate }, where: eq(customers.id, customerId), limit: 1 },
      {
        from: workOrders,
        columns: { number: workOrders.number, state: workOrders.state, title: workOrders.title },
        where: eq(workOrders.id, workOrderId ?? ("" as Id<"workOrder">)), // no order has an empty id
        limit: 1,
      },
      {
        from: journal,
        columns: {
          recordKind: journal.recordKind,
          recordId: journal.recordId,
          version: journal.version,
          at: journal.at,
          event: journal.event,
          actor: journal.actor,
          ip: journal.ip,
          userAgent: journal.userAgent,
          body: journal.body,
        },
        where: and(eq(journal.recordKind, "estimate"), eq(journal.recordId, id)),
        orderBy: [desc(journal.version)],
        limit: MAX_ACTIVITY,
      },
    ),
  ]);
  const revisions = readsCosts(db.scope)
    ? estimate.revisions
    : estimate.revisions.map((one) => ({ ...one, content: { ...one.content, groups: withoutCosts(one.content.groups) } }));
  return {
    estimate: { ...estimate, revisions },
    photos,
    ...about,
    phone: customer?.phone ?? null,
    laborRate: customer?.laborRate ?? null,
    order: orders[0] ?? null,
    deciders,
    activity: activityOf(activity),
  };
}

/** A unit's deferred work. */
export async function readDeferredWork(db: ScopedDatabase<"staff">, assetId: Id<"asset">) {
  const groups = await estimateStore(db).deferred(assetId);
  return readsCosts(db.scope) ? groups : withoutCosts(groups);
}

/** The unit and customer of an order, for an estimate created from its page. */
export async function readUnitOfOrder(db: ScopedDatabase<"staff">, id: Id<"workOrder">) {
  const [row] = await db.query({
    from: workOrders,
    columns: { assetId: workOrders.assetId, title: workOrders.title, customer: customers.name },
    join: [[customers, eq(customers.id, workOrders.customerId)]],
    where: eq(workOrders.id, id),
    limit: 1,
  });
  return row ?? null;
}
