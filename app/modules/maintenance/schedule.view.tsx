import { useFormat } from "~/ui/format";
import { StateMark, type Tone } from "~/ui/state-mark";
import { formatDueAt, formatExpected, scheduleStateLabels } from "./format-due";
import type { ScheduleState, Trigger } from "./schedule-state";

export const scheduleTones: Record<ScheduleState, Tone> = { overdue: "red", due: "amber", "due-soon": "blue", unknown: "slate", current: "green" };

export const ScheduleMark = ({ state }: { state: ScheduleState }) => <StateMark bare tone={scheduleTones[state]} label={scheduleStateLabels[state]} />;

type Due = { state: ScheduleState; firstBy: Trigger["by"] | null; dueDay: string | null; dueMeter: number | null; projectedDay: string | null };

/** "at 427,450 mi, expected Dec 21, 2026". */
export function DueText({ state, firstBy, dueDay, dueMeter, projectedDay }: Due) {
  const { distanceUnit, locale, today } = useFormat();
  const due = firstBy && formatDueAt(firstBy, dueDay ?? dueMeter, { distanceUnit, locale });
  if (!due) return <>no reading or date yet</>;
  const expected = formatExpected({ state, dueDay, projectedDay }, today, locale);
  return (
    <>
      {due}
      {expected && <span className="block text-small text-ink-soft">{expected}</span>}
    </>
  );
}
