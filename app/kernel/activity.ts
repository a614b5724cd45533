import type { UtcMs } from "./time";

export type EventTone = "slate" | "blue" | "green" | "amber" | "red";

/** What happened, in words. */
export type EventDescription = { title: string; detail: string | null; tone: EventTone };

/** One entry of a record's activity: what was done, by whom and when. */
export type ActivityItem = EventDescription & { key: string; event: string; who: string; at: UtcMs };
