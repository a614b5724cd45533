import type { Tone } from "~/ui/state-mark";
import type { WorkOrderState } from "./work-order";

export const stateTones: Record<WorkOrderState, Tone> = {
  draft: "slate",
  open: "blue",
  "in-progress": "green",
  "on-hold": "amber",
  completed: "slate",
  invoiced: "slate",
  canceled: "slate",
};
