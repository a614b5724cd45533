import { dateFormat } from "~/kernel/intl";
import { DAY, startOfDay, toUtcMs, type UtcMs } from "~/kernel/time";

export type MomentOptions = { zone: string; locale?: string; now?: UtcMs };

/** Relative where that is clear: "today 2:05 PM", "yesterday 9:12 AM", "Tue 4:00 PM", "Mar 4", "Mar 4, 2025". */
export function formatMoment(at: UtcMs, { zone, locale = "en-US", now }: MomentOptions): string {
  const format = (options: Intl.DateTimeFormatOptions) => formatIn(at, zone, locale, options);
  const time = format({ hour: "numeric", minute: "2-digit" });
  if (now === undefined) return `${format({ month: "short", day: "numeric", year: "numeric" })}, ${time}`;
  const days = daysBetween(at, now, zone);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `yesterday ${time}`;
  if (days === -1) return `tomorrow ${time}`;
  if (Math.abs(days) < 7) return `${format({ weekday: "short" })} ${time}`;
  const sameYear = formatIn(at, zone, locale, { year: "numeric" }) === formatIn(now, zone, locale, { year: "numeric" });
  return format(sameYear ? { month: "short", day: "numeric" } : { month: "short", day: "numeric", year: "numeric" });
}

/** "2:05 PM", where the day is given nearby. */
export const formatTime = (at: UtcMs, { zone, locale = "en-US" }: MomentOptions): string => formatIn(at, zone, locale, { hour: "numeric", minute: "2-digit" });

/** A heading over what happened on a day: "Today", "Yesterday", "Tue, Mar 4", "Tue, Mar 4, 2025". */
export function formatHeadingDay(at: UtcMs, { zone, locale = "en-US", now }: MomentOptions & { now: UtcMs }): string {
  const days = daysBetween(at, now, zone);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const year = (moment: UtcMs) => formatIn(moment, zone, locale, { year: "numeric" });
  return formatIn(at, zone, locale, { weekday: "short", month: "short", day: "numeric", ...(year(at) === year(now) ? {} : { year: "numeric" }) });
}

/** The full date: "Mon, Mar 4, 2030", for print. */
export const exactDay = (at: UtcMs, { zone, locale = "en-US" }: MomentOptions): string =>
  formatIn(at, zone, locale, { weekday: "short", year: "numeric", month: "short", day: "numeric" });

/** With seconds and zone, for hover and print. */
export function exactMoment(at: UtcMs, { zone, locale = "en-US" }: MomentOptions): string {
  return `${exactDay(at, { zone, locale })}, ${formatIn(at, zone, locale, { hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short" })}`;
}

/** Calendar days from `at` to `now`; rounding absorbs days of 23 and 25 hours. */
const daysBetween = (at: UtcMs, now: UtcMs, zone: string): number => Math.round((startOfDay(toUtcMs(now), zone) - startOfDay(toUtcMs(at), zone)) / DAY);

/** Servers and browsers put different spaces before "PM", which would break hydration. */
const formatIn = (at: UtcMs, zone: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  dateFormat(locale, { timeZone: zone, ...options })
    .format(at)
    .replace(/[\u00a0\u2009\u202f]/g, " ");
