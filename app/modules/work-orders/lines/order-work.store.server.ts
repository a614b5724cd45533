import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { shopRules } from "~/modules/organizations/organization.tables";
import { firstRules, type OverRule } from "~/modules/organizations/shop-rules/shop-rules";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { WorkOrderState } from "../work-order";
import { workOrderJobs, workOrders } from "../work-order.tables";
import type { OrderWork } from "./order-authorization";
import { lineQueries, withLines } from "./order-lines.store.server";

/** Orders that are read at once. */
export const MOST_ORDERS = 50;
const MOST_JOBS = 2_000;

/** An order with its work, for who bills it. */
export type BillableOrder = {
  orderId: Id<"workOrder">;
  order: number;
  title: string;
  unit: string;
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

/** Orders with their work, each at the rates of its completion, and the shop's rule for what was not authorized. */
export async function findOrderWork(db: ScopedDatabase<"staff">, ids: readonly Id<"workOrder">[]): Promise<{ orders: BillableOrder[]; overRule: OverRule }> {
  if (ids.length === 0) return { orders: [], overRule: "ask" };
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
  const orders = rows.map(({ rulesVersion, standing, named, approved, taxCertificate, ...order }): BillableOrder => {
    const version = rulesVersion ?? rules[0]?.version ?? 0;
    const its = jobs.filter(({ workOrderId }) => workOrderId === order.orderId).map(({ workOrderId: _, ...job }) => ({ ...job, technician: null }));
    return {
      ...order,
      rulesVersion: version,
      work: {
        jobs: withLines(its, lines),
        decisions: decisions.filter(({ workOrderId }) => workOrderId === order.orderId),
        most: { standing, named, approved },
        rules: { version, rules: rules.find((one) => one.version === version)?.rules ?? firstRules },
        taxExempt: taxCertificate !== null,
      },
    };
  });
  return { orders, overRule: rules[0]?.rules.overRule ?? "ask" };
}
