import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { CustomerEvent } from "../customer-events";
import { contactStore } from "./contact.store.server";

/**
 * The contacts who get a mail about this event: those with the right for it who haven't turned it off. Used for every
 * mail to customers except sign-in mails.
 */
export const contactRecipients = (db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, customerId: Id<"customer">, event: CustomerEvent) =>
  contactStore(db).recipients(customerId, event);
