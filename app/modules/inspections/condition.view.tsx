import { StateMark, type Tone } from "~/ui/state-mark";
import { type DefectState, defectStateLabels, type UnitCondition, unitConditionLabels } from "./defects/defect";

export const conditionTones: Record<UnitCondition, Tone> = { "do-not-operate": "red", "open-defects": "amber", "review-pending": "blue", ready: "green" };

/** What marks the condition of a unit; nothing for one that is ready. */
export const conditionMark = (condition: UnitCondition): { tone: Tone; label: string } | null =>
  condition === "ready" ? null : { tone: conditionTones[condition], label: unitConditionLabels[condition] };

export function ConditionMark({ condition, bare }: { condition: UnitCondition; bare?: boolean }) {
  const mark = conditionMark(condition);
  return mark && <StateMark bare={bare} {...mark} />;
}

const stateTones: Record<DefectState, Tone> = { open: "amber", certified: "blue", closed: "green" };

/** A defect's state; an open one that bars the unit from driving is red. */
export const DefectMark = ({ state, severity }: { state: DefectState; severity: "safety" | "minor" }) => (
  <StateMark
    bare
    tone={state === "open" && severity === "safety" ? "red" : stateTones[state]}
    label={state === "open" && severity === "safety" ? "Open, not safe to drive" : defectStateLabels[state]}
  />
);
