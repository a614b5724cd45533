import { type Id, newId } from "~/kernel/ids";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { Line } from "~/modules/work-orders/jobs/job";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import type { Shop } from "./shop";

type Facts = { complaint?: string; cause?: string; correction?: string; purchaseOrder?: string | null };

/** An order that was opened, written up with these lines, and completed. */
export async function completedOrder(
  staff: Awaited<ReturnType<Shop["asStaff"]>>,
  assetId: Id<"asset">,
  lines: readonly Line[],
  { complaint = "Air leak", cause = "", correction = "Replaced", purchaseOrder = null }: Facts = {},
): Promise<Id<"workOrder">> {
  const id = newId("workOrder");
  await openWorkOrder(staff, { id, assetId, complaint, lead: null, promisedAt: null, purchaseOrder, asDraft: false });
  const job = (await readOrderRecord(staff, id))?.order.jobs[0];
  if (!job) throw new Error("an order opens with its complaint as its first job");
  await changeWorkOrder(staff, id, { intent: "save-job", seen: 9, job: { ...job, cause, correction, lines } });
  for (const to of ["in-progress", "completed"] as const) {
    const moved = await runOrderCommand(staff, id, { intent: "move", seen: 9, to, holdReason: null });
    if (!moved.ok) throw new Error(`the order is not ${to}`);
  }
  return id;
}
