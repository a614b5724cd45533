import { and, asc, eq, isNull, not, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { isTaken, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardChanged } from "~/platform/live/board-effects";
import { customerEffects } from "../customer.effects";
import { customerJournal } from "../customer.journal";
import { contacts, customers } from "../customer.tables";
import { type CustomerEvent, customerEvent, isMutable } from "../customer-events";
import type { ContactRights, Right } from "./contact-rights";

/** Columns of a contact's rights; `rightsIn` converts them to ContactRights. */
export const rightsColumns = {
  mayDocuments: contacts.mayDocuments,
  mayDecide: contacts.mayDecide,
  decideLimit: contacts.decideLimit,
  mayPay: contacts.mayPay,
  mayDrivers: contacts.mayDrivers,
  mayService: contacts.mayService,
  mayCertify: contacts.mayCertify,
  mayExport: contacts.mayExport,
};

const columnOf = {
  documents: contacts.mayDocuments,
  decide: contacts.mayDecide,
  pay: contacts.mayPay,
  drivers: contacts.mayDrivers,
  service: contacts.mayService,
  certify: contacts.mayCertify,
  export: contacts.mayExport,
} satisfies Record<Right, unknown>;

type Row = Record<"mayDocuments" | "mayDecide" | "mayPay" | "mayDrivers" | "mayService" | "mayCertify" | "mayExport", boolean> & { decideLimit: Cents | null };

export const rightsIn = (row: Row): ContactRights => ({
  documents: row.mayDocuments,
  decide: row.mayDecide,
  decideLimit: row.decideLimit,
  pay: row.mayPay,
  drivers: row.mayDrivers,
  service: row.mayService,
  certify: row.mayCertify,
  export: row.mayExport,
});

export type Contact = { id: Id<"contact">; name: string; email: string; invitedAt: UtcMs | null; version: number };
export type NewContact = { id: Id<"contact">; name: string; email: string; rights: ContactRights };

const columns = { id: contacts.id, name: contacts.name, email: contacts.email, invitedAt: contacts.invitedAt, version: contacts.version };
const living = (customerId: Id<"customer">) => sql`${and(eq(contacts.customerId, customerId), isNull(contacts.archivedAt))}`;

/** The effect that syncs a change of access to the directory, sessions and open sockets; once per version of the changed record. */
const accessChanged = (customerId: Id<"customer">, changed: { id: string; version: number }): Effect =>
  customerEffects.of("portal.access-changed", `portal:${changed.id}:${changed.version}`, { customerId });

/** A customer's contacts and its portal switch. Staff change them; background jobs read them. */
export function contactStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  const added = (customerId: Id<"customer">, { rights, ...contact }: NewContact, at: UtcMs): Statement =>
    db.insert(contacts, { ...contact, ...rightsRow(rights), customerId, invitedAt: null, version: 1, createdAt: at });

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

    /** Active contacts with the event's right who haven't turned it off; for events that link to the portal, only while it is on. */
    recipients(customerId: Id<"customer">, event: CustomerEvent) {
      const { right, byPortalOnly } = customerEvent(event);
      const isMuted = sql`exists (select 1 from json_each(${contacts.muted}) where value = ${event})`;
      return db.query({
        from: contacts,
        columns: { id: contacts.id, name: contacts.name, email: contacts.email, decideLimit: contacts.decideLimit },
        join: [[customers, eq(customers.id, contacts.customerId)]],
        where: and(
          living(customerId),
          byPortalOnly ? eq(customers.portalEnabled, true) : undefined,
          right === null ? undefined : eq(columnOf[right], true),
          isMutable(event) ? not(isMuted) : undefined,
        ),
        orderBy: [asc(contacts.createdAt)],
        limit: 200,
      });
    },

    switchPortal(customerId: Id<"customer">, on: boolean, version: number, at: UtcMs, first: NewContact | null) {
      return save(
        db,
        {
          record: { kind: "customer", id: customerId, version },
          at,
          event: customerJournal.of(on ? "portal.turned-on" : "portal.turned-off"),
          about: customerId,
        },
        [db.update(customers, { portalEnabled: on, version }, eq(customers.id, customerId)), ...(first ? [added(customerId, first, at)] : [])],
        [
          accessChanged(customerId, { id: customerId, version }),
          ...(on ? [customerEffects.of("portal.opened", `portal-opened:${customerId}:${version}`, { customerId })] : []),
          boardChanged(`${customerId}:${version}`, { kind: "customer", id: customerId, version }, ["staff"]),
        ],
      );
    },

    async add(customerId: Id<"customer">, contact: NewContact, at: UtcMs) {
      const entry = {
        record: { kind: "contact", id: contact.id, version: 1 },
        at,
        event: customerJournal.of("contact.added", { email: contact.email }),
        about: customerId,
      };
      try {
        return await save(db, entry, [added(customerId, contact, at)], [accessChanged(customerId, { id: contact.id, version: 1 })]);
      } catch (cause) {
        return takenOrThrow(cause);
      }
    },

    /** A new address counts as not invited. */
    async change(customerId: Id<"customer">, before: Contact, { name, email, rights }: Omit<NewContact, "id">, at: UtcMs) {
      const version = before.version + 1;
      const moved = email !== before.email;
      const entry = {
        record: { kind: "contact", id: before.id, version },
        at,
        event: moved
          ? customerJournal.of("contact.address-changed", { name, email, previousEmail: before.email, rights })
          : customerJournal.of("contact.changed", { name, email, rights }),
        about: customerId,
      };
      const set = { name, email, ...rightsRow(rights), version, ...(moved ? { invitedAt: null } : {}) };
      try {
        return await save(db, entry, [db.update(contacts, set, eq(contacts.id, before.id))], [accessChanged(customerId, { id: before.id, version })]);
      } catch (cause) {
        return takenOrThrow(cause);
      }
    },

    archive(customerId: Id<"customer">, contact: Contact, at: UtcMs) {
      const version = contact.version + 1;
      const entry = {
        record: { kind: "contact", id: contact.id, version },
        at,
        event: customerJournal.of("contact.removed", { email: contact.email }),
        about: customerId,
      };
      return save(
        db,
        entry,
        [db.update(contacts, { archivedAt: at, version }, eq(contacts.id, contact.id))],
        [accessChanged(customerId, { id: contact.id, version })],
      );
    },

    invited(customerId: Id<"customer">, contact: Contact, linkId: Id<"link">, at: UtcMs) {
      const version = contact.version + 1;
      const entry = {
        record: { kind: "contact", id: contact.id, version },
        at,
        event: customerJournal.of("contact.invited", { email: contact.email }),
        about: customerId,
      };
      return save(
        db,
        entry,
        [db.update(contacts, { invitedAt: at, version }, eq(contacts.id, contact.id))],
        [customerEffects.of("mail.portal-invite", `mail:portal-invite:${linkId}`, { linkId })],
      );
    },
  };
}

function takenOrThrow(cause: unknown): { ok: false; error: { kind: "known" } } {
  if (isTaken(cause, "contacts.email")) return { ok: false, error: { kind: "known" } };
  throw cause;
}

/** Rights as columns; the inverse of `rightsIn`. */
const rightsRow = (rights: ContactRights) => ({
  mayDocuments: rights.documents,
  mayDecide: rights.decide,
  decideLimit: rights.decideLimit,
  mayPay: rights.pay,
  mayDrivers: rights.drivers,
  mayService: rights.service,
  mayCertify: rights.certify,
  mayExport: rights.export,
});
