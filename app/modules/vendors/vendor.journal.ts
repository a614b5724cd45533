import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { noFields, savedFields } from "~/modules/audit/event-fields";

const facts = savedFields({ name: z.string() });
const person = z.object({ name: z.string(), email: z.string() });

export const vendorJournal = defineEvents({
  "vendor.added": event(facts, ({ name }) => `Vendor added: ${name}`),
  "vendor.changed": event(facts, ({ name }) => `Vendor changed: ${name}`),
  "vendor.invited": event(noFields, { label: "Vendor invited", tone: "blue" }),
  "vendor.person-added": event(person, ({ email }) => `Vendor's person added: ${email}`),
  "vendor.person-removed": event(person, ({ email }) => `Vendor's person removed: ${email}`),
});
