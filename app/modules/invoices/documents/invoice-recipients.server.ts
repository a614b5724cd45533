import type { Id } from "~/kernel/ids";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { accountAddress } from "../issued-invoice.store.server";

/** Recipients of an issued invoice: contacts with document rights, or the customer's own address if it has no contacts. */
export async function invoiceReaders(
  db: ScopedDatabase<"staff"> | ScopedDatabase<"job">,
  customerId: Id<"customer">,
): Promise<{ emails: string[]; portalEnabled: boolean }> {
  const [{ portalEnabled, ownEmail }, people] = await Promise.all([accountAddress(db, customerId), contactRecipients(db, customerId, "invoice")]);
  return { emails: ownEmail ? [ownEmail] : people.map(({ email }) => email), portalEnabled };
}
