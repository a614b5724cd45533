import { type NotificationRow, rowsFor } from "../notification-table";

/** The portals whose people can have push messages. */
export const pushAudiences = ["staff", "driver"] as const;
export type PushAudience = (typeof pushAudiences)[number];

/** By event: on or off, where a person chose another than the usual. */
export type PushChoices = Readonly<Record<string, boolean>>;

/** The rows of an audience that may be pushed. */
export const pushedRows = (audience: PushAudience): NotificationRow[] => rowsFor(audience).filter(({ push }) => push !== undefined);

const isUsual = ({ push }: NotificationRow): boolean => push === "on";

/** Whether a person with these choices has an event pushed. */
export function isPushed(audience: PushAudience, event: string, choices: PushChoices): boolean {
  const row = pushedRows(audience).find((one) => one.event === event);
  return row !== undefined && (choices[event] ?? isUsual(row));
}

/** What is kept of a person's choices: only those that differ from the usual, so that a changed default reaches who never chose. */
export function choicesOf(audience: PushAudience, chosen: ReadonlySet<string>): PushChoices {
  return Object.fromEntries(pushedRows(audience).flatMap((row) => (chosen.has(row.event) === isUsual(row) ? [] : [[row.event, chosen.has(row.event)]])));
}
