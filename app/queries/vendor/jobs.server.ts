import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import type { RecordName } from "~/modules/attachments/attachment";
import { readAskedLines } from "~/modules/vendor-jobs/assignment/asked-lines.read.server";
import { canAdd, isClosedTo } from "~/modules/vendor-jobs/job-states";
import { type Tab, tabs } from "~/modules/vendor-jobs/labels";
import { outsideOrderStore } from "~/modules/vendor-jobs/outside-order.store.server";
import type { VendorJob } from "~/modules/vendor-jobs/vendor-job";
import { vendorJobStore } from "~/modules/vendor-jobs/vendor-job.store.server";
import { vendorJobs } from "~/modules/vendor-jobs/vendor-job.tables";
import { vendorMessageStore } from "~/modules/vendor-jobs/vendor-message.store.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 30;

// A vendor's session names its vendor. The shop's limits, prices and other vendors must never be among these columns.
const own = (db: ScopedDatabase<"vendor">) => eq(vendorJobs.vendorId, db.scope.partyId as Id<"vendor">);

/** Number of jobs per tab. */
export async function countVendorPortalJobs(db: ScopedDatabase<"vendor">): Promise<Record<Tab, number>> {
  const rows = await db.query({
    from: vendorJobs,
    columns: { state: vendorJobs.state, count: sql<number>`count(*)` },
    where: own(db),
    groupBy: [vendorJobs.state],
    limit: 20,
  });
  const of = (tab: Tab) => rows.filter(({ state }) => (tabs[tab] as readonly string[]).includes(state)).reduce((sum, { count }) => sum + count, 0);
  return { pending: of("pending"), active: of("active"), completed: of("completed") };
}

/** A page of the vendor's jobs in a tab, newest first. */
export async function readVendorPortalJobs(db: ScopedDatabase<"vendor">, tab: Tab, before: number | null) {
  const { id, number, title, state, stateSince, dueDay } = vendorJobs;
  const rows = await db.query({
    from: vendorJobs,
    columns: { id, number, title, state, stateSince, dueDay, unitNumber: assets.unitNumber },
    join: [[assets, eq(assets.id, vendorJobs.assetId)]],
    where: and(own(db), inArray(state, [...tabs[tab]]), before === null ? undefined : lt(number, before)),
    orderBy: [desc(number)],
    limit: PER_PAGE + 1,
  });
  const page = rows.slice(0, PER_PAGE);
  return { rows: page, next: rows.length > PER_PAGE ? (page.at(-1)?.number ?? null) : null };
}

export type VendorPortalJob = NonNullable<Awaited<ReturnType<typeof readVendorPortalJob>>>;

/** A job as its vendor may see it. A declined or recalled job only shows its title; a canceled one stays readable. */
export async function readVendorPortalJob(db: ScopedDatabase<"vendor">, id: Id<"vendorJob">) {
  const job = await vendorJobStore(db).find(id);
  if (!job) return null;
  const closed = isClosedTo(job.state);
  const [about, messages, lines] = await Promise.all([
    outsideOrderStore(db).about(job),
    closed ? [] : vendorMessageStore(db).of(id),
    closed ? [] : readAskedLines(db, job),
  ]);
  const { number, title, state, stateSince, version, reason, workOrderId } = job;
  return {
    id,
    number,
    title,
    state,
    stateSince,
    version,
    /** Details below the title; null if the job is closed to this vendor. */
    open: closed ? null : { ...opened(job, about), lines },
    /** The vendor's reason for declining, or the shop's for recalling or canceling. */
    reason,
    messages,
    workOrderId,
  };
}

type About = Awaited<ReturnType<ReturnType<typeof outsideOrderStore>["about"]>>;

function opened(job: VendorJob, { unitNumber, year, make, model, vin, order, customer }: About) {
  const { instructions, dueDay, needsEstimate, sharesCustomer } = job;
  return {
    instructions,
    dueDay,
    needsEstimate,
    unitNumber,
    unit: [year, make, model].filter(Boolean).join(" "),
    vin,
    /** The order number for the vendor's invoice. */
    order,
    customer: sharesCustomer ? customer : null,
    // The shop's reason for going over its limit is internal.
    estimates: job.estimates.map(({ decided, ...estimate }) => ({ ...estimate, feedback: decided?.feedback ?? "" })),
    invoices: job.invoices.map(({ decided, state, ...invoice }) => ({ ...invoice, state, reason: state === "disputed" ? (decided?.reason ?? "") : "" })),
  };
}

/** Until when shared additions to an order are visible to this vendor; null if it has no part in the order. */
export const readPartLasts = (db: ScopedDatabase<"vendor">, workOrderId: Id<"workOrder">) => outsideOrderStore(db).partLasts(workOrderId);

/**
 * Whether the vendor may open a file added to this record at that time: of its own open job, or shared by the shop on
 * the order before the vendor's work was done.
 */
export async function vendorCanSee(db: ScopedDatabase<"vendor">, { kind, id }: RecordName, addedAt: UtcMs): Promise<boolean> {
  if (kind === "workOrder") {
    const lasts = await readPartLasts(db, id as Id<"workOrder">); // the kind of the record determines the type of its id
    return lasts === "now" || (lasts !== null && addedAt <= lasts);
  }
  const job = kind === "vendorJob" ? await vendorJobStore(db).find(id as Id<"vendorJob">) : null; // as above
  return job !== null && !isClosedTo(job.state);
}

/** Whether a job is the vendor's own and still accepts files. */
export async function addsToJob(db: ScopedDatabase<"vendor">, id: Id<"vendorJob">): Promise<boolean> {
  const job = await vendorJobStore(db).find(id);
  return job !== null && canAdd(job.state) === true;
}
