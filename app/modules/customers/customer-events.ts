import type { ContactRights, Right } from "./contacts/contact-rights";

/** Events that contacts are mailed about, and the right each needs; read by the sender and the settings page. */
export const customerEvents = {
  estimate: { label: "New estimate", what: "The shop sent an estimate that needs your decision", right: "decide", byPortalOnly: true },
  invoice: { label: "New invoice", what: "The shop issued an invoice", right: "documents", byPortalOnly: false },
  ready: { label: "Vehicle ready", what: "Work on a unit is done", right: null, byPortalOnly: true },
  defects: { label: "Unit not safe to drive", what: "A driver reported a defect that keeps a unit from driving", right: null, byPortalOnly: true },
  faults: { label: "Critical fault", what: "A unit's tracker reports a fault with which it should stop", right: null, byPortalOnly: true },
  maintenance: { label: "Maintenance due", what: "A service, inspection or document of a unit is due", right: null, byPortalOnly: true },
  payment: { label: "Payment received", what: "The shop received your payment", right: "documents", byPortalOnly: false },
  statement: { label: "Statement", what: "The shop emailed a statement of your account", right: "documents", byPortalOnly: false },
  reminder: { label: "Payment reminders", what: "An invoice is due soon or late", right: "documents", byPortalOnly: false },
} as const satisfies Record<
  string,
  { label: string; what: string; right: Right | null /** Only sent while the customer's portal is on. */; byPortalOnly: boolean }
>;

export type CustomerEvent = keyof typeof customerEvents;
export const customerEventNames = Object.keys(customerEvents) as CustomerEvent[]; // the keys of the table above

/** The events for a person with these rights. */
export const eventsFor = (own: ContactRights): CustomerEvent[] =>
  customerEventNames.filter((event) => {
    const { right } = customerEvents[event];
    return right === null || own[right];
  });
