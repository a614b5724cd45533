import { eq, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Clock, dayOf } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { activityQueries, MAX_ACTIVITY } from "~/modules/work-orders/activity/activity.store.server";
import { readsCosts, withoutCosts } from "~/modules/work-orders/jobs/costs";
import { totalsOf, withoutMargin } from "~/modules/work-orders/jobs/totals";
import { authorizationIn } from "~/modules/work-orders/lines/order-authorization";
import { workOrderJournal } from "~/modules/work-orders/work-order.journal";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { activityOf } from "../journal-events";

/** The estimate of these lines has an entry of its own beside each. */
const onEstimate: readonly string[] = workOrderJournal.codes("estimate-lines.chosen", "estimate-lines.sent", "estimate-lines.withdrawn");

/** An order with unit, customer, totals and activity; costs only for those who may see them. */
export async function readOrderRecord({ db, clock }: { db: ScopedDatabase<"staff">; clock: Clock }, id: Id<"workOrder">) {
  const [found, [[facts], own, about]] = await Promise.all([
    workOrderStore(db).find(id),
    db.queries(
      {
        from: workOrders,
        columns: {
          number: workOrders.number,
          createdAt: workOrders.createdAt,
          request: workOrders.request,
          assetId: assets.id,
          unitNumber: assets.unitNumber,
          kind: assets.kind,
          vin: assets.vin,
          year: assets.year,
          make: assets.make,
          model: assets.model,
          customerId: customers.id,
          customer: customers.name,
          isSelf: customers.isSelf,
          ownerId: assets.customerId,
          owner: sql<string>`(select owners.name from customers as owners where owners.organization_id = ${assets.organizationId} and owners.id = ${assets.customerId})`,
          phone: customers.phone,
          laborRate: customers.laborRate,
          taxCertificate: customers.taxCertificate,
        },
        join: [
          [assets, eq(assets.id, workOrders.assetId)],
          [customers, eq(customers.id, workOrders.customerId)],
        ],
        where: eq(workOrders.id, id),
        limit: 1,
      },
      ...activityQueries("work-order", id),
    ),
  ]);
  if (!found || !facts) return null;
  const { order } = found;
  const { rules } = order.rules;
  const rows = [...own.filter(({ event }) => !onEstimate.includes(event)), ...about]
    .sort((a, b) => b.at - a.at || b.version - a.version)
    .slice(0, MAX_ACTIVITY);
  const activity = activityOf(rows, ["work-order", "work-order-note"]);
  const today = dayOf(clock.now(), db.scope.organization.zone);
  const [totals, authorization] = [totalsOf(order, today), authorizationIn(order, today)];
  if (readsCosts(db.scope)) return { order, facts, rules, totals, authorization, activity };
  return {
    order: { ...order, jobs: withoutCosts(order.jobs) },
    facts,
    rules,
    totals: withoutMargin(totals),
    authorization,
    activity,
  };
}
