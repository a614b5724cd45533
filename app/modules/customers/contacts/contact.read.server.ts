import { and, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { contacts, customers } from "../customer.tables";
import { rightsColumns, rightsIn } from "./contact.store.server";
import { type ContactRights, toRead } from "./contact-rights";

/**
 * What the person of a customer's session may do. The scope brings the customer and the address that the session
 * signed in with, and a unique index over both finds the contact: one read, made only by pages and actions that ask.
 * It reads the books and not the session, so a right that the shop takes away is gone with the next click. An
 * address that is no contact any more (its session is just ending) may only look.
 */
export async function readContactRights(db: ScopedDatabase<"customer">): Promise<ContactRights> {
  const { partyId, email } = db.scope;
  const own = and(eq(contacts.customerId, partyId as Id<"customer">), eq(contacts.email, email ?? ""), isNull(contacts.archivedAt)); // a customer's session names its customer
  const [row] = await db.query({ from: contacts, columns: rightsColumns, where: own, limit: 1 });
  return row ? rightsIn(row) : toRead;
}

/** The customer that a session speaks for, by name. */
export async function readCustomerName(db: ScopedDatabase<"customer">): Promise<string> {
  const own = eq(customers.id, db.scope.partyId as Id<"customer">); // a customer's session names its customer
  const [row] = await db.query({ from: customers, columns: { name: customers.name }, where: own, limit: 1 });
  return row?.name ?? "";
}

/** One living contact of a customer, for its page. */
export async function readContact(db: ScopedDatabase<"staff">, customerId: Id<"customer">, id: Id<"contact">) {
  const [row] = await db.query({
    from: contacts,
    columns: {
      id: contacts.id,
      name: contacts.name,
      email: contacts.email,
      invitedAt: contacts.invitedAt,
      version: contacts.version,
      customer: customers.name,
      portalEnabled: customers.portalEnabled,
      ...rightsColumns,
    },
    join: [[customers, eq(customers.id, contacts.customerId)]],
    where: and(eq(contacts.customerId, customerId), eq(contacts.id, id), isNull(contacts.archivedAt)),
    limit: 1,
  });
  if (!row) return null;
  const { id: contactId, name, email, invitedAt, version, customer, portalEnabled, ...may } = row;
  return { id: contactId, name, email, invitedAt, version, customer, portalEnabled, rights: rightsIn(may) };
}
