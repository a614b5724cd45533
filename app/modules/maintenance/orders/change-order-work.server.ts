import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import { canEdit } from "~/modules/work-orders/work-order";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceStore } from "../maintenance.store.server";
import { refreshUnits } from "../refresh-schedules.server";
import { scheduleStore } from "../schedule.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type OrderWork = { jobId: Id<"job">; scheduleIds: readonly Id<"schedule">[]; counts: boolean };
export type OrderWorkRefusal = { kind: "not-allowed"; message: string } | { kind: "not-found" } | { kind: "nothing-due" } | { kind: "stale" };

/**
 * Has a job of an open order count as maintenance of its unit, or not: one that somebody wrote, or a canned job that was
 * counted by itself. What is on an open order already isn't counted twice.
 */
export async function changeOrderWork(
  s: Needs,
  workOrderId: Id<"workOrder">,
  { jobId, scheduleIds, counts }: OrderWork,
): Promise<Result<null, OrderWorkRefusal>> {
  const order = await findOrder(s.db, workOrderId);
  if (!order) return err({ kind: "not-found" });
  const allowed = canEdit(order.state);
  if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
  const now = s.clock.now();
  const { zone } = s.db.scope.organization;
  const [unit] = await scheduleStore(s.db).units([order.assetId], now, zone);
  const asked = (unit?.schedules ?? []).filter(({ id }) => scheduleIds.includes(id));
  // Work that goes on on this order is named by the job that it began with.
  const wanted = asked.filter(({ openOrder, work }) =>
    counts ? openOrder === null : work.some((one) => one.began === jobId && one.workOrderId === workOrderId),
  );
  if (counts && !order.jobs.some(({ id }) => id === jobId)) return err({ kind: "not-found" });
  if (wanted.length === 0) return err({ kind: "nothing-due" });
  const store = maintenanceStore(s.db);
  const rows = counts ? store.workRows : store.leaveOutRows;
  try {
    await store.batch(wanted.flatMap((schedule) => rows(schedule, workOrderId, jobId, now)));
  } catch (cause) {
    if (isTaken(cause, "journal.")) return err({ kind: "stale" });
    throw cause;
  }
  await refreshUnits({ ...s, zone }, [order.assetId]);
  return ok(null);
}
