import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { afterOpenHours, type OpeningHours } from "~/modules/organizations/shop-rules/opening-hours";
import type { Revision } from "./revision";

/** Hours that staff can choose from: an hour, half a day, a day, two and three. */
export const answerHours = [1, 2, 4, 9, 18, 27] as const;

export const hoursLabel = (hours: number): string => (hours === 1 ? "1 shop hour" : `${hours} shop hours`);

/** When who is reminded that an estimate waits for an answer. */
export type AnswerClock = {
  /** Who got the estimate is reminded. */
  remindAt: UtcMs;
  /** Until then an answer is wanted. After it the backup is asked. */
  answerBy: UtcMs;
  /** The shop is asked to call. */
  callAt: UtcMs;
};

/** The contact who is asked only when nobody else answers in time. */
export const backupOf = ({ content, offer }: Pick<Revision, "content" | "offer">): Id<"contact"> | null =>
  offer?.snapshot.answerBy?.backup ? (content.answerWanted?.backupId ?? null) : null;

/** Who gets an estimate at first: all who would, without the backup unless there is nobody else. */
export function askedFirst<Person extends { id: string }>(people: readonly Person[], backupId: string | null): readonly Person[] {
  const others = people.filter(({ id }) => id !== backupId);
  return others.length > 0 ? others : people;
}

type Wanted = { hours: number; hasBackup: boolean; sentAt: UtcMs };
type Shop = { opening: OpeningHours; zone: string };

/**
 * The reminder comes when half of the response time is over. A backup gets half of it again before the shop is asked to
 * call; without one the shop calls when the time is over.
 */
export function answerClock({ hours, hasBackup, sentAt }: Wanted, { opening, zone }: Shop): AnswerClock {
  const after = (count: number) => afterOpenHours(sentAt, count, opening, zone);
  const answerBy = after(hours);
  return { remindAt: after(hours / 2), answerBy, callAt: hasBackup ? after(hours * 1.5) : answerBy };
}
