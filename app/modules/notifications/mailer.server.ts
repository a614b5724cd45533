import { Resend } from "resend";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { Unavailable } from "~/platform/outbox/drain.server";
import { mails } from "./notification.tables";

export type Mail = { key: string; template: string; from: string; to: string; subject: string; html: string; text: string };
export type Mailer = { send(mail: Mail): Promise<void> };

type Needs = { db: ScopedDatabase<"job">; clock: Clock; settings: Pick<Settings, "mail"> };

/** Hands mail to Resend under the outbox row's key, so that a repeated attempt is not a second mail, and notes it in the history. */
export function mailerOf({ db, clock, settings }: Needs): Mailer {
  return {
    async send(mail) {
      if (!settings.mail) throw new Unavailable("mail is not connected: RESEND_API_KEY is not set");
      const client = new Resend(settings.mail.apiKey, { baseUrl: settings.mail.baseUrl });
      const { data, error, headers } = await client.emails.send(
        { from: withName(mail.from, settings.mail.from), to: mail.to, subject: mail.subject, html: mail.html, text: mail.text },
        // Idempotency keys are the provider account's, not the organization's.
        { idempotencyKey: `${db.scope.organizationId}/${mail.key}`.slice(0, 256) },
      );
      if (error) throw new Unavailable(`${error.name}: ${error.message}`, retryAfter(headers));
      await db.batch([
        db.insertOnce(mails, {
          key: mail.key,
          template: mail.template,
          recipient: mail.to,
          subject: mail.subject,
          providerId: data.id,
          acceptedAt: clock.now(),
        }),
      ]);
    },
  };
}

function withName(name: string, from: string): string {
  const address = /<([^>]+)>/.exec(from)?.[1] ?? from;
  return `"${name.replace(/["\\\r\n]/g, "")}" <${address}>`;
}

function retryAfter(headers: Record<string, string> | null | undefined): number | null {
  const seconds = Number(headers?.["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null;
}
