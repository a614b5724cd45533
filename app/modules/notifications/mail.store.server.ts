import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Mail } from "./mail";
import { mails } from "./notification.tables";

/** History of sent mails: recipient, time and template, never a body. */
export function mailStore(db: ScopedDatabase<"job">) {
  return {
    async note({ key, template, to, subject }: Mail, providerId: string, acceptedAt: UtcMs): Promise<void> {
      await db.batch([db.insertOnce(mails, { key, template, recipient: to, subject, providerId, acceptedAt })]);
    },
  };
}
