import { type Id, newId } from "~/kernel/ids";
import { ok, type Result } from "~/kernel/result";
import { type ChangeNeeds, type ChangeRefusal, runOrderCommand } from "../order-command.step.server";
import { workOrderStore } from "../work-order.store.server";
import type { Technician } from "./job";

/** Starts a technician's clock on a job. One runs per person, so one on another order is stopped first. */
export async function startClock(
  s: ChangeNeeds,
  { workOrderId, jobId, technician }: { workOrderId: Id<"workOrder">; jobId: Id<"job">; technician: Technician },
): Promise<Result<{ stoppedElsewhere: boolean }, ChangeRefusal>> {
  const other = await workOrderStore(s.db).runningClock(technician.id);
  const elsewhere = other !== null && other.workOrderId !== workOrderId;
  if (elsewhere) {
    const stopped = await runOrderCommand(s, other.workOrderId, { intent: "stop-clock", entryId: other.id });
    if (!stopped.ok && stopped.error.kind !== "not-allowed") return stopped;
  }
  const started = await runOrderCommand(s, workOrderId, { intent: "start-clock", entryId: newId("laborEntry", s.clock.now()), jobId, technician });
  return started.ok ? ok({ stoppedElsewhere: elsewhere }) : started;
}
