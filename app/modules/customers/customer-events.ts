import type { ContactRights, Right } from "./contacts/contact-rights";

/** What a customer's people are mailed about, and who of them it is for. Sender and settings page read this one table. */
export const customerEvents = {
  estimate: { label: "New estimate", what: "The shop sent an estimate that waits for an answer", right: "decide", byPortalOnly: true },
  invoice: { label: "New invoice", what: "The shop issued an invoice", right: "documents", byPortalOnly: false },
  ready: { label: "Vehicle ready", what: "The work on a unit is done", right: null, byPortalOnly: true },
  payment: { label: "Payment received", what: "A payment arrived at the shop", right: "documents", byPortalOnly: false },
} as const satisfies Record<
  string,
  { label: string; what: string; right: Right | null /** Says nothing to whom the portal is not open. */; byPortalOnly: boolean }
>;

export type CustomerEvent = keyof typeof customerEvents;
export const customerEventNames = Object.keys(customerEvents) as CustomerEvent[]; // the table's own keys

/** What of all this is for a person of these rights. */
export const eventsFor = (own: ContactRights): CustomerEvent[] =>
  customerEventNames.filter((event) => {
    const { right } = customerEvents[event];
    return right === null || own[right];
  });
