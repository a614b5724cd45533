import { and, asc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets, unitFactColumns } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { OrderLine } from "../jobs/job";
import { decidedOn, isRefusedWork } from "../lines/authorization";
import { lineQueries, withLines } from "../lines/order-lines.store.server";
import { SERVICED } from "../lines/order-work.store.server";
import { workOrderJobs, workOrders } from "../work-order.tables";
import type { OrderSummary } from "./order-summary";

const MOST_JOBS = 500;

/** A completed order without internal data; null while it isn't completed. A customer's scope reads only that customer's orders. */
export async function findFinished(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, id: Id<"workOrder">): Promise<OrderSummary | null> {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(workOrders.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const w = workOrders;
  const j = workOrderJobs;
  const queries = lineQueries([id]);
  const [[row], jobs, lines, decisions] = await db.queries(
    {
      from: w,
      columns: {
        number: w.number,
        title: w.title,
        state: w.state,
        purchaseOrder: w.purchaseOrder,
        completedAt: w.completedAt,
        customer: customers.name,
        address: customers.address,
        taxId: customers.taxId,
        unitNumber: assets.unitNumber,
        ...unitFactColumns(SERVICED),
      },
      join: [
        [assets, eq(assets.id, w.assetId)],
        [customers, eq(customers.id, w.customerId)],
      ],
      where: and(eq(w.id, id), own),
      limit: 1,
    },
    {
      from: j,
      columns: { id: j.id, complaint: j.complaint, correction: j.correction, options: j.options },
      where: and(eq(j.workOrderId, id), isNull(j.removedAt)),
      orderBy: [asc(j.position)],
      limit: MOST_JOBS,
    },
    queries.lines,
    queries.decisions,
  );
  if (!row || row.completedAt === null || (row.state !== "completed" && row.state !== "invoiced")) return null;
  const { kind, vin, plate, year, make, model, odometer, engine, address, taxId, state: _, completedAt, ...order } = row;
  const work = { jobs: withLines(jobs, lines), decisions };
  return {
    ...order,
    completedAt,
    billTo: { address, taxId },
    unitFacts: { kind, vin, plate, year, make, model, odometer, engine },
    // Lists every field by name, so a field added to lines later is not printed by accident.
    jobs: work.jobs.map((job) => ({
      complaint: job.complaint,
      correction: job.correction,
      lines: job.lines.filter((line) => isDone(work, line)).map(({ kind, text, partNumber, quantity }) => ({ kind, text, partNumber, quantity })),
    })),
    declined: work.jobs.flatMap((job) =>
      job.lines.filter(({ id: line }) => decidedOn(work, line).state === "declined").map(({ text, safety }) => ({ text, ...(safety ? { safety } : {}) })),
    ),
  };
}

/** Whether a line of a completed order was done; what the customer declined was not. */
function isDone(work: Parameters<typeof decidedOn>[0], { id, done }: Pick<OrderLine, "id" | "done">): boolean {
  return done !== false && !isRefusedWork(decidedOn(work, id).state);
}
