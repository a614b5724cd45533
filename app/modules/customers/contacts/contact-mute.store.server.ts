import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customerJournal } from "../customer.journal";
import { contacts } from "../customer.tables";
import type { CustomerEvent } from "../customer-events";

type Contact = { id: Id<"contact">; customerId: Id<"customer">; name: string; phone: string | null; muted: readonly CustomerEvent[]; version: number };

/** What an active contact has switched off, for who has no session. */
export const contactMuteStore = (db: ScopedDatabase<"job">) => ({
  async find(id: Id<"contact">): Promise<Contact | null> {
    const { customerId, name, phone, muted, version } = contacts;
    const where = and(eq(contacts.id, id), isNull(contacts.archivedAt)) as SQL; // `and` of conditions is one
    const [row] = await db.query({ from: contacts, columns: { id: contacts.id, customerId, name, phone, muted, version }, where, limit: 1 });
    return row ?? null;
  },
  mute({ id, customerId, name, phone, version: before }: Contact, muted: readonly CustomerEvent[], at: UtcMs) {
    const version = before + 1;
    const event = customerJournal.of("contact.details-changed", { name, phone, muted });
    return save(db, { record: { kind: "contact", id, version }, at, event, about: customerId }, [db.update(contacts, { muted, version }, eq(contacts.id, id))]);
  },
});
