import { addDays, daysBetween } from "~/kernel/days";
import { DAY, dayOf, type UtcMs } from "~/kernel/time";
import type { Meter, MeterReading } from "~/modules/assets/meters/meter";
import { type Baseline, type Due, dueOf, firstDay, graceDays, type Plan, type Reset } from "./plan";

/** The most urgent first; what isn't known comes before what isn't due. */
export const scheduleStates = ["overdue", "due", "due-soon", "unknown", "current"] as const;
export type ScheduleState = (typeof scheduleStates)[number];

/** A meter without a reading for so long can't show that nothing is due. */
export const STALE_AFTER = 30 * DAY;
/** A forecast further away than this shows nothing. */
const HORIZON_DAYS = 3_650;

/** A meter as it is now, with what it gains a day: on the whole, and at the least and most. */
export type MeterNow = MeterReading & { rate: Rate | null };
export type Rate = { usual: number; low: number; high: number };
export type MetersNow = Partial<Record<Meter, MeterNow>>;

/** One of a schedule's intervals. `remaining` is in meters, seconds or days; `day` is when it is expected to be due. */
export type Trigger = {
  by: Meter | "calendar";
  state: ScheduleState;
  due: number | string | null;
  remaining: number | null;
  /** No reading, or none for 30 days. */
  stale: boolean;
  day: string | null;
  earliest: string | null;
  latest: string | null;
};
export type ScheduleStatus = {
  state: ScheduleState;
  /** Of what is due, the interval that decides the state; else the one that is expected to be due first. `day` is its day. */
  first: Trigger | null;
  triggers: readonly Trigger[];
  day: string | null;
  earliest: string | null;
  latest: string | null;
};

type Now = { at: UtcMs; zone: string };

/**
 * A schedule's state from data alone: what was done, the counted meters, and today in the shop's zone. The day on which it
 * is due first holds for a meter too that nobody gave a reading for, until it is read on that day or later.
 */
export function scheduleStatus(plan: Plan, baseline: Baseline, resets: readonly Reset[], meters: MetersNow, now: Now): ScheduleStatus {
  const due = dueOf(plan, baseline, resets);
  const today = dayOf(now.at, now.zone);
  const dueFirst = firstDay(baseline, resets);
  const byMeter = plan.meters.flatMap(({ meter, every, soon }, n) => {
    const at = due.meters[n]?.at ?? null;
    return at === null && dueFirst !== null ? [] : [meterTrigger(meter, at, { soon, grace: (every * plan.grace) / 100 }, meters[meter], now)];
  });
  const triggers = [
    ...byMeter,
    ...(plan.calendar ? [calendarTrigger(due, plan.calendar.soonDays, plan.grace, today)] : []),
    ...(!plan.calendar && dueFirst !== null && byMeter.length < plan.meters.length ? [firstDayTrigger(dueFirst, today)] : []),
  ];
  const byRank = [...triggers].sort(compareUrgency);
  const state = byRank[0]?.state ?? "unknown";
  const isDue = state === "due" || state === "overdue";
  const first = (isDue ? byRank : [...byRank].sort((a, b) => compareDays(a.day, b.day)))[0] ?? null;
  return {
    state,
    first,
    triggers,
    day: first?.day ?? null,
    earliest: earliestOf(triggers.map(({ earliest }) => earliest)),
    latest: earliestOf(triggers.map(({ latest }) => latest)),
  };
}

/** How far a meter's value is from another, without the trace that miles and tenths of hours leave in binary numbers. */
const apart = (from: number, to: number): number => Math.round((to - from) * 1_000) / 1_000;

function meterTrigger(meter: Meter, due: number | null, by: { soon: number; grace: number }, now: MeterNow | undefined, { at, zone }: Now): Trigger {
  const stale = now === undefined || at - now.at > STALE_AFTER;
  const none: Trigger = { by: meter, state: "unknown", due, remaining: null, stale, day: null, earliest: null, latest: null };
  if (due === null || now === undefined) return none;
  const remaining = apart(now.value, due);
  const readOn = dayOf(now.at, zone);
  const expected = (rate: number | undefined): string | null => {
    // The day on which it was seen to be due: it stays the same while nothing is read.
    if (remaining <= 0) return readOn;
    if (rate === undefined || rate <= 0) return null;
    const days = Math.ceil(remaining / rate);
    return days > HORIZON_DAYS ? null : addDays(readOn, days);
  };
  return {
    ...none,
    remaining,
    // A meter only rises, so an old reading is enough to show that it is due.
    state: remaining < -by.grace ? "overdue" : remaining <= 0 ? "due" : stale ? "unknown" : remaining <= by.soon ? "due-soon" : "current",
    day: expected(now.rate?.usual),
    earliest: expected(now.rate?.high),
    latest: expected(now.rate?.low),
  };
}

function calendarTrigger(due: Due, soonDays: number, grace: number, today: string): Trigger {
  const { day } = due;
  if (day === null) return { by: "calendar", state: "unknown", due: null, remaining: null, stale: false, day, earliest: day, latest: day };
  const remaining = daysBetween(today, day);
  const state = remaining < -graceDays(due, grace) ? "overdue" : remaining <= 0 ? "due" : remaining <= soonDays ? "due-soon" : "current";
  return { by: "calendar", state, due: day, remaining, stale: false, day, earliest: day, latest: day };
}

/** Due on a day although the plan has no calendar; only a meter can show how late it is. */
function firstDayTrigger(day: string, today: string): Trigger {
  const remaining = daysBetween(today, day);
  return { by: "calendar", state: remaining <= 0 ? "due" : "current", due: day, remaining, stale: false, day, earliest: day, latest: day };
}

type Urgency = { state: ScheduleState; day: string | null };

/** Orders schedules the most urgent first: by state, then by the day that they are expected to be due. */
export const compareUrgency = (a: Urgency, b: Urgency): number => rank(a) - rank(b) || compareDays(a.day, b.day);

/** The same for schedules as lists have them. */
export const compareRows = (a: Listed, b: Listed): number => compareUrgency({ state: a.state, day: a.projectedDay }, { state: b.state, day: b.projectedDay });
type Listed = { state: ScheduleState; projectedDay: string | null };

const rank = ({ state }: Pick<Urgency, "state">): number => scheduleStates.indexOf(state);
const compareDays = (a: string | null, b: string | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1);
const earliestOf = (days: readonly (string | null)[]): string | null => days.reduce((best, day) => (compareDays(day, best) < 0 ? day : best), null);

/** Fewer days between two readings say too little about a unit's use. */
const FEWEST_DAYS = 7;

/** What a meter gains a day, from its last reading and earlier ones, the longest ago last. */
export function rateOf(last: MeterReading | null, earlier: readonly (MeterReading | null)[]): Rate | null {
  const rates = earlier.flatMap((one) => {
    const days = last && one ? (last.at - one.at) / DAY : 0;
    return last && one && days >= FEWEST_DAYS ? [(last.value - one.value) / days] : [];
  });
  const usual = rates.at(-1);
  return usual === undefined || usual <= 0 ? null : { usual, low: Math.min(...rates.filter((rate) => rate > 0)), high: Math.max(...rates) };
}

/** Of each time, whether it was late: later than the grace of any of its intervals. Null where nobody knows, or it was skipped. */
export function lateOf(plan: Plan, baseline: Baseline, resets: readonly Reset[]): (boolean | null)[] {
  return resets.map((reset, n) => {
    if (reset.kind !== "done") return null;
    const due = dueOf(plan, baseline, resets.slice(0, n));
    const known = due.day !== null || due.meters.some(({ meter, at }) => at !== null && reset.meters[meter] !== undefined);
    if (!known) return null;
    return (
      (due.day !== null && daysBetween(due.day, reset.day) > graceDays(due, plan.grace)) ||
      due.meters.some(({ meter, at }, m) => {
        const value = reset.meters[meter];
        return at !== null && value !== undefined && apart(at, value) > ((plan.meters[m]?.every ?? 0) * plan.grace) / 100;
      })
    );
  });
}

/** Of the times it was done, how many were on time. Skipped times don't count. */
export function complianceOf(plan: Plan, baseline: Baseline, resets: readonly Reset[]): { done: number; onTime: number } {
  const known = lateOf(plan, baseline, resets).filter((late) => late !== null);
  return { done: known.length, onTime: known.filter((late) => !late).length };
}
