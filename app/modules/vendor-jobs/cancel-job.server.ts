import type { Id } from "~/kernel/ids";
import { ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Refusal, VendorJobCommand } from "./decide";
import { outsideOrderStore } from "./outside-order.store.server";
import { vendorJobStore } from "./vendor-job.store.server";
import { runVendorJobCommand } from "./vendor-job-command.step.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** What happened to the order: it resumed, stayed as it was, or someone else moved it at the same time. */
export type OrderThen = "goes-on" | "as-it-was" | "moved-meanwhile";

/** Cancels a job, and resumes the order that was on hold for it if the shop chose so. The caller drains the outbox. */
export async function callOffJob(
  s: Needs,
  id: Id<"vendorJob">,
  command: Extract<VendorJobCommand, { intent: "call-off" }>,
): Promise<Result<{ order: OrderThen }, Refusal>> {
  const job = await vendorJobStore(s.db).find(id);
  const held = job && command.goesOn ? await outsideOrderStore(s.db).heldBy(job) : null;
  const changed = await runVendorJobCommand(s, id, command);
  if (!changed.ok) return changed;
  if (!held) return ok({ order: "as-it-was" });
  const move = { intent: "move", seen: held.stateVersion, to: "in-progress", holdReason: null } as const;
  const moved = await changeWorkOrder(s, changed.value.workOrderId, move);
  return ok({ order: moved.ok ? "goes-on" : "moved-meanwhile" });
}
