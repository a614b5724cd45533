import { and, eq, gte, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { UtcMs } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { outbox } from "~/platform/database/tenant.tables";
import { type AddressFault, faultOf, rankOf } from "./delivery";
import { effectKeyOf, type Mail } from "./mail";
import { notificationEffects } from "./notification.effects";
import { mailAddresses, mailDeliveries, mails, unsentMails } from "./notification.tables";
import { type Unsent, unsentOf } from "./unsent.store.server";

type Noted = Pick<Mail, "key" | "template" | "to" | "subject"> & { tag: string; about: string | null };

/** History of mails: recipient, time and template, never a body. */
export function mailStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  return {
    /** The addresses that were sent the mail of an effect. Each mail's key is the effect's, a colon and the address. */
    async recipientsOf(key: string): Promise<string[]> {
      // A semicolon comes right after a colon.
      const rows = await db.query({
        from: mails,
        columns: { email: mails.recipient },
        where: and(gte(mails.key, `${key}:`), lt(mails.key, `${key};`), isNotNull(mails.providerId)),
        limit: 200,
      });
      return rows.map(({ email }) => email);
    },

    /** The mail of a tag, as far as a reply to it needs it. */
    async withTag(tag: string) {
      const columns = { key: mails.key, recipient: mails.recipient, subject: mails.subject };
      const [mail] = await db.query({ from: mails, columns, where: eq(mails.tag, tag), limit: 1 });
      return mail ?? null;
    },

    /** What a mail is about, by its effect; whether it left before; what is known of it if it didn't. */
    async before(mail: Mail): Promise<{ about: string | null; isSent: boolean; unsent: Unsent | undefined }> {
      const [[effect], [sent], [unsent]] = await db.queries(
        { from: outbox, columns: { record: outbox.record, body: outbox.body }, where: eq(outbox.key, effectKeyOf(mail)), limit: 1 },
        { from: mails, columns: { key: mails.key }, where: and(eq(mails.key, mail.key), isNotNull(mails.providerId)), limit: 1 },
        unsentOf(mail.key, effectKeyOf(mail)),
      );
      return { about: effect ? (effect.record ?? recordIn(effect.body)) : null, isSent: sent !== undefined, unsent };
    },

    /** Why an address should get no mail. */
    async faultOf(to: string): Promise<AddressFault | null> {
      const { bouncedAt, complainedAt, deliveredAt } = mailAddresses;
      const [address] = await db.query({
        from: mailAddresses,
        columns: { bouncedAt, complainedAt, deliveredAt },
        where: eq(mailAddresses.address, to.toLowerCase()),
        limit: 1,
      });
      return address ? faultOf(address) : null;
    },

    async note({ key, template, to, subject, tag, about }: Noted, providerId: string, acceptedAt: UtcMs): Promise<void> {
      const sent = { recipient: to, subject, tag, about, providerId, acceptedAt };
      await db.batch([
        // Held before, and sent again by a person.
        db.upsert(mails, { key, template, ...sent }, [mails.key], sent, isNull(mails.providerId)),
        db.update(unsentMails, { state: "sent", at: acceptedAt }, eq(unsentMails.key, key)),
      ]);
    },

    /** An attempt that failed. What the provider may have taken is remembered from its first time on. */
    async fail({ key, template, to, subject, about }: Noted, effectKey: string, failed: { problem: string; unclear: boolean }, at: UtcMs): Promise<void> {
      const unclearSince = failed.unclear ? at : null;
      const row = { key, effectKey, template, recipient: to, subject, about, state: "trying" as const, problem: failed.problem, unclearSince, at };
      const change = { problem: failed.problem, at, unclearSince: sql`coalesce(${unsentMails.unclearSince}, ${unclearSince})` };
      await db.batch([db.upsert(unsentMails, { ...row, version: 0, sendings: 0 }, [unsentMails.key], change)]);
    },

    /** Writes down that a mail wasn't sent because its address fails, and has the office notified. */
    async hold({ key, template, to, subject, tag, about }: Noted, effectKey: string, at: UtcMs): Promise<void> {
      const row = { recipient: to, subject, tag, about, acceptedAt: at };
      const unsent = { effectKey, template, recipient: to, subject, about, state: "held" as const, problem: null, unclearSince: null, at };
      await db.batch([
        db.upsert(mails, { key, template, ...row, providerId: null }, [mails.key], row, isNull(mails.providerId)),
        db.insertOnce(mailDeliveries, { tag, state: "held", rank: rankOf("held"), at, reason: null, detail: null }),
        db.upsert(unsentMails, { key, ...unsent, version: 0, sendings: 0 }, [unsentMails.key], { state: "held", recipient: to, at }),
        effectRow(db, notificationEffects.of("delivery.failed", `delivery:${tag}:held`, { tag }), at),
      ]);
    },
  };
}

/** The record of an effect whose mails leave in no order. */
function recordIn(body: Record<string, unknown>): string | null {
  const [id] = [body.estimateId, body.invoiceId, body.workOrderId].filter((one) => typeof one === "string");
  return id ?? null;
}
