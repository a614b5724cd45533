import { desc, inArray } from "drizzle-orm";
import { mails } from "~/modules/notifications/notification.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 30;
/** D1 binds at most 100 values to a statement. */
const ADDRESSES = 80;

/** Mails to these addresses, newest first: subject and time, never the body. */
export async function readMailHistory(db: ScopedDatabase<"staff">, addresses: readonly string[]) {
  const known = [...new Set(addresses)].slice(0, ADDRESSES);
  if (known.length === 0) return [];
  return db.query({
    from: mails,
    columns: { key: mails.key, recipient: mails.recipient, subject: mails.subject, acceptedAt: mails.acceptedAt },
    where: inArray(mails.recipient, known),
    orderBy: [desc(mails.acceptedAt)],
    limit: MOST,
  });
}
