import { sql } from "drizzle-orm";
import { hasFleetRepair } from "~/modules/inspections/defects/fleet-repairs.store.server";

/** The unit of a row, in a query of units or of orders. */
const unitOf = {
  units: { organization: sql`assets.organization_id`, id: sql`assets.id` },
  orders: { organization: sql`work_orders.organization_id`, id: sql`work_orders.asset_id` },
} as const;
type Of = keyof typeof unitOf;

/** A driver reported a defect of the unit that bars it from driving, and nobody certified the repair. */
export const isBarred = (of: Of) =>
  sql<number>`(exists (select 1 from inspection_defects as d where d.organization_id = ${unitOf[of].organization} and d.asset_id = ${unitOf[of].id} and d.state <> 'closed' and d.state = 'open' and d.severity = 'safety'))`;

/** A fleet certified a repair itself that is still a job of the order, and the shop hasn't decided about it. */
export const hasUndecidedRepair = sql<number>`(exists (select 1 from inspection_defects as d where d.organization_id = work_orders.organization_id and d.work_order_id = work_orders.id and ${hasFleetRepair("d")}))`;

/** The unit reports a fault with which it should stop. */
export const hasCriticalFault = (of: Of) =>
  sql<number>`(exists (select 1 from asset_faults as f where f.organization_id = ${unitOf[of].organization} and f.asset_id = ${unitOf[of].id} and f.is_critical = 1 and f.closed_at is null))`;
