import { and, eq, gte, isNotNull, lt } from "drizzle-orm";
import type { UtcMs } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { outbox } from "~/platform/database/tenant.tables";
import { type AddressFault, faultOf, rankOf } from "./delivery";
import { effectKeyOf, type Mail } from "./mail";
import { notificationEffects } from "./notification.effects";
import { mailAddresses, mailDeliveries, mails } from "./notification.tables";

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

    /** What a mail is about, by its effect, and why its address should get none. */
    async before(mail: Mail): Promise<{ about: string | null; fault: AddressFault | null }> {
      const { bouncedAt, complainedAt, deliveredAt } = mailAddresses;
      const [[effect], [address]] = await db.queries(
        { from: outbox, columns: { record: outbox.record, body: outbox.body }, where: eq(outbox.key, effectKeyOf(mail)), limit: 1 },
        {
          from: mailAddresses,
          columns: { bouncedAt, complainedAt, deliveredAt },
          where: eq(mailAddresses.address, mail.to.toLowerCase()),
          limit: 1,
        },
      );
      return { about: effect ? (effect.record ?? recordIn(effect.body)) : null, fault: address ? faultOf(address) : null };
    },

    async note({ key, template, to, subject, tag, about }: Noted, providerId: string, acceptedAt: UtcMs): Promise<void> {
      await db.batch([db.insertOnce(mails, { key, template, recipient: to, subject, tag, about, providerId, acceptedAt })]);
    },

    /** Writes down that a mail wasn't sent because its address fails, and has the office notified. */
    async hold({ key, template, to, subject, tag, about }: Noted, at: UtcMs): Promise<void> {
      await db.batch([
        db.insertOnce(mails, { key, template, recipient: to, subject, tag, about, providerId: null, acceptedAt: at }),
        db.insertOnce(mailDeliveries, { tag, state: "held", rank: rankOf("held"), at, reason: null, detail: null }),
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
