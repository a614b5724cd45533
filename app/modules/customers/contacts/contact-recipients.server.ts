import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { CustomerEvent } from "../customer-events";
import { contactStore } from "./contact.store.server";

/**
 * Whom of a customer's people a mail about this event goes to: those it is for by their rights, who have not switched
 * it off. Every mail to customers but the sign-in's asks here.
 */
export const contactRecipients = (db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, customerId: Id<"customer">, event: CustomerEvent) =>
  contactStore(db).recipients(customerId, event);
