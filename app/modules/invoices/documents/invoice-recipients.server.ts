import type { Id } from "~/kernel/ids";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import type { CustomerEvent } from "~/modules/customers/customer-events";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { accountAddress } from "../issued-invoice.store.server";

/** Who gets a customer's papers about money: contacts with document rights who want mail of this event, or the customer's own address if it has no contacts. */
export async function invoiceReaders(
  db: ScopedDatabase<"staff"> | ScopedDatabase<"job">,
  customerId: Id<"customer">,
  event: CustomerEvent = "invoice",
): Promise<{ emails: string[]; portalEnabled: boolean }> {
  const [{ portalEnabled, ownEmail }, people] = await Promise.all([accountAddress(db, customerId), contactRecipients(db, customerId, event)]);
  return { emails: ownEmail ? [ownEmail] : people.map(({ email }) => email), portalEnabled };
}
