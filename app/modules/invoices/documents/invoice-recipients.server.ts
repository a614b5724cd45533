import type { Id } from "~/kernel/ids";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import type { CustomerEvent } from "~/modules/customers/customer-events";
import { mailedTo } from "~/modules/notifications/mailed-to.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoiceMailKey } from "../invoice.effects";
import { accountAddress } from "../issued-invoice.store.server";

/** The people, by their contact where it is one, and their addresses alone. */
type Readers = { people: readonly { id?: string; email: string }[]; emails: string[]; portalEnabled: boolean };
const readersOf = (people: Readers["people"]) => ({ people, emails: people.map(({ email }) => email) });

/** Recipients of a customer's documents about money: contacts with document rights who want mail of this event, or the customer's own address if it has no contacts. */
export async function invoiceReaders(
  db: ScopedDatabase<"staff"> | ScopedDatabase<"job">,
  customerId: Id<"customer">,
  event: CustomerEvent = "invoice",
): Promise<Readers> {
  const [{ portalEnabled, ownEmail }, people] = await Promise.all([accountAddress(db, customerId), contactRecipients(db, customerId, event)]);
  return { ...readersOf(ownEmail ? [{ email: ownEmail }] : people), portalEnabled };
}

/** Recipients of the mail that an invoice was voided: those who got it and still get this customer's invoices. */
export async function voidReaders(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, id: Id<"invoice">, customerId: Id<"customer">): Promise<Readers> {
  const [mailed, { people, portalEnabled }] = await Promise.all([mailedTo(db, invoiceMailKey(id)), invoiceReaders(db, customerId)]);
  return { ...readersOf(people.filter(({ email }) => mailed.includes(email))), portalEnabled };
}
