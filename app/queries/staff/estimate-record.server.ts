import { and, desc, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Clock, dayOf } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { newest } from "~/modules/estimates/estimate";
import { estimateStore } from "~/modules/estimates/estimate.store.server";
import { lineIdsIn } from "~/modules/estimates/estimate-snapshot";
import { readsCosts, withoutCosts } from "~/modules/work-orders/jobs/costs";
import { findDeferredWork } from "~/modules/work-orders/lines/deferred-work.store.server";
import { authorizationIn } from "~/modules/work-orders/lines/order-authorization";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { activityOf } from "../journal-events";

const MAX_ACTIVITY = 100;

/** An estimate for staff: revisions, its order's lines, customer, unit, contacts who can answer, and activity; costs only for those who may see them. */
export async function readEstimateRecord({ db, clock }: { db: ScopedDatabase<"staff">; clock: Clock }, id: Id<"estimate">) {
  const store = estimateStore(db);
  const estimate = await store.find(id);
  if (!estimate) return null;
  const { assetId, customerId, workOrderId } = estimate;
  const [found, photos, about, deciders, [[customer], activity]] = await Promise.all([
    workOrderStore(db).find(workOrderId),
    store.photos(lineIdsIn(newest(estimate).content)),
    store.about(assetId, customerId),
    store.deciders(customerId),
    db.queries(
      { from: customers, columns: { phone: customers.phone }, where: eq(customers.id, customerId), limit: 1 },
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
  if (!found) throw new Error("estimate without its order");
  const { order } = found;
  return {
    estimate,
    order: readsCosts(db.scope) ? order : { ...order, jobs: withoutCosts(order.jobs) },
    authorization: authorizationIn(order, dayOf(clock.now(), db.scope.organization.zone)),
    photos,
    ...about,
    phone: customer?.phone ?? null,
    deciders,
    activity: activityOf(activity),
  };
}

/** The contacts of a customer who can answer its estimates. */
export const readDeciders = (db: ScopedDatabase<"staff">, customerId: Id<"customer">) => estimateStore(db).deciders(customerId);

/** A unit's deferred work. */
export async function readDeferredWork(db: ScopedDatabase<"staff">, assetId: Id<"asset">) {
  const deferred = await findDeferredWork(db, assetId);
  return readsCosts(db.scope) ? deferred : deferred.map((it) => ({ ...it, line: { ...it.line, cost: null } }));
}
