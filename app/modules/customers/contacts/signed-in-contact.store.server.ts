import { and, asc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customerEffects } from "../customer.effects";
import { customerJournal } from "../customer.journal";
import { contacts } from "../customer.tables";
import type { CustomerEvent } from "../customer-events";
import { rightsColumns, rightsIn } from "./contact.store.server";
import { type ContactRights, toRead } from "./contact-rights";

export type ContactDetails = { name: string; phone: string | null; muted: readonly CustomerEvent[] };

const MOST = 200;

/** A signed-in contact: can change their own details and see their colleagues. */
export function signedInContactStore(db: ScopedDatabase<"customer">) {
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  return {
    /**
     * The rights of the signed-in contact, found by customer and email address. They are read from the contact on each
     * request and not from the session, so a revoked right is gone with the next click. An address that is no longer a
     * contact (its session is about to end) can only read.
     */
    async rights(): Promise<ContactRights> {
      const own = and(eq(contacts.customerId, customerId), eq(contacts.email, db.scope.email ?? ""), isNull(contacts.archivedAt));
      const [row] = await db.query({ from: contacts, columns: rightsColumns, where: own, limit: 1 });
      return row ? rightsIn(row) : toRead;
    },
    /** The customer's active contacts, with the signed-in one marked. */
    async people() {
      const rows = await db.query({
        from: contacts,
        columns: {
          id: contacts.id,
          name: contacts.name,
          email: contacts.email,
          phone: contacts.phone,
          muted: contacts.muted,
          version: contacts.version,
          ...rightsColumns,
        },
        where: and(eq(contacts.customerId, customerId), isNull(contacts.archivedAt)),
        orderBy: [asc(contacts.createdAt)],
        limit: MOST,
      });
      return rows.map(({ id, name, email, phone, muted, version, ...may }) => ({
        id,
        name,
        email,
        phone,
        muted,
        version,
        rights: rightsIn(may),
        isSelf: email === db.scope.email,
      }));
    },

    /** A new name reaches the sign-in records through the same effect as changes of access. */
    change(before: { id: Id<"contact">; version: number }, details: ContactDetails, at: UtcMs) {
      const version = before.version + 1;
      return save(
        db,
        { record: { kind: "contact", id: before.id, version }, at, event: customerJournal.of("contact.details-changed", details), about: customerId },
        [db.update(contacts, { ...details, version }, eq(contacts.id, before.id))],
        [customerEffects.of("portal.access-changed", `portal:${before.id}:${version}`, { customerId })],
      );
    },
  };
}
