import { dateFormat } from "./intl.ts";

declare const utcMs: unique symbol;
/** An instant: whole milliseconds since 1970 UTC. */
export type UtcMs = number & { readonly [utcMs]: true };

/** Where use cases read the time; rules get `now` as an argument. */
export type Clock = { now(): UtcMs };

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const toUtcMs = (value: number): UtcMs => Math.trunc(value) as UtcMs;
export const later = (from: UtcMs, by: number): UtcMs => toUtcMs(from + by);

export const systemClock: Clock = { now: () => toUtcMs(Date.now()) };

/** How long ago, in short form: "now", "40 s", "4 min", "3 h", "6 d". */
export function formatAge(ms: number): string {
  if (ms < 5 * SECOND) return "now";
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** "1 h 25 min", as on a time card. */
export function formatDuration(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(ms / HOUR)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

const written = (day: string, locale: string, weekday?: "short"): string =>
  dateFormat(locale, { timeZone: "UTC", weekday, month: "short", day: "numeric", year: "numeric" }).format(Date.parse(`${day}T12:00:00Z`));

/** A calendar day such as "Mon, Dec 21, 2026". A day is not an instant, so no time zone applies. */
export const formatDay = (day: string, locale: string): string => written(day, locale, "short");

/** "Dec 21, 2026". */
export const formatShortDay = (day: string, locale: string): string => written(day, locale);

/** The last day of the month before a day's. */
export function endOfLastMonth(day: string): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10);
}

/** First instant of the calendar day that `at` falls on in an IANA zone. */
export function startOfDay(at: UtcMs, zone: string): UtcMs {
  const parts = dateFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const localAsUtc = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  const offset = localAsUtc - Math.floor(at / SECOND) * SECOND;
  const localMidnight = Date.UTC(part("year"), part("month") - 1, part("day"));
  const guess = localMidnight - offset;
  // A clock change between midnight and `at` moves the offset by up to an hour or two.
  const start = guess - (offsetAt(guess, zone) - offset);
  // Where clocks go back over midnight, it comes twice and the day begins at the first.
  const before = offsetAt(start - 2 * HOUR, zone);
  const first = localMidnight - before;
  return toUtcMs(first < start && offsetAt(first, zone) === before ? first : start);
}

/** What a clock in the zone shows at an instant, as a date and time field holds it: "2026-11-22T17:00". */
export const localText = (at: UtcMs, zone: string): string => new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);

/** The instant that a date and time field means in a zone; null where it holds none. In the hour that clocks skip, the one after. */
export function localInstant(text: string, zone: string): UtcMs | null {
  const asUtc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  const guess = toUtcMs(asUtc - offsetAt(asUtc, zone));
  const at = toUtcMs(asUtc - offsetAt(guess, zone));
  return localText(at, zone) === text.slice(0, 16) ? at : guess;
}

/** First instant of a calendar day, written YYYY-MM-DD, in an IANA zone; null where it is no day. */
export function startOfNamedDay(day: string, zone: string): UtcMs | null {
  const utc = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T12:00:00Z`) : Number.NaN;
  // Date.parse takes the 31st of a shorter month for the first of the next.
  if (!Number.isFinite(utc) || new Date(utc).toISOString().slice(0, 10) !== day) return null;
  return startOfDay(toUtcMs(utc - offsetAt(utc, zone)), zone);
}

/** The calendar day that an instant falls on in an IANA zone, as YYYY-MM-DD. */
export const dayOf = (at: UtcMs, zone: string): string => localText(at, zone).slice(0, 10);

/** The same day so many years later, for comparing: 29 February stays, also where that year has none. */
export const yearsAfter = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

function offsetAt(at: number, zone: string): number {
  const name = dateFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find((p) => p.type === "timeZoneName")?.value;
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? "");
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * MINUTE;
}
