import { eq } from "drizzle-orm";
import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { inspections } from "~/modules/inspections/inspection.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import { vendorJobs } from "~/modules/vendor-jobs/vendor-job.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** How notices name a record, by the kind of record that files are added to. */
const kinds: Readonly<Record<string, string>> = {
  workOrder: "work-order",
  estimate: "estimate",
  invoice: "invoice",
  inspection: "inspection",
  vendorJob: "vendor-job",
  asset: "asset",
  customer: "customer",
  vendor: "vendor",
};

type Changed = { kind: string; id: string; portals: readonly Portal[] };

/** The notice to open pages about a record whose files changed: to the shop, and to its customer or vendor where they see the files. */
export async function fileNotice(db: ScopedDatabase<"job">, { kind, id, portals }: Changed) {
  const notice = kinds[kind];
  if (!notice) return null;
  const customer = portals.includes("customer") ? await customerOf(db, kind, id) : null;
  const vendor = portals.includes("vendor") && kind === "vendorJob" ? await vendorOf(db, id) : null;
  const audiences = ["staff", ...(customer ? [`customer:${customer}`] : []), ...(vendor ? [`vendor:${vendor}`] : [])];
  return { notice: { kind: notice, id, version: 0 }, audiences };
}

async function vendorOf(db: ScopedDatabase<"job">, id: string): Promise<string | null> {
  const mine = eq(vendorJobs.id, id as Id<"vendorJob">); // the kind of the record determines the type of its id
  const [row] = await db.query({ from: vendorJobs, columns: { vendorId: vendorJobs.vendorId }, where: mine, limit: 1 });
  return row?.vendorId ?? null;
}

async function customerOf(db: ScopedDatabase<"job">, kind: string, id: string): Promise<string | null> {
  if (kind === "customer") return id;
  const table = { workOrder: workOrders, estimate: estimates, invoice: invoices, inspection: inspections, asset: assets }[kind];
  if (!table) return null;
  const [row] = await db.query({ from: table, columns: { customerId: table.customerId }, where: eq(table.id, id as never), limit: 1 }); // see above
  return row?.customerId ?? null;
}
