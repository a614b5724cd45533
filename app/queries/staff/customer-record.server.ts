import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { rightsColumns, rightsIn } from "~/modules/customers/contacts/contact.store.server";
import { contacts, customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { activityOf } from "../journal-events";

const MAX_ACTIVITY = 50;

/** A customer with contacts, units and recent activity, in one round trip. */
export async function readCustomerRecord(db: ScopedDatabase<"staff">, id: Id<"customer">) {
  const [[customer], people, units, activity] = await db.queries(
    {
      from: customers,
      columns: {
        id: customers.id,
        name: customers.name,
        email: customers.email,
        phone: customers.phone,
        address: customers.address,
        taxId: customers.taxId,
        isSelf: customers.isSelf,
        portalEnabled: customers.portalEnabled,
        laborRate: customers.laborRate,
        taxCertificate: customers.taxCertificate,
        taxCertificateThrough: customers.taxCertificateThrough,
        terms: customers.terms,
        creditLimit: customers.creditLimit,
        creditHold: customers.creditHold,
        monthlyStatement: customers.monthlyStatement,
        warning: customers.warning,
        standingMost: customers.standingMost,
        needsPurchaseOrder: customers.needsPurchaseOrder,
        dailyInspections: customers.dailyInspections,
        sharesPositions: customers.sharesPositions,
        version: customers.version,
        archivedAt: customers.archivedAt,
        createdAt: customers.createdAt,
      },
      where: eq(customers.id, id),
      limit: 1,
    },
    {
      from: contacts,
      columns: { id: contacts.id, name: contacts.name, email: contacts.email, invitedAt: contacts.invitedAt, ...rightsColumns },
      where: and(eq(contacts.customerId, id), isNull(contacts.archivedAt)),
      orderBy: [asc(contacts.createdAt)],
      limit: 200,
    },
    {
      from: assets,
      columns: { id: assets.id, unitNumber: assets.unitNumber, year: assets.year, make: assets.make, model: assets.model, vin: assets.vin },
      where: and(eq(assets.customerId, id), isNull(assets.archivedAt)),
      orderBy: [asc(assets.unitNumber)],
      limit: 500,
    },
    {
      from: journal,
      columns: {
        recordKind: journal.recordKind,
        recordId: journal.recordId,
        version: journal.version,
        at: journal.at,
        event: journal.event,
        actor: journal.actor,
        ip: journal.ip,
        userAgent: journal.userAgent,
        body: journal.body,
      },
      where: eq(journal.about, id),
      orderBy: [desc(journal.at)],
      limit: MAX_ACTIVITY,
    },
  );
  const known = people.map(({ id: contactId, name, email, invitedAt, ...may }) => ({ id: contactId, name, email, invitedAt, rights: rightsIn(may) }));
  return customer ? { customer, contacts: known, units, activity: activityOf(activity) } : null;
}
