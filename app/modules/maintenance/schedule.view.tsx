import { useFormat } from "~/ui/format";
import { StateMark, type Tone } from "~/ui/state-mark";
import { type DueRow, formatDueRow, formatExpected, scheduleStateLabels } from "./format-due";
import type { ScheduleState } from "./schedule-state";

export const scheduleTones: Record<ScheduleState, Tone> = { overdue: "red", due: "amber", "due-soon": "blue", unknown: "slate", current: "green" };

export const ScheduleMark = ({ state }: { state: ScheduleState }) => <StateMark bare tone={scheduleTones[state]} label={scheduleStateLabels[state]} />;

/** "at 427,450 mi: 1,240 mi left", and when that is expected. */
export function DueText(row: DueRow & { projectedDay: string | null }) {
  const { distanceUnit, locale, today } = useFormat();
  const due = formatDueRow(row, today, { distanceUnit, locale });
  if (!due) return <>no reading or date yet</>;
  const expected = formatExpected(row, today, locale);
  return (
    <>
      {due}
      {expected && <span className="block text-small text-ink-soft">{expected}</span>}
    </>
  );
}
