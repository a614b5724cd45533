import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { noFields, savedFields } from "~/modules/audit/event-fields";

const facts = savedFields({ name: z.string() });
const address = z.object({ email: z.string() });
const contact = savedFields({ name: z.string(), email: z.string() });

export const customerJournal = defineEvents({
  "customer.added": event(facts, { label: ({ name }) => `Customer added: ${name}`, title: "Customer added" }),
  "customer.changed": event(facts, { label: ({ name }) => `Customer changed: ${name}`, title: "Customer changed" }),
  "customer.archived": event(noFields, "Customer archived"),
  "portal.turned-on": event(noFields, { label: "Customer portal turned on", title: "Portal access turned on", tone: "green" }),
  "portal.turned-off": event(noFields, { label: "Customer portal turned off", title: "Portal access turned off, everyone signed out" }),
  "contact.added": event(address, ({ email }) => `Contact added: ${email}`),
  "contact.changed": event(contact, ({ email }) => `Contact changed: ${email}`),
  "contact.address-changed": event(savedFields({ name: z.string(), email: z.string(), previousEmail: z.string() }), {
    label: ({ previousEmail, email }) => `Contact's email address changed from ${previousEmail} to ${email}`,
    title: ({ email }) => `Email address changed to ${email}, the old one signed out`,
    detail: ({ previousEmail }) => `before: ${previousEmail}`,
  }),
  "contact.removed": event(address, ({ email }) => `Contact removed: ${email}`),
  "contact.details-changed": event(savedFields({ name: z.string() }), (_, { by }) => `${by} changed their details or email settings`),
  "contact.invited": event(address, {
    label: ({ email }) => `Portal invite sent: ${email}`,
    title: ({ email }) => `Invite sent to ${email}`,
    tone: "blue",
  }),
});
