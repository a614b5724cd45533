import { addDays, addMonths, daysBetween } from "~/kernel/days";
import type { UtcMs } from "~/kernel/time";
import type { Meter } from "~/modules/assets/meters/meter";

/** A meter's interval: due again after so many meters or seconds, due soon so much before. */
export type MeterInterval = { meter: Meter; every: number; soon: number };
/** `fixed`: due on the days of a document, such as a registration, however early or late it is renewed. */
export type CalendarInterval = { every: number; unit: "day" | "month"; soonDays: number; fixed: boolean };

/** When something is due: by each of its intervals, whichever comes first. */
export type Plan = {
  meters: readonly MeterInterval[];
  calendar: CalendarInterval | null;
  /** How late it may be done and still count as on time, in percent of the interval; 0 for what the law dates. */
  grace: number;
};

type Totals = Partial<Record<Meter, number>>;
/** What the log of readings has for a time, for meters whose reading nobody gave (`counted-then.store.server.ts`). */
type Counted = { counted?: Totals };

/**
 * Where a schedule begins: when it was last done, or when it is due first. What isn't known is absent. With `at`, nobody
 * knew: it counts from that moment, by what the log of readings has for it.
 */
export type Baseline = { means: "last-done" | "first-due"; day: string | null; meters: Totals; at?: UtcMs };
/** A time at which it was done or skipped, so that it counts anew from there; `until` is the day that the new document names. */
export type Reset = { day: string; meters: Totals; kind: "done" | "skipped"; until?: string | null } & Counted;

export type DueMeter = { meter: Meter; at: number | null };
/** `from` is the day that the calendar's interval counts from. */
export type Due = { meters: readonly DueMeter[]; day: string | null; from: string | null };

const stepped = (day: string, { every, unit }: CalendarInterval, times = 1): string =>
  unit === "day" ? addDays(day, every * times) : addMonths(day, every * times);

/** When it is due next, from its baseline and its resets in time order. Null where the reading or day it counts from isn't known. */
export function dueOf(plan: Plan, baseline: Baseline & Counted, resets: readonly Reset[]): Due {
  const last = resets.at(-1);
  const { meters: given, counted } = last ?? baseline;
  const meters = plan.meters.map(({ meter, every }): DueMeter => {
    const from = given[meter] ?? counted?.[meter];
    if (from === undefined) return { meter, at: null };
    return { meter, at: !last && baseline.means === "first-due" ? from : from + every };
  });
  return { meters, ...dueDay(plan.calendar, baseline, resets) };
}

/** The day on which it is due first, where nothing was done since. */
export const firstDay = ({ means, day }: Baseline, resets: readonly Reset[]): string | null => (means === "first-due" && resets.length === 0 ? day : null);

function dueDay(calendar: CalendarInterval | null, baseline: Baseline, resets: readonly Reset[]): Pick<Due, "day" | "from"> {
  if (!calendar) return { day: null, from: null };
  const renewed = resets.findLastIndex(({ until }) => until);
  const until = resets[renewed]?.until;
  // A document's own day goes before what its interval would make it.
  if (until) return dueDay(calendar, { means: "first-due", day: until, meters: {} }, resets.slice(renewed + 1));
  if (calendar.fixed) return fixedDay(calendar, baseline, resets);
  const last = resets.at(-1);
  const from = last?.day ?? baseline.day;
  if (from === null) return { day: null, from: null };
  if (!last && baseline.means === "first-due") return { day: from, from: stepped(from, calendar, -1) };
  return { day: stepped(from, calendar), from };
}

/** Each reset settles the earliest day that is open, and every day that has passed by then. */
function fixedDay(calendar: CalendarInterval, baseline: Baseline, resets: readonly Reset[]): Pick<Due, "day" | "from"> {
  const { day: start, means } = baseline;
  if (start === null) return { day: null, from: null };
  // Every day counts from where it began: a shorter month between them doesn't move the later ones.
  const opens = (settled: number): string => stepped(start, calendar, means === "first-due" ? settled : settled + 1);
  let settled = 0;
  for (const { day } of resets) {
    settled++;
    while (opens(settled) <= day) settled++;
  }
  return { day: opens(settled), from: opens(settled - 1) };
}

/** Days of grace after a calendar day that is due. */
export const graceDays = ({ day, from }: Pick<Due, "day" | "from">, grace: number): number =>
  day === null || from === null ? 0 : Math.floor((daysBetween(from, day) * grace) / 100);
