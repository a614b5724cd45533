import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets, unitFactColumns } from "~/modules/assets/asset.tables";
import type { UnitFacts } from "~/modules/assets/unit-facts";
import { customers } from "~/modules/customers/customer.tables";
import { shopRules } from "~/modules/organizations/organization.tables";
import { firstRules, type ShopRules } from "~/modules/organizations/shop-rules/shop-rules";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { WorkOrderState } from "../work-order";
import { workOrderJobs, workOrders } from "../work-order.tables";
import type { OrderWork } from "./order-authorization";
import { lineQueries, withLines } from "./order-lines.store.server";

/** Orders that are read at once. */
export const MOST_ORDERS = 50;
const MOST_JOBS = 2_000;
/** Until when a meter counts as read at service: the reading that is asked for at completion is saved right after it. */
export const SERVICED = sql.raw("coalesce(work_orders.completed_at + 600000, 9007199254740991)");

/** An order with its work, for who bills it. */
export type BillableOrder = {
  orderId: Id<"workOrder">;
  order: number;
  title: string;
  unit: string;
  unitFacts: UnitFacts;
  purchaseOrder: string | null;
  /** Version of the rates and taxes at completion; the current ones until then. */
  rulesVersion: number;
  customerId: Id<"customer">;
  state: WorkOrderState;
  version: number;
  /** Whether no invoice is issued to its customer without a PO number. */
  needsPurchaseOrder: boolean;
  work: OrderWork;
};

/** Orders with their work, each at the rates of its completion, and the shop's current rules. */
export async function findOrderWork(db: ScopedDatabase<"staff">, ids: readonly Id<"workOrder">[]): Promise<{ orders: BillableOrder[]; rules: ShopRules }> {
  if (ids.length === 0) return { orders: [], rules: firstRules };
  const j = workOrderJobs;
  const { organizationId } = db.scope;
  const queries = lineQueries(ids);
  const [rows, jobs, lines, decisions, rules] = await db.queries(
    {
      from: workOrders,
      columns: {
        orderId: workOrders.id,
        order: workOrders.number,
        title: workOrders.title,
        unit: assets.unitNumber,
        purchaseOrder: workOrders.purchaseOrder,
        rulesVersion: workOrders.rulesVersion,
        customerId: workOrders.customerId,
        state: workOrders.state,
        version: workOrders.version,
        standing: workOrders.standingMost,
        named: workOrders.namedMost,
        approved: workOrders.approvedMost,
        needsPurchaseOrder: customers.needsPurchaseOrder,
        taxCertificate: customers.taxCertificate,
        isInternal: customers.isSelf,
        ...unitFactColumns(SERVICED),
      },
      join: [
        [assets, eq(assets.id, workOrders.assetId)],
        [customers, eq(customers.id, workOrders.customerId)],
      ],
      where: inArray(workOrders.id, [...ids]),
      limit: MOST_ORDERS,
    },
    {
      from: j,
      columns: {
        workOrderId: j.workOrderId,
        id: j.id,
        position: j.position,
        complaint: j.complaint,
        cause: j.cause,
        correction: j.correction,
        vmrs: j.vmrs,
        options: j.options,
        version: j.version,
      },
      where: and(inArray(j.workOrderId, [...ids]), isNull(j.removedAt)),
      orderBy: [asc(j.position)],
      limit: MOST_JOBS,
    },
    queries.lines,
    queries.decisions,
    {
      from: shopRules,
      columns: { version: shopRules.version, rules: shopRules.rules },
      // The current ones, and those of each completion.
      where: sql`(${shopRules.version} in (select ${workOrders.rulesVersion} from ${workOrders} where ${workOrders.organizationId} = ${organizationId} and ${inArray(workOrders.id, [...ids])}) or ${shopRules.version} = (select max(version) from shop_rules where organization_id = ${organizationId}))`,
      orderBy: [desc(shopRules.version)],
      limit: MOST_ORDERS + 1,
    },
  );
  const orders = rows.map(
    ({
      rulesVersion,
      standing,
      named,
      approved,
      taxCertificate,
      isInternal,
      kind,
      vin,
      plate,
      year,
      make,
      model,
      odometer,
      engine,
      ...order
    }): BillableOrder => {
      const version = rulesVersion ?? rules[0]?.version ?? 0;
      const its = jobs.filter(({ workOrderId }) => workOrderId === order.orderId).map(({ workOrderId: _, ...job }) => ({ ...job, technician: null }));
      return {
        ...order,
        unitFacts: { kind, vin, plate, year, make, model, odometer, engine },
        rulesVersion: version,
        work: {
          jobs: withLines(its, lines),
          decisions: decisions.filter(({ workOrderId }) => workOrderId === order.orderId),
          most: { standing, named, approved },
          rules: { version, rules: rules.find((one) => one.version === version)?.rules ?? firstRules },
          taxExempt: taxCertificate !== null,
          isInternal,
        },
      };
    },
  );
  return { orders, rules: rules[0]?.rules ?? firstRules };
}
