import { oneLine } from "~/kernel/plain-text";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { Refused, Unavailable } from "~/platform/outbox/drain.server";
import { inTurn } from "./in-turn.server";
import { effectKeyOf, type Handed, isSignInMail, type Mail, withName } from "./mail";
import { mailStore } from "./mail.store.server";
import { withSettingsLink } from "./mail-frame";
import { tagOf } from "./mail-tag.server";
import { RECORD_OF_MAIL } from "./mail-thread";
import { type MailTurns, mailRankOf } from "./pacing";
import { replyAddress } from "./replies/reply-address";
import { resendClient } from "./resend.client.server";
import { isKeyOver, keyOfSending } from "./unsent";
import { waits } from "./unsent.store.server";

export type Mailer = { send(mail: Mail): Promise<void> };

type Needs = { db: ScopedDatabase<"job">; clock: Clock; settings: Pick<Settings, "mail" | "linkKey">; turns: MailTurns };

/**
 * Sends mail under the outbox row's key, so a retry is not a second mail, and records it in the history. An address
 * that bounced for good, or whose owner complained, gets nothing but what it asked for to sign in.
 */
export function mailerOf({ db, clock, settings, turns }: Needs): Mailer {
  return {
    async send(written) {
      // A provider refuses a subject of two lines for good, and the mail would be given up.
      const mail = { ...written, subject: oneLine(written.subject), text: withSettingsLink(written) };
      if (!settings.mail) throw new Unavailable("mail is not connected: RESEND_API_KEY is not set");
      const store = mailStore(db);
      const { about, isSent, unsent } = await store.before(mail);
      // An effect with several mails is done again for those that didn't leave; one that waits for a person is left to them.
      if (isSent || waits(unsent)) return;
      const effectKey = effectKeyOf(mail);
      const to = unsent?.key === mail.key && !isSignInMail(mail) ? (unsent.sendTo ?? mail.to) : mail.to;
      // Idempotency keys are shared by all organizations of the provider account, so prefix the organization.
      const key = `${db.scope.organizationId}/${keyOfSending(mail.key, unsent?.sendings ?? 0)}`.slice(0, 256);
      const noted = { ...mail, to, about, tag: tagOf(settings.linkKey, key) };
      if (!isSignInMail(mail) && (await store.faultOf(to))) return store.hold(noted, effectKey, clock.now());
      if (isKeyOver(unsent?.unclearSince ?? null, clock.now())) throw new Refused("it may have been delivered a day ago, so it is not tried again by itself");
      const tags = { org: db.scope.organizationId, mail: noted.tag };
      const { from, replyDomain } = settings.mail;
      const ownReplies = replyDomain !== null && RECORD_OF_MAIL.test(mail.key) ? replyAddress(replyDomain, db.scope.organizationId, noted.tag) : null;
      const replyTo = mail.replyTo ?? ownReplies ?? mail.shopEmail ?? undefined;
      // RFC 3834: absence notes don't answer it.
      const headers = { "Auto-Submitted": "auto-generated", ...mail.headers };
      const client = resendClient(settings.mail);
      const letter = { ...mail, to, from: withName(mail.from, from), replyTo, headers };
      const handed = await inTurn<Handed>(turns, db.scope.organizationId, mailRankOf(mail.template), () => client.hand(letter, key, tags));
      if (handed.kind === "taken") return store.note(noted, handed.providerId, clock.now());
      await store.fail(noted, effectKey, { problem: handed.message.slice(0, 300), unclear: handed.kind === "unavailable" && handed.unclear }, clock.now());
      if (handed.kind === "refused") throw new Refused(handed.message);
      throw new Unavailable(handed.message, handed.retryAfterMs);
    },
  };
}
