import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { Line } from "../jobs/job";
import type { WorkOrderState } from "../work-order";
import type { Deferral } from "./line-decision";

/** What people read about how work was deferred. */
export const deferralLabels: Record<Deferral, string> = { declined: "declined", withdrawn: "approved, not done", unanswered: "not answered" };

/** A line that was not done, but is still recommended, with the complaint it was for. */
export type DeferredLine = {
  line: Line;
  jobId: Id<"job">;
  complaint: string;
  workOrderId: Id<"workOrder">;
  order: number;
  orderState: WorkOrderState;
  deferredAs: Deferral;
  deferredAt: UtcMs;
};
