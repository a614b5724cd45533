import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { JobDraft } from "../jobs/job";
import { jobFrom } from "./canned-job";
import { cannedJobStore } from "./canned-job.store.server";

export type PlannedJob = { jobId: Id<"job">; cannedJobId: Id<"cannedJob"> | null; complaint: string };

/** Jobs for a customer's order: those of canned jobs with their lines, the others with their complaint alone. */
export async function plannedJobs(db: ScopedDatabase<"staff">, customerId: Id<"customer">, wanted: readonly PlannedJob[]): Promise<JobDraft[]> {
  const store = cannedJobStore(db);
  const [canned, rate] = await Promise.all([store.list(), store.agreedRate(customerId)]);
  return wanted.map(({ jobId, cannedJobId, complaint }) => {
    const found = canned.find(({ id }) => id === cannedJobId);
    return found ? jobFrom(found, jobId, rate) : { id: jobId, complaint, cause: "", correction: "", vmrs: null, technician: null, lines: [] };
  });
}
