import { inArray } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { mutedMails } from "./notification.tables";
import type { VendorEvent } from "./notification-table";

const AT_ONCE = 80;

/** The mails that a vendor's people have switched off. */
export function mutedMailStore(db: ScopedDatabase<"vendor"> | ScopedDatabase<"job">) {
  return {
    async of(people: readonly Id<"membership">[]): Promise<{ membershipId: Id<"membership">; muted: readonly VendorEvent[] }[]> {
      if (people.length === 0) return [];
      const { membershipId, muted } = mutedMails;
      return db.query({ from: mutedMails, columns: { membershipId, muted }, where: inArray(membershipId, people.slice(0, AT_ONCE)), limit: AT_ONCE });
    },
    async set(membershipId: Id<"membership">, muted: readonly VendorEvent[]): Promise<void> {
      await db.batch([db.upsert(mutedMails, { membershipId, muted }, [mutedMails.membershipId], { muted })]);
    },
  };
}
