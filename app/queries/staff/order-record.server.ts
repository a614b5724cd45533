import { eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { shopRulesStore } from "~/modules/organizations/shop-rules/shop-rules.store.server";
import { activityQueries, MAX_ACTIVITY } from "~/modules/work-orders/activity/activity.store.server";
import { readsCosts, withoutCosts } from "~/modules/work-orders/jobs/costs";
import { totalsOf, withoutMargin } from "~/modules/work-orders/jobs/totals";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { activityOf } from "../journal-events";

/** An order with unit, customer, totals and activity; costs only for those who may see them. */
export async function readOrderRecord(db: ScopedDatabase<"staff">, id: Id<"workOrder">) {
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
  // A completed order keeps its rates.
  const rules = order.rulesVersion === null ? found.rules : await shopRulesStore(db).at(order.rulesVersion);
  const rows = [...own, ...about].sort((a, b) => b.at - a.at || b.version - a.version).slice(0, MAX_ACTIVITY);
  const activity = activityOf(rows, ["work-order", "work-order-note"]);
  const totals = totalsOf(order, rules.rules, facts.taxCertificate !== null);
  if (readsCosts(db.scope)) return { order, facts, rules: rules.rules, totals, activity };
  return {
    order: { ...order, jobs: withoutCosts(order.jobs) },
    facts,
    rules: rules.rules,
    totals: withoutMargin(totals),
    activity,
  };
}
