import { newId } from "~/kernel/ids";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { LATEST } from "./step";

/** The naive control: approved lines are added to the order, beside the lines that were offered, instead of marked there. */
export const addsApproved: typeof changeEstimate = async (s, id, asked) => {
  const changed = await changeEstimate(s, id, asked);
  const approved =
    changed.ok && asked.intent === "answer" ? (changed.value.revisions.find(({ revision }) => revision === asked.revision)?.decision?.approved ?? []) : [];
  if (!changed.ok || approved.length === 0) return changed;
  const staff = { db: s.db as ScopedDatabase<"staff">, clock: s.clock }; // only staff record answers here
  const order = await findOrder(staff.db, changed.value.workOrderId);
  for (const job of order?.jobs ?? []) {
    const added = job.lines.filter((line) => approved.includes(line.id)).map((line) => ({ ...line, id: newId("line") }));
    if (added.length > 0)
      await changeWorkOrder(staff, changed.value.workOrderId, { intent: "save-job", seen: LATEST, job: { ...job, lines: [...job.lines, ...added] } });
  }
  return changed;
};
