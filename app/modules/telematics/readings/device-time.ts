import { MINUTE, SECOND, toUtcMs, type UtcMs } from "~/kernel/time";

/** Traccar's rule: a smaller number counts seconds, not milliseconds. */
const SECONDS_BELOW = 2 ** 31;
/** The last instant of a JavaScript date. */
const LAST_INSTANT = 8.64e15;

const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(?:(Z)|([+-])(\d\d):?(\d\d))?$/i;
const RFC_3339 = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;

/** 1970 and before comes from a clock that was never set, so it counts as no time. */
const instant = (ms: number): UtcMs | null => (ms > 0 && ms <= LAST_INSTANT ? toUtcMs(ms) : null);

/** ISO 8601 or `yyyy-MM-dd HH:mm:ss`; without a zone it is UTC. */
function writtenTime(text: string): UtcMs | null {
  // An unescaped plus in a query arrives as a space.
  const match = WRITTEN.exec(/t/i.test(text) ? text.replace(/ (\d\d:?\d\d)$/, "+$1") : text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const fraction = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1970;
  const [aheadHours, aheadMinutes] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (!exists || hour > 23 || minute > 59 || second > 60 || aheadHours > 23 || aheadMinutes > 59) return null;
  const ahead = (match[9] === "-" ? -1 : 1) * (aheadHours * 60 + aheadMinutes) * MINUTE;
  return instant(date.getTime() + (hour * 60 + minute) * MINUTE + second * SECOND + fraction - ahead);
}

/** A tracker's time in seconds, milliseconds or text; null if unreadable. */
export function deviceTime(value: unknown): UtcMs | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  if (!/^\d+(\.\d*)?$/.test(text)) return writtenTime(text);
  const counted = Number(text);
  return instant(counted < SECONDS_BELOW ? Math.round(counted * SECOND) : counted);
}

/** The readings API's strict time: RFC 3339 with an offset, or milliseconds. */
export function exactTime(value: unknown): UtcMs | null {
  if (typeof value === "number") return instant(value);
  return typeof value === "string" && RFC_3339.test(value) ? writtenTime(value) : null;
}
