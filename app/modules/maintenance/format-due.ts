import { formatShortDay } from "~/kernel/time";
import { type DistanceUnit, formatDistance, formatEngineHours } from "~/kernel/units";
import { isDistance, type Meter } from "~/modules/assets/meters/meter";
import { meterLabels } from "~/modules/assets/meters/meter-labels";
import type { Plan } from "./plan";
import type { ScheduleState, Trigger } from "./schedule-state";

type Manner = { distanceUnit: DistanceUnit; locale: string };

export const scheduleStateLabels: Record<ScheduleState, string> = {
  overdue: "Overdue",
  due: "Due",
  "due-soon": "Due soon",
  unknown: "No reading",
  current: "Current",
};

const amount = (by: Trigger["by"], value: number, { distanceUnit, locale }: Manner): string => {
  if (by === "calendar") return value === 1 ? "1 day" : `${value.toLocaleString(locale)} days`;
  return isDistance(by) ? formatDistance(value, distanceUnit, locale) : formatEngineHours(value, locale);
};

/** "at 427,450 mi" or "on Dec 21, 2026"; null where it isn't known. */
export function formatDueAt(by: Trigger["by"], due: number | string | null, manner: Manner): string | null {
  if (due === null) return null;
  return typeof due === "string" ? `on ${formatShortDay(due, manner.locale)}` : `at ${amount(by, due, manner)}`;
}

type Expected = { state: ScheduleState; dueDay: string | null; projectedDay: string | null };

/** "expected Dec 21, 2026" of a meter's interval, or what became of the day: nothing was read since, or the meter got there. */
export function formatExpected({ state, dueDay, projectedDay }: Expected, today: string, locale: string): string | null {
  if (dueDay !== null || projectedDay === null) return null;
  const day = formatShortDay(projectedDay, locale);
  if (state === "due" || state === "overdue") return `reached by ${day}`;
  return projectedDay < today ? `was expected ${day}` : `expected ${day}`;
}

type Range = { state: ScheduleState; earliest: string | null; latest: string | null };

/** "expected between Dec 21, 2026 and Jan 5, 2027", as far as those days are still to come. */
export function formatRange({ state, earliest, latest }: Range, today: string, locale: string): string | null {
  if (earliest === null || latest === null || earliest === latest || state === "due" || state === "overdue") return null;
  const [from, to] = [formatShortDay(earliest, locale), formatShortDay(latest, locale)];
  if (latest < today) return `was expected by ${to}`;
  return earliest < today ? `expected by ${to}` : `expected between ${from} and ${to}`;
}

/** "1,240 mi left", "12 days over", or why nothing can be known. */
export function formatRemaining({ by, remaining, stale, state }: Pick<Trigger, "by" | "remaining" | "stale" | "state">, manner: Manner): string {
  if (remaining === null) return by === "calendar" ? "no date yet" : `no ${meterLabels[by].toLowerCase()} reading yet`;
  const left = remaining === 0 ? (by === "calendar" ? "today" : "now") : `${amount(by, Math.abs(remaining), manner)} ${remaining < 0 ? "over" : "left"}`;
  return stale && state === "unknown" ? `${left} at the last reading, over 30 days ago` : left;
}

/** Unlike a reading, an interval has no tenths. */
const interval = (meter: Meter, every: number, manner: Manner): string =>
  isDistance(meter) ? amount(meter, every, manner) : `${(every / 3_600).toLocaleString(manner.locale, { maximumFractionDigits: 1 })} h`;

/** "Every 25,000 mi or 12 months". */
export function formatPlan({ meters, calendar }: Plan, manner: Manner): string {
  const parts = [
    ...meters.map(
      ({ meter, every }) => `${interval(meter, every, manner)}${isDistance(meter) || meter === "engine" ? "" : ` (${meterLabels[meter].toLowerCase()})`}`,
    ),
    ...(calendar ? [formatCalendar(calendar)] : []),
  ];
  return `Every ${parts.join(" or ")}`;
}

function formatCalendar({ every, unit }: NonNullable<Plan["calendar"]>): string {
  if (unit === "month" && every % 12 === 0) return every === 12 ? "year" : `${every / 12} years`;
  return every === 1 ? unit : `${every} ${unit}s`;
}
