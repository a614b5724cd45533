import { daysBetween, startOfWeek } from "~/kernel/days";
import { dateFormat } from "~/kernel/intl";
import { formatShortDay } from "~/kernel/time";
import { type DistanceUnit, formatDistance } from "~/kernel/units";
import { isDistance } from "~/modules/assets/meters/meter";
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
  return isDistance(by) ? formatDistance(value, distanceUnit, locale) : formatHours(value, locale);
};

/** Unlike a reading, what is due has no tenths of an hour that it doesn't need. */
const formatHours = (seconds: number, locale: string): string => `${(seconds / 3_600).toLocaleString(locale, { maximumFractionDigits: 1 })} h`;

/** "at 427,450 mi" or "on Dec 21, 2026"; null where it isn't known. */
export function formatDueAt(by: Trigger["by"], due: number | string | null, manner: Manner): string | null {
  if (due === null) return null;
  return typeof due === "string" ? `on ${formatShortDay(due, manner.locale)}` : `at ${amount(by, due, manner)}`;
}

export type DueRow = {
  state: ScheduleState;
  firstBy: Trigger["by"] | null;
  dueDay: string | null;
  dueMeter: number | null;
  /** What the meter that decides has now. */
  reads: number | null;
};

/** "at 427,450 mi: 1,240 mi over" or "on Dec 21, 2026: 12 days left", of a schedule as lists have it; null where it isn't known when. */
export function formatDueRow({ state, firstBy, dueDay, dueMeter, reads }: DueRow, today: string, manner: Manner): string | null {
  const due = firstBy && formatDueAt(firstBy, dueDay ?? dueMeter, manner);
  if (!due) return null;
  const remaining = remainingOf({ dueDay, dueMeter, reads }, today);
  return remaining === null ? due : `${due}: ${formatRemaining({ by: firstBy, remaining, stale: dueDay === null, state }, manner)}`;
}

/** Days, or meters and seconds of the meter that decides; below zero once it is over. */
export const remainingOf = ({ dueDay, dueMeter, reads }: Pick<DueRow, "dueDay" | "dueMeter" | "reads">, today: string): number | null =>
  dueDay !== null ? daysBetween(today, dueDay) : dueMeter !== null && reads !== null ? dueMeter - reads : null;

type Expected = { state: ScheduleState; dueDay: string | null; projectedDay: string | null };

/** The nearest days that a forecast by use names exactly, and by their week. What is further away moves with each reading. */
const [NAMED_DAYS, NAMED_WEEKS] = [14, 90];

/** "Dec 21, 2026", "the week of Dec 21, 2026" or "March 2027": no more exact than a forecast of that day can be. */
function formatForecast(day: string, today: string, locale: string): string {
  const ahead = daysBetween(today, day);
  if (ahead > NAMED_WEEKS) return dateFormat(locale, { timeZone: "UTC", month: "long", year: "numeric" }).format(Date.parse(`${day}T12:00:00Z`));
  return ahead > NAMED_DAYS ? `the week of ${formatShortDay(startOfWeek(day), locale)}` : formatShortDay(day, locale);
}

/** "expected Dec 21, 2026" of a meter's interval, or that the day passed and nothing was read since. Of what is due, its meter shows more than a day. */
export function formatExpected({ state, dueDay, projectedDay }: Expected, today: string, locale: string): string | null {
  if (dueDay !== null || projectedDay === null) return null;
  if (state === "due" || state === "overdue") return null;
  return projectedDay < today
    ? `was expected ${formatShortDay(projectedDay, locale)}, no reading since`
    : `expected ${formatForecast(projectedDay, today, locale)}`;
}

type Range = { state: ScheduleState; earliest: string | null; latest: string | null };

/** "expected between Dec 21, 2026 and Jan 5, 2027", as far as those days are still to come. */
export function formatRange({ state, earliest, latest }: Range, today: string, locale: string): string | null {
  if (earliest === null || latest === null || earliest === latest || state === "due" || state === "overdue") return null;
  if (latest < today) return `was expected by ${formatShortDay(latest, locale)}`;
  const [from, to] = [formatForecast(earliest, today, locale), formatForecast(latest, today, locale)];
  if (earliest < today) return `expected by ${to}`;
  return from === to ? `expected ${from}` : `expected between ${from} and ${to}`;
}

/** "1,240 mi left", "12 days over", or why nothing can be known. */
export function formatRemaining({ by, remaining, stale, state }: Pick<Trigger, "by" | "remaining" | "stale" | "state">, manner: Manner): string {
  if (remaining === null) return by === "calendar" ? "no date yet" : `no ${meterLabels[by].toLowerCase()} reading yet`;
  const left = remaining === 0 ? (by === "calendar" ? "today" : "now") : `${amount(by, Math.abs(remaining), manner)} ${remaining < 0 ? "over" : "left"}`;
  return stale && state === "unknown" ? `${left} at the last reading, over 30 days ago` : left;
}

/** "Every 25,000 mi or 12 months". */
export function formatPlan({ meters, calendar }: Plan, manner: Manner): string {
  const parts = [
    ...meters.map(
      ({ meter, every }) => `${amount(meter, every, manner)}${isDistance(meter) || meter === "engine" ? "" : ` (${meterLabels[meter].toLowerCase()})`}`,
    ),
    ...(calendar ? [formatCalendar(calendar)] : []),
  ];
  return `Every ${parts.join(" or ")}`;
}

function formatCalendar({ every, unit }: NonNullable<Plan["calendar"]>): string {
  if (unit === "month" && every % 12 === 0) return every === 12 ? "year" : `${every / 12} years`;
  return every === 1 ? unit : `${every} ${unit}s`;
}
