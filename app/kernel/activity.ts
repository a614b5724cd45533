import type { UtcMs } from "./time";

/** What happened, in words. */
export type EventDescription = { title: string; detail: string | null; tone: "slate" | "blue" | "green" | "amber" | "red" };

/** One line of a record's story: what happened, who did it and when. */
export type ActivityItem = EventDescription & { key: string; who: string; at: UtcMs };

/** In the journal's own words, where they say it. */
export const describePlainly = ({ what }: { what: string }): EventDescription => ({
  title: what.charAt(0).toUpperCase() + what.slice(1),
  detail: null,
  tone: "slate",
});

type JournalEvent = { recordId: string; version: number; at: UtcMs; actor: { name: string } };

/** A record's story from the journal, each line in the words that `tell` has for it. */
export const activityOf = <Event extends JournalEvent>(events: readonly Event[], describe: (event: Event) => EventDescription): ActivityItem[] =>
  events.map((event) => ({ key: `${event.recordId}-${event.version}`, who: event.actor.name, at: event.at, ...describe(event) }));
