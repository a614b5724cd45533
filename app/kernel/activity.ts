import type { UtcMs } from "./time";

/** What happened, in words. */
export type EventDescription = { title: string; detail: string | null; tone: "slate" | "blue" | "green" | "amber" | "red" };

/** One entry of a record's activity: what was done, by whom and when. */
export type ActivityItem = EventDescription & { key: string; who: string; at: UtcMs };

/** The reason or text that the journal entry holds, if any. */
export const describePlainly = ({ what }: { what: string }): EventDescription => ({
  title: what.charAt(0).toUpperCase() + what.slice(1),
  detail: null,
  tone: "slate",
});

type JournalEvent = { recordId: string; version: number; at: UtcMs; actor: { name: string } };

/** A record's activity from its journal entries, each described by the given function. */
export const activityOf = <Event extends JournalEvent>(events: readonly Event[], describe: (event: Event) => EventDescription): ActivityItem[] =>
  events.map((event) => ({ key: `${event.recordId}-${event.version}`, who: event.actor.name, at: event.at, ...describe(event) }));
