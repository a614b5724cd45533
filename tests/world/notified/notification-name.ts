import { type NotifiedAudience, notificationRows, type notificationTable } from "~/modules/notifications/notification-table";

type Table = typeof notificationTable;
type Each<L> = L extends readonly (infer One extends string)[] ? One : never;
type MailsIn<Of extends string, M> = { [T in keyof M & string]: `${Of}: ${T} (${Each<M[T]>})` }[keyof M & string];
type NamesIn<Of extends string, R> =
  | (R extends { mails: infer M } ? MailsIn<Of, M> : never)
  | (R extends { notices: infer N } ? `${Of}: notice (${Each<N>})` : never)
  | (R extends { pushes: infer P } ? `${Of}: push (${Each<P>})` : never);

/** One thing that an event of the table causes, as "<audience> <event>: <mail, notice or push> (<effect>)". */
export type NotificationName = {
  [A in NotifiedAudience]: { [E in keyof Table[A] & string]: NamesIn<`${A} ${E}`, Table[A][E]> }[keyof Table[A] & string];
}[NotifiedAudience];

export const nameOf = (audience: string, event: string, what: string, effect: string) => `${audience} ${event}: ${what} (${effect})` as NotificationName; // of the table, or a test fails

/** All that the table names, with their rows. */
export const notifications = new Map(
  notificationRows.flatMap((row) =>
    [...Object.entries(row.mails), ["notice", row.notices ?? []] as const, ["push", row.pushes ?? []] as const].flatMap(([what, effects]) =>
      effects.map((effect) => [nameOf(row.audience, row.event, what, effect), { row, what, effect }] as const),
    ),
  ),
);
