import { addDays, startOfWeek } from "~/kernel/days";
import { dayOf, HOUR, later, localInstant, type UtcMs } from "~/kernel/time";

/** For how long a person can put a notice aside. */
export const snoozes = ["hour", "tomorrow", "week"] as const;
export type Snooze = (typeof snoozes)[number];

export const snoozeLabels: Record<Snooze, string> = { hour: "For 1 hour", tomorrow: "Until tomorrow, 7 a.m.", week: "Until Monday, 7 a.m." };

/** When the notice is back; days are the shop's, and Monday is never today. */
export function snoozedUntil(snooze: Snooze, now: UtcMs, zone: string): UtcMs {
  if (snooze === "hour") return later(now, HOUR);
  const today = dayOf(now, zone);
  const day = snooze === "tomorrow" ? addDays(today, 1) : addDays(startOfWeek(today), 7);
  return localInstant(`${day}T07:00`, zone) as UtcMs; // a day as days.ts writes it
}
