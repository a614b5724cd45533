import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import type { RecordName } from "~/modules/attachments/attachment";
import { canAdd, isClosedTo } from "~/modules/vendor-jobs/job-states";
import { type Tab, tabs } from "~/modules/vendor-jobs/labels";
import { outsideOrderStore } from "~/modules/vendor-jobs/outside-order.store.server";
import type { VendorJob } from "~/modules/vendor-jobs/vendor-job";
import { vendorJobStore } from "~/modules/vendor-jobs/vendor-job.store.server";
import { vendorJobs } from "~/modules/vendor-jobs/vendor-job.tables";
import { vendorMessageStore } from "~/modules/vendor-jobs/vendor-message.store.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 30;

// A vendor's session names its vendor. The shop's limits, prices and other vendors are not among these columns, and never are.
const own = (db: ScopedDatabase<"vendor">) => eq(vendorJobs.vendorId, db.scope.partyId as Id<"vendor">);

/** How many jobs stand in each tab. */
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

/** A page of the vendor's jobs in one tab, the newest first. */
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

/** One job as its vendor may read it. What was declined or taken back keeps its name and shows nothing more; what was called off stays readable. */
export async function readVendorPortalJob(db: ScopedDatabase<"vendor">, id: Id<"vendorJob">) {
  const job = await vendorJobStore(db).find(id);
  if (!job) return null;
  const closed = isClosedTo(job.state);
  const [about, messages] = await Promise.all([outsideOrderStore(db).about(job), closed ? [] : vendorMessageStore(db).of(id)]);
  const { number, title, state, stateSince, version, reason, workOrderId } = job;
  return {
    id,
    number,
    title,
    state,
    stateSince,
    version,
    /** What stands below the name; null where the job is over for this vendor. */
    open: closed ? null : opened(job, about),
    /** Its own words where it declined, the shop's where it was taken back or called off. */
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
    /** What the vendor writes on its invoice. */
    order,
    customer: sharesCustomer ? customer : null,
    // Why the shop went above its own limit is the shop's.
    estimates: job.estimates.map(({ decided, ...estimate }) => ({ ...estimate, feedback: decided?.feedback ?? "" })),
    invoices: job.invoices.map(({ decided, state, ...invoice }) => ({ ...invoice, state, reason: state === "disputed" ? (decided?.reason ?? "") : "" })),
  };
}

/** Until when what the shop adds to an order and shares is for this vendor; null where it has no part in the order. */
export const readPartLasts = (db: ScopedDatabase<"vendor">, workOrderId: Id<"workOrder">) => outsideOrderStore(db).partLasts(workOrderId);

/**
 * Whether the vendor may open a file that was added to this record then: its own open job's, or what the shop shared
 * of the order before the vendor was done with it.
 */
export async function vendorCanSee(db: ScopedDatabase<"vendor">, { kind, id }: RecordName, addedAt: UtcMs): Promise<boolean> {
  if (kind === "workOrder") {
    const lasts = await readPartLasts(db, id as Id<"workOrder">); // the record's own kind says what its id is of
    return lasts === "now" || (lasts !== null && addedAt <= lasts);
  }
  const job = kind === "vendorJob" ? await vendorJobStore(db).find(id as Id<"vendorJob">) : null; // as above
  return job !== null && !isClosedTo(job.state);
}

/** Whether a job is the vendor's own, and still takes files. */
export async function addsToJob(db: ScopedDatabase<"vendor">, id: Id<"vendorJob">): Promise<boolean> {
  const job = await vendorJobStore(db).find(id);
  return job !== null && canAdd(job.state) === true;
}
