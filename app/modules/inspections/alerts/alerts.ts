import { DAY, dayOf, HOUR, later, MINUTE, type UtcMs } from "~/kernel/time";

/** How long a defect may wait for its certification, where the shop didn't set it. */
export const USUAL_WAIT_HOURS = 48;
export const waitBounds = { least: 1, most: 30 * 24 } as const;
/** What was found later than this ago is no news: the shop was notified. */
export const OLDEST = 80 * DAY;

/** A driver may bring the unit to a safe place, and signs before the engine is off. */
export const GRACE = 30 * MINUTE;

/** Reports of phones without signal come late: a day is looked at from this hour of the next one on. */
const FROM_HOUR = 9;

/** The day whose inspections should be here by now. */
export const dueDay = (now: UtcMs, zone: string): string => dayOf(later(now, -(24 + FROM_HOUR) * HOUR), zone);

/** The hours that were typed, or null. */
export function parseWaitHours(text: string): number | null {
  const hours = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return hours >= waitBounds.least && hours <= waitBounds.most ? hours : null;
}
