import { and, gte, lt } from "drizzle-orm";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Mail } from "./mail";
import { mails } from "./notification.tables";

/** History of sent mails: recipient, time and template, never a body. */
export function mailStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  return {
    /** The addresses that got the mail of an effect. Each mail's key is the effect's, a colon and the address. */
    async recipientsOf(key: string): Promise<string[]> {
      // A semicolon comes right after a colon.
      const rows = await db.query({
        from: mails,
        columns: { email: mails.recipient },
        where: and(gte(mails.key, `${key}:`), lt(mails.key, `${key};`)),
        limit: 200,
      });
      return rows.map(({ email }) => email);
    },

    async note({ key, template, to, subject }: Mail, providerId: string, acceptedAt: UtcMs): Promise<void> {
      await db.batch([db.insertOnce(mails, { key, template, recipient: to, subject, providerId, acceptedAt })]);
    },
  };
}
