import { type Id, parseId } from "~/kernel/ids";
import { toQuantity } from "~/kernel/money";
import type { Clock } from "~/kernel/time";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { CostEntry, VendorJob } from "./vendor-job";
import { vendorJobStore } from "./vendor-job.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock };

/**
 * Brings the work order in line with the approved costs: each current cost is a job with an outside line, each
 * reversed one is removed. Job ids are derived from the cost's id, so it may run twice, late and in any order.
 */
export async function syncCosts(s: Needs, vendorJobId: Id<"vendorJob">): Promise<void> {
  const store = vendorJobStore(s.db);
  const job = await store.find(vendorJobId);
  if (!job) throw new Error("costs of a vendor job that does not exist");
  const takenBack = new Set(job.costs.flatMap(({ reverses }) => reverses ?? []));
  for (const cost of job.costs.filter(({ reverses }) => reverses === null)) {
    const jobId = jobIdOf(cost);
    const changed = await runOrderCommand(
      s,
      job.workOrderId,
      takenBack.has(cost.id) ? { intent: "lift-outside", jobId } : { intent: "place-outside", job: { ...placed(job, cost), id: jobId } },
    );
    // Already there, or removed by hand: nothing to do.
    if (!changed.ok && changed.error.kind !== "stale" && changed.error.kind !== "job-gone" && changed.error.kind !== "not-found")
      throw new Error(`the work order refused a cost: ${changed.error.kind}`);
  }
}

/** The job as the customer sees it, without the vendor and the cost. */
function placed(job: VendorJob, cost: CostEntry) {
  const line = { id: idFrom("line", cost.id), kind: "outside" as const, text: job.title, partNumber: null, quantity: toQuantity(1_000), supplies: false };
  return {
    complaint: `Outside work: ${job.title}`,
    cause: "",
    correction: "Done by an outside shop.",
    vmrs: null,
    technician: null,
    lines: [{ ...line, each: cost.price, cost: cost.amount }],
  };
}

const jobIdOf = (cost: CostEntry): Id<"job"> => idFrom("job", cost.id);

/** One cost is one job with one line; their ids differ only in the prefix. */
function idFrom<K extends "job" | "line">(kind: K, entry: Id<"entry">): Id<K> {
  const id = parseId(kind, entry.replace(/^ent_/, kind === "job" ? "job_" : "lin_"));
  if (!id) throw new Error("derived id is not valid");
  return id;
}
