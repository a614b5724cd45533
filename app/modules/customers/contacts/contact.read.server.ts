import { and, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { contacts, customers } from "../customer.tables";
import { rightsColumns, rightsIn } from "./contact.store.server";
import type { ContactRights } from "./contact-rights";
import { signedInContactStore } from "./signed-in-contact.store.server";

/** The rights of the contact signed in to a customer's session. */
export const readContactRights = (db: ScopedDatabase<"customer">): Promise<ContactRights> => signedInContactStore(db).rights();

/** The name of the session's customer. */
export async function readCustomerName(db: ScopedDatabase<"customer">): Promise<string> {
  const own = eq(customers.id, db.scope.partyId as Id<"customer">); // a customer's session names its customer
  const [row] = await db.query({ from: customers, columns: { name: customers.name }, where: own, limit: 1 });
  return row?.name ?? "";
}

/** An active contact of a customer, for its page. */
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
