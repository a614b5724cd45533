import { log } from "~/platform/log.server";
import { NotYet } from "~/platform/outbox/drain.server";
import type { MailRank, MailTurns } from "./pacing";

/** What each answer of the mail provider announces; `retryAfterMs` only where it asks for a pause. */
type Answer = { limit: number | null; retryAfterMs?: number | null };

/** Asks the mail provider something when it is the organization's turn, and gives the turn back. Throws `NotYet` while it isn't. */
export async function inTurn<A extends Answer>(turns: MailTurns, organizationId: string, rank: MailRank, ask: () => Promise<A>): Promise<A> {
  const turn = await turns.take(organizationId, rank);
  if ("laterMs" in turn) throw new NotYet(turn.laterMs);
  const answer = await ask();
  // What is not given back lapses; what became of the question must be noted all the same.
  await turns
    .giveBack(turn.id, { limit: answer.limit, retryAfterMs: answer.retryAfterMs ?? null })
    .catch((cause) => log.warn("mail.turn-kept", { cause: String(cause) }));
  return answer;
}
