import { oneLine } from "~/kernel/plain-text";
import type { Clock } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { Refused, Unavailable } from "~/platform/outbox/drain.server";
import { isSignInMail, type Mail, withName } from "./mail";
import { mailStore } from "./mail.store.server";
import { withSettingsLink } from "./mail-frame";
import { resendClient } from "./resend.client.server";

export type Mailer = { send(mail: Mail): Promise<void> };

type Needs = { db: ScopedDatabase<"job">; clock: Clock; settings: Pick<Settings, "mail"> };

/**
 * Sends mail under the outbox row's key, so a retry is not a second mail, and records it in the history. An address
 * that bounced for good, or whose owner complained, gets nothing but what it asked for to sign in.
 */
export function mailerOf({ db, clock, settings }: Needs): Mailer {
  return {
    async send(written) {
      // A provider refuses a subject of two lines for good, and the mail would be given up.
      const mail = { ...written, subject: oneLine(written.subject), text: withSettingsLink(written) };
      if (!settings.mail) throw new Unavailable("mail is not connected: RESEND_API_KEY is not set");
      // Idempotency keys are shared by all organizations of the provider account, so prefix the organization.
      const key = `${db.scope.organizationId}/${mail.key}`.slice(0, 256);
      const { about, fault } = await mailStore(db).before(mail);
      const noted = { ...mail, about, tag: sha256(key) };
      if (fault && !isSignInMail(mail)) return mailStore(db).hold(noted, clock.now());
      const tags = { org: db.scope.organizationId, mail: noted.tag };
      const handed = await resendClient(settings.mail).hand({ ...mail, from: withName(mail.from, settings.mail.from) }, key, tags);
      if (handed.kind === "refused") throw new Refused(handed.message);
      if (handed.kind === "unavailable") throw new Unavailable(handed.message, handed.retryAfterMs);
      await mailStore(db).note(noted, handed.providerId, clock.now());
    },
  };
}
