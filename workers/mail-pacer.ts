import { DurableObject } from "cloudflare:workers";
import { SECOND, type UtcMs } from "~/kernel/time";
import {
  type Announced,
  type MailRank,
  type MailTurn,
  type MailTurns,
  nextOf,
  nextTurnAt,
  type Pace,
  slowest,
  withAnswer,
  withTurn,
} from "~/modules/notifications/pacing";

type Waiter = { organizationId: string; rank: MailRank; until: UtcMs; answer(turn: MailTurn): void };

/** One pacer for all organizations: they share the account at the provider. */
export const mailTurnsOf = (env: Env) => env.MailPacer.getByName("all") as unknown as MailTurns; // `MailPacer` implements it

/** How long a sender waits for its turn before it is asked to come again. */
const MOST_WAIT = 8 * SECOND;
/** Of one organization at once; the others of a large mailing come again later. */
const MOST_WAITING = 40;

/** Keeps all senders of the deployment within the mail provider's rate. There is one. */
export class MailPacer extends DurableObject<Env> implements MailTurns {
  #pace: Pace = this.ctx.storage.kv.get<Pace>("pace") ?? slowest;
  #waiting: Waiter[] = [];
  #served = new Map<string, number>();
  #turns = 0;
  #comeAgainAt = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  async take(organizationId: string, rank: MailRank): Promise<MailTurn> {
    if (this.#waiting.filter((one) => one.organizationId === organizationId && one.rank === rank).length >= MOST_WAITING)
      return { laterMs: this.#laterFor(organizationId) };
    return new Promise((answer) => {
      this.#waiting.push({ organizationId, rank, until: (Date.now() + MOST_WAIT) as UtcMs, answer });
      this.#advance();
    });
  }

  async giveBack(id: string, announced: Announced): Promise<void> {
    this.#keep(withAnswer(this.#pace, id, Date.now() as UtcMs, announced));
    this.#advance();
  }

  #advance(): void {
    clearTimeout(this.#timer);
    const now = Date.now() as UtcMs;
    for (const late of this.#waiting.filter(({ until }) => until <= now)) this.#answer(late, { laterMs: this.#laterFor(late.organizationId) });
    while (this.#waiting.length > 0 && nextTurnAt(this.#pace, now) <= now) {
      const next = nextOf(this.#waiting, this.#served);
      if (!next) break;
      const id = crypto.randomUUID();
      // On disk before the sender knows of it: a pacer that starts again counts it too.
      this.#keep(withTurn(this.#pace, id, now));
      this.#served.set(next.organizationId, this.#turns++);
      this.#answer(next, { id });
    }
    if (this.#waiting.length === 0) return;
    const at = Math.min(nextTurnAt(this.#pace, now), ...this.#waiting.map(({ until }) => until));
    this.#timer = setTimeout(() => this.#advance(), Math.max(1, at - now));
  }

  #answer(waiter: Waiter, turn: MailTurn): void {
    this.#waiting = this.#waiting.filter((one) => one !== waiter);
    waiter.answer(turn);
  }

  /** One after the other, as far apart as turns are, so that not all come again at once. */
  #laterFor(organizationId: string): number {
    const now = Date.now();
    const at = Math.max(this.#comeAgainAt.get(organizationId) ?? 0, now, this.#pace.closedUntil) + SECOND / this.#pace.limit;
    this.#comeAgainAt.set(organizationId, at);
    return Math.max(SECOND, at - now);
  }

  #keep(pace: Pace): void {
    this.#pace = pace;
    this.ctx.storage.kv.put("pace", pace);
  }
}
