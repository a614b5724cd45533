import { notificationTable, type SwitchableEvent, switchableEvents } from "~/modules/notifications/notification-table";
import type { ContactRights, Right } from "./contacts/contact-rights";

type Table = typeof notificationTable.customer;
/** Events that a customer's contacts are mailed about. */
export type CustomerEvent = { [E in keyof Table]: Table[E] extends { to: "contacts" | "payers" } ? E : never }[keyof Table];

/** The right that an event's mails need, and whether they are only sent while the customer's portal is on. */
export function customerEvent(event: CustomerEvent): { right: Right | null; byPortalOnly: boolean } {
  const { right, byPortalOnly }: { right?: Right | null; byPortalOnly?: boolean } = notificationTable.customer[event];
  return { right: right ?? null, byPortalOnly: byPortalOnly ?? false };
}

/** The events that a contact can switch off. */
export type MutableEvent = CustomerEvent & SwitchableEvent<"customer">;
export const mutableEvents: readonly MutableEvent[] = switchableEvents("customer");
export const isMutable = (event: CustomerEvent): boolean => (mutableEvents as readonly CustomerEvent[]).includes(event);

/** The switchable events for a person with these rights. */
export const eventsFor = (own: ContactRights): MutableEvent[] =>
  mutableEvents.filter((event) => {
    const { right } = customerEvent(event);
    return right === null || own[right];
  });
