import { and, gte, lt } from "drizzle-orm";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { mails } from "./notification.tables";

/** The addresses that got the mail of an outbox effect, by the effect's key. */
export async function mailedTo(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, key: string): Promise<string[]> {
  // The key of each person's mail is the effect's, a colon and the address; a semicolon comes right after a colon.
  const rows = await db.query({
    from: mails,
    columns: { email: mails.recipient },
    where: and(gte(mails.key, `${key}:`), lt(mails.key, `${key};`)),
    limit: 200,
  });
  return rows.map(({ email }) => email);
}
