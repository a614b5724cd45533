import type { Id } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { Job } from "~/modules/work-orders/jobs/job";
import { newLine } from "~/modules/work-orders/lines/order-lines";
import type { WorkOrderState } from "~/modules/work-orders/work-order";
import { runningStates } from "~/modules/work-orders/work-order";
import type { PartKey } from "../checklists/checklist";
import { defectTitle, partLabel } from "../checklists/labels";
import { type DefectFacts, type DefectProblem, defectState } from "./defect";

type Reported = DefectFacts & { part: PartKey; problem: DefectProblem; note: string };

/** What the driver wrote, as the complaint of the job. */
export const complaintOf = (defect: Pick<Reported, "part" | "problem" | "note">): string =>
  [defectTitle(defect), defect.note.trim()].filter(Boolean).join(". ");

/** The job that repairs a defect, with one line that waits for its price. */
export function repairJob(
  defect: Reported,
  { jobId, lineId, position, version }: { jobId: Id<"job">; lineId: Id<"line">; position: number; version: number },
): Job {
  const text = `Repair ${partLabel(defect.part).toLowerCase()}`;
  const line = { id: lineId, kind: "labor", text, partNumber: null, quantity: toQuantity(1_000), each: toCents(0), cost: null, supplies: true } as const;
  return {
    id: jobId,
    position,
    complaint: complaintOf(defect),
    cause: "",
    correction: "",
    vmrs: null,
    technician: null,
    lines: [{ ...newLine(defect.severity === "safety" ? { ...line, safety: true } : line, version), priceOpen: true }],
    version,
  };
}

/** Orders on which a repair is still to be done. */
const RUNNING: readonly WorkOrderState[] = runningStates;

/** Whether an open defect can become a job: not while one repairs it. */
export function canAddToOrder(
  defect: Reported,
  repair: { number: number; state: WorkOrderState; lives: boolean } | null,
): Result<null, { kind: "not-allowed"; message: string }> {
  const refuse = (message: string) => err({ kind: "not-allowed" as const, message: `"${defectTitle(defect)}" ${message}` });
  if (defectState(defect) !== "open") return refuse("is certified already.");
  return repair?.lives && RUNNING.includes(repair.state) ? refuse(`is on WO-${repair.number} already.`) : ok(null);
}
