import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { jobFrom } from "~/modules/work-orders/canned-jobs/canned-job";
import { findCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { changeEstimate } from "./change-estimate.server";
import type { Refusal } from "./command";
import { type Estimate, newest } from "./estimate";
import { estimateStore } from "./estimate.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Adds a canned job to a draft. The group's id comes from the form, so a form submitted twice adds it once. */
export async function addCannedGroup(
  s: Needs,
  id: Id<"estimate">,
  { groupId, cannedJobId }: { groupId: Id<"job">; cannedJobId: Id<"cannedJob"> },
): Promise<Result<Estimate, Refusal>> {
  const store = estimateStore(s.db);
  const [canned, estimate] = await Promise.all([findCannedJob(s.db, cannedJobId), store.find(id)]);
  if (!canned || !estimate) return err({ kind: "not-found" });
  const { complaint, lines } = jobFrom(canned, groupId, await store.agreedRate(estimate.customerId));
  const group = { id: groupId, complaint, recommendation: canned.correction, together: false, lines };
  return changeEstimate(s, id, { intent: "write-group", seen: newest(estimate).version, group });
}
