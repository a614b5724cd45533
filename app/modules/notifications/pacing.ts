import { SECOND, type UtcMs } from "~/kernel/time";
import { isSignInMail } from "./mail";
import { notificationRows } from "./notification-table";

/** Whose turn comes first: who waits for a link to sign in, then who has to decide or to stop, then the rest; last, questions about mails that left. */
export const mailRanks = ["sign-in", "urgent", "rest", "question"] as const;
export type MailRank = (typeof mailRanks)[number];

const urgentMails: ReadonlySet<string> = new Set(notificationRows.flatMap(({ urgent, mails }) => (urgent ? Object.keys(mails) : [])));
export const mailRankOf = (template: string): MailRank => (isSignInMail({ template }) ? "sign-in" : urgentMails.has(template) ? "urgent" : "rest");

/** Permission for one request to the mail provider, or when to ask again. */
export type MailTurn = { id: string } | { laterMs: number };
/** What an answer of the provider announced; null where it didn't. */
export type Announced = { limit: number | null; retryAfterMs: number | null };

/** Gives out the turns of all senders of a deployment. Each turn that was taken is given back with the answer. */
export type MailTurns = {
  take(organizationId: string, rank: MailRank): Promise<MailTurn>;
  giveBack(id: string, announced: Announced): Promise<void>;
};

/** The provider's rate is one of requests in a second (https://resend.com/docs/api-reference/rate-limit). */
const WINDOW = SECOND;
/** The lowest that the provider has published for an account; its answers name the account's own. */
const LOWEST = 2;
/**
 * A sender that died gives nothing back, and a provider that hangs answers nothing; by then it has counted the request.
 * Longer, and a few unanswered requests would keep who waits for a link to sign in.
 */
const LAPSES = 4 * SECOND;

/** `turns`: until when each turn counts. `closedUntil`: the provider asked for a pause. */
export type Pace = { limit: number; turns: Readonly<Record<string, UtcMs>>; closedUntil: UtcMs };

export const slowest: Pace = { limit: LOWEST, turns: {}, closedUntil: 0 as UtcMs };

const counting = ({ turns }: Pace, now: UtcMs): [string, UtcMs][] => Object.entries(turns).filter(([, until]) => until > now);

/** When the next turn may be taken: now, or later. */
export function nextTurnAt(pace: Pace, now: UtcMs): UtcMs {
  const ends = counting(pace, now).map(([, until]) => until);
  const free = ends.length < pace.limit ? now : (ends.sort((a, b) => a - b)[ends.length - pace.limit] ?? now);
  return Math.max(free, pace.closedUntil, now) as UtcMs;
}

export const withTurn = (pace: Pace, id: string, now: UtcMs): Pace => ({
  ...pace,
  turns: Object.fromEntries([...counting(pace, now), [id, (now + LAPSES) as UtcMs]]),
});

/**
 * The provider counted the request at some time before its answer came, so a second after the answer it counts no more:
 * no second of the provider's clock sees more requests than the limit.
 */
export function withAnswer(pace: Pace, id: string, now: UtcMs, { limit, retryAfterMs }: Announced): Pace {
  const turns = id in pace.turns ? { ...pace.turns, [id]: (now + WINDOW) as UtcMs } : pace.turns;
  return {
    limit: limit === null ? pace.limit : Math.max(1, Math.floor(limit)),
    turns: Object.fromEntries(counting({ ...pace, turns }, now)),
    closedUntil: Math.max(pace.closedUntil, retryAfterMs === null ? 0 : now + retryAfterMs) as UtcMs,
  };
}

export type Waiting = { organizationId: string; rank: MailRank };

/** Who is next: by rank, then whose organization was served longest ago, then who came first. `servedAt` counts turns. */
export function nextOf<W extends Waiting>(waiting: readonly W[], servedAt: ReadonlyMap<string, number>): W | null {
  const order = ({ rank, organizationId }: W) => [mailRanks.indexOf(rank), servedAt.get(organizationId) ?? -1] as const;
  return waiting.reduce<W | null>((best, one) => {
    if (!best) return one;
    const [[rank, served], [bestRank, bestServed]] = [order(one), order(best)];
    return rank < bestRank || (rank === bestRank && served < bestServed) ? one : best;
  }, null);
}
