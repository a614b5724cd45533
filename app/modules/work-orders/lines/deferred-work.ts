import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { Line } from "../jobs/job";
import type { WorkOrderState } from "../work-order";

/** A line that the customer declined, with the complaint it was for. */
export type DeferredLine = {
  line: Line;
  jobId: Id<"job">;
  complaint: string;
  workOrderId: Id<"workOrder">;
  order: number;
  orderState: WorkOrderState;
  declinedAt: UtcMs;
};
