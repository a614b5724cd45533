import { type Clock, DAY, HOUR, later } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { NotYet } from "~/platform/outbox/drain.server";
import { deliveryStore } from "./delivery.store.server";
import { inTurn } from "./in-turn.server";
import type { MailTurns } from "./pacing";
import { resendClient } from "./resend.client.server";

/** By then a report has usually come. */
const SILENT_FOR = 6 * HOUR;
/** Within this time the provider tries to deliver a mail, and to bring its reports. */
const SINCE = 3 * DAY;
const MOST = 200;

type Needs = { db: ScopedDatabase<"job">; clock: Clock; settings: Pick<Settings, "mail">; turns: MailTurns };

/**
 * Asks the provider about mails of which no report has shown the end, and applies the answers as reports. Answers have no
 * reason, so a late report with one still counts. `left`: those not asked about this time, because the provider is busy.
 */
export async function askAfterMails({ db, clock, settings, turns }: Needs): Promise<{ asked: number; found: number; left: number }> {
  if (!settings.mail) return { asked: 0, found: 0, left: 0 };
  const { organizationId } = db.scope;
  const [store, client, now] = [deliveryStore(db), resendClient(settings.mail), clock.now()];
  const mails = await store.withoutEnd(later(now, -SINCE), later(now, -SILENT_FOR), MOST);
  let found = 0;
  for (const [at, { providerId, tag, recipient, acceptedAt }] of mails.entries()) {
    const answer = await inTurn(turns, organizationId, "question", () => client.stateOf(providerId)).catch(noTurn);
    if (answer.kind === "unavailable") return { asked: at, found, left: mails.length - at };
    if (answer.state === null) continue;
    const report = { organizationId, tag, to: recipient.toLowerCase(), state: answer.state, reason: null, detail: null, at: acceptedAt };
    // Under the state's name: asked again with the same answer, it is the same report.
    if (await store.apply(`asked:${tag}:${answer.state}`, report, now)) found += 1;
  }
  return { asked: mails.length, found, left: 0 };
}

/** The provider is as good as unavailable while all turns are taken. */
function noTurn(cause: unknown): { kind: "unavailable" } {
  if (cause instanceof NotYet) return { kind: "unavailable" };
  throw cause;
}
