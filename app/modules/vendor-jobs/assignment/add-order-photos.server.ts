import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { copyChosenFiles } from "~/modules/attachments/copy-files.server";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { canAdd } from "../job-states";
import { vendorJobStore } from "../vendor-job.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type PhotoRefusal = { kind: "not-found" } | { kind: "not-allowed"; message: string };

/** Gives the vendor of a job photos that are on its order or on the order's lines. Other vendors of the order don't get them. */
export async function addOrderPhotos(s: Needs, id: Id<"vendorJob">, photos: readonly Id<"attachment">[]): Promise<Result<{ added: number }, PhotoRefusal>> {
  const job = await vendorJobStore(s.db).find(id);
  const order = job && (await findOrder(s.db, job.workOrderId));
  if (!order) return err({ kind: "not-found" });
  const allowed = canAdd(job.state);
  if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
  const from = [{ kind: "workOrder" as const, id: order.id }, ...linesOf(order).map((line) => ({ kind: "line" as const, id: line.id }))];
  return ok({ added: await copyChosenFiles(s, { chosen: photos, from, to: { kind: "vendorJob", id }, for: ["vendor"] }) });
}
