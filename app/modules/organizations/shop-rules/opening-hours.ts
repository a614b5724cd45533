import { addDays, daysBetween, startOfWeek } from "~/kernel/days";
import { err, ok, type Result } from "~/kernel/result";
import { dayOf, HOUR, later, localInstant, type UtcMs } from "~/kernel/time";

/** When a shop opens and closes on a day, as its own clock shows it: "08:00". */
export type OpenTime = { opens: string; closes: string };
/** Monday first; null where it is closed. */
export type OpeningHours = readonly (OpenTime | null)[];

export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

const usual: OpenTime = { opens: "08:00", closes: "17:00" };
/** Of a shop that set none. */
export const usualHours: OpeningHours = [usual, usual, usual, usual, usual, null, null];

/** Weeks that are looked through; no response time is as long, even where the shop opens for minutes. */
const MOST_DAYS = 3_660;

/** The instant by which the shop was open for so many hours after `from`. */
export function afterOpenHours(from: UtcMs, hours: number, opening: OpeningHours, zone: string): UtcMs {
  let left = hours * HOUR;
  let day = dayOf(from, zone);
  for (let passed = 0; passed < MOST_DAYS; passed++, day = addDays(day, 1)) {
    const time = opening[weekdayOf(day)];
    const [opens, closes] = time ? [localInstant(`${day}T${time.opens}`, zone), localInstant(`${day}T${time.closes}`, zone)] : [null, null];
    if (opens === null || closes === null) continue;
    const begins = Math.max(from, opens);
    const open = Math.max(0, closes - begins);
    if (open > 0 && left <= open) return later(begins as UtcMs, left); // the greater of two instants
    left -= open;
  }
  return later(from, hours * HOUR);
}

/** 0 on Monday. */
const weekdayOf = (day: string): number => daysBetween(startOfWeek(day), day);

/** Form fields by name: opens0, closes0, … */
export const hoursText = (hours: OpeningHours): Record<string, string> =>
  Object.fromEntries(
    weekdays.flatMap((_, at) => [
      [`opens${at}`, hours[at]?.opens ?? ""],
      [`closes${at}`, hours[at]?.closes ?? ""],
    ]),
  );

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Opening hours of the form, or errors by field. */
export function hoursOf(typed: Readonly<Record<string, string | undefined>>): Result<OpeningHours, Record<string, string>> {
  const problems: Record<string, string> = {};
  const hours = weekdays.map((weekday, at): OpenTime | null => {
    const [opens, closes] = [(typed[`opens${at}`] ?? "").trim(), (typed[`closes${at}`] ?? "").trim()];
    if (opens === "" && closes === "") return null;
    if (!isTime(opens)) problems[`opens${at}`] = `Enter when the shop opens on ${weekday}, or clear both times.`;
    else if (!isTime(closes)) problems[`closes${at}`] = `Enter when the shop closes on ${weekday}, or clear both times.`;
    else if (closes <= opens) problems[`closes${at}`] = "Enter a time after opening.";
    return { opens, closes };
  });
  if (Object.keys(problems).length === 0 && hours.every((time) => time === null)) problems.opens0 = "Enter the hours of at least one day.";
  return Object.keys(problems).length > 0 ? err(problems) : ok(hours);
}

/** "Monday 08:00 to 17:00, Saturday closed": for comparing. */
export const describeHours = (hours: OpeningHours): string =>
  `open ${weekdays.flatMap((weekday, at) => (hours[at] ? `${weekday} ${hours[at]?.opens} to ${hours[at]?.closes}` : [])).join(", ")}`;
