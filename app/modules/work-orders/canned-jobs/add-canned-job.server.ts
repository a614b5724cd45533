import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type ChangeNeeds, type ChangeRefusal, changeWorkOrder } from "../change-work-order.server";
import type { Order } from "../order";
import { workOrderStore } from "../work-order.store.server";
import { jobFrom } from "./canned-job";
import { cannedJobStore } from "./canned-job.store.server";

/** Adds a canned job to an order. The new job's id comes from the form, so a form submitted twice adds it once. */
export async function addCannedJob(
  s: ChangeNeeds & { db: ScopedDatabase<"staff"> },
  id: Id<"workOrder">,
  { jobId, cannedJobId }: { jobId: Id<"job">; cannedJobId: Id<"cannedJob"> },
): Promise<Result<Order, ChangeRefusal>> {
  const [canned, rate] = await Promise.all([cannedJobStore(s.db).find(cannedJobId), workOrderStore(s.db).agreedRate(id)]);
  if (!canned) return err({ kind: "not-found" });
  return changeWorkOrder(s, id, { intent: "save-job", seen: 1, job: jobFrom(canned, jobId, rate) });
}
