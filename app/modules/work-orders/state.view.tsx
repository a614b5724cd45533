import { StateMark, type Tone } from "~/ui/state-mark";
import { type HoldReason, holdLabels, stateLabels, type WorkOrderState } from "./work-order";

export const stateTones: Record<WorkOrderState, Tone> = {
  draft: "slate",
  open: "blue",
  "in-progress": "green",
  "on-hold": "amber",
  completed: "slate",
  invoiced: "slate",
  canceled: "slate",
};

type MarkProps = { order: { state: WorkOrderState; holdReason: HoldReason | null }; bare?: boolean };

/** The state of an order; of a held one with what it waits for. */
export const OrderStateMark = ({ order: { state, holdReason }, bare }: MarkProps) => (
  <StateMark {...(bare ? { bare } : {})} tone={stateTones[state]} label={holdReason ? `Held: ${holdLabels[holdReason]}` : stateLabels[state]} />
);
