import { Docket } from "~/ui/docket";
import { stateTones } from "./state.view";
import { docketNumber, stateLabels, type WorkOrderState } from "./work-order";

/** An order's number and state, as in lists. */
export const OrderDocket = ({ number, state }: { number: number; state: WorkOrderState }) => (
  <Docket number={docketNumber(number)} state={stateTones[state]} stateLabel={stateLabels[state]} />
);
