import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import { addCannedJob } from "~/modules/work-orders/canned-jobs/add-canned-job.server";
import type { ChangeNeeds, ChangeRefusal } from "~/modules/work-orders/change-work-order.server";
import type { Order } from "~/modules/work-orders/order";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { refreshUnits } from "../refresh-schedules.server";
import { countCannedWork } from "./count-canned.server";

/** Adds a canned job to an order, which does the unit's maintenance that has the same canned job and is on no order yet. */
export async function addCannedWork(
  s: ChangeNeeds & { db: ScopedDatabase<"staff"> },
  id: Id<"workOrder">,
  added: { jobId: Id<"job">; cannedJobId: Id<"cannedJob"> },
): Promise<Result<Order, ChangeRefusal>> {
  const changed = await addCannedJob(s, id, added);
  if (!changed.ok) return changed;
  const { assetId } = changed.value;
  const counted = await countCannedWork(s, [assetId]);
  if (counted.length > 0) await refreshUnits({ ...s, zone: s.db.scope.organization.zone }, [assetId]);
  return changed;
}
