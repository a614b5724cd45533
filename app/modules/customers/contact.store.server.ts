import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { type Effect, isTaken, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { contacts, customers } from "./customer.tables";

export type Contact = { id: Id<"contact">; name: string; email: string; invitedAt: UtcMs | null; version: number };

const columns = { id: contacts.id, name: contacts.name, email: contacts.email, invitedAt: contacts.invitedAt, version: contacts.version };
const living = (customerId: Id<"customer">) => sql`${and(eq(contacts.customerId, customerId), isNull(contacts.archivedAt))}`;

/** What carries a change of who may come in to the directory, the sessions and the open sockets. */
const accessChanged = (customerId: Id<"customer">, at: UtcMs): Effect => ({
  key: `portal:${customerId}:${at}`,
  kind: "portal.access-changed",
  body: { customerId },
});

/** A customer's people and the switch over their portal: staff's to set, a job's to read. */
export function contactStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  const added = (customerId: Id<"customer">, contact: { id: Id<"contact">; name: string; email: string }, at: UtcMs): Statement =>
    db.insert(contacts, { ...contact, customerId, invitedAt: null, version: 1, createdAt: at });

  return {
    async access(customerId: Id<"customer">) {
      const [[customer], people] = await db.queries(
        {
          from: customers,
          columns: {
            name: customers.name,
            email: customers.email,
            portalEnabled: customers.portalEnabled,
            isSelf: customers.isSelf,
            archivedAt: customers.archivedAt,
            version: customers.version,
          },
          where: eq(customers.id, customerId),
          limit: 1,
        },
        { from: contacts, columns, where: living(customerId), orderBy: [asc(contacts.createdAt)], limit: 200 },
      );
      return customer ? { customer, contacts: people } : null;
    },

    switchPortal(customerId: Id<"customer">, on: boolean, version: number, at: UtcMs, first: { id: Id<"contact">; name: string; email: string } | null) {
      return save(
        db,
        { record: { kind: "customer", id: customerId, version }, at, what: on ? "portal switched on" : "portal switched off", about: customerId },
        [db.update(customers, { portalEnabled: on, version }, eq(customers.id, customerId)), ...(first ? [added(customerId, first, at)] : [])],
        [accessChanged(customerId, at)],
      );
    },

    async add(customerId: Id<"customer">, contact: { id: Id<"contact">; name: string; email: string }, at: UtcMs) {
      const entry = { record: { kind: "contact", id: contact.id, version: 1 }, at, what: "contact added", about: customerId, body: { email: contact.email } };
      try {
        return await save(db, entry, [added(customerId, contact, at)], [accessChanged(customerId, at)]);
      } catch (cause) {
        if (isTaken(cause, "contacts.email")) return { ok: false as const, error: { kind: "known" as const } };
        throw cause;
      }
    },

    archive(customerId: Id<"customer">, contact: Contact, at: UtcMs) {
      const version = contact.version + 1;
      const entry = { record: { kind: "contact", id: contact.id, version }, at, what: "contact removed", about: customerId, body: { email: contact.email } };
      return save(db, entry, [db.update(contacts, { archivedAt: at, version }, eq(contacts.id, contact.id))], [accessChanged(customerId, at)]);
    },

    invited(customerId: Id<"customer">, contact: Contact, linkId: Id<"link">, at: UtcMs) {
      const version = contact.version + 1;
      const entry = { record: { kind: "contact", id: contact.id, version }, at, what: "portal invite sent", about: customerId, body: { email: contact.email } };
      return save(
        db,
        entry,
        [db.update(contacts, { invitedAt: at, version }, eq(contacts.id, contact.id))],
        [{ key: `mail:portal-invite:${linkId}`, kind: "mail.portal-invite", body: { linkId } }],
      );
    },
  };
}
