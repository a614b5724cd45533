import { StateMark, type Tone } from "~/ui/state-mark";
import { type DefectState, defectStateLabels, type UnitCondition, unitConditionLabels } from "./defects/defect";

export const conditionTones: Record<UnitCondition, Tone> = { "do-not-operate": "red", "open-defects": "amber", "review-pending": "blue", ready: "green" };

/** The condition of a unit by its inspections; nothing for one that is ready. */
export const ConditionMark = ({ condition, bare }: { condition: UnitCondition; bare?: boolean }) =>
  condition === "ready" ? null : <StateMark bare={bare} tone={conditionTones[condition]} label={unitConditionLabels[condition]} />;

const stateTones: Record<DefectState, Tone> = { open: "amber", certified: "blue", closed: "green" };

/** A defect's state; an open one that bars the unit from driving is red. */
export const DefectMark = ({ state, severity }: { state: DefectState; severity: "safety" | "minor" }) => (
  <StateMark
    bare
    tone={state === "open" && severity === "safety" ? "red" : stateTones[state]}
    label={state === "open" && severity === "safety" ? "Open, not safe to drive" : defectStateLabels[state]}
  />
);
