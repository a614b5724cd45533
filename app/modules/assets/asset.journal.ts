import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { idOf, instant, noFields, savedFields } from "~/modules/audit/event-fields";

const facts = savedFields({ unitNumber: z.string() });
const unit = z.object({ unit: z.string() });
const customer = idOf("customer");

export const assetJournal = defineEvents({
  "asset.added": event(facts, { label: ({ unitNumber }) => `Unit ${unitNumber} added`, tone: "blue" }),
  "asset.changed": event(facts, ({ unitNumber }) => `Unit ${unitNumber} changed`),
  "asset.handed-over": event(z.object({ from: customer, to: customer, since: instant }), {
    label: "Unit transferred to another owner",
    title: "Transferred to another owner",
    tone: "amber",
  }),
  "asset.taken-out-of-service": event(z.object({ why: z.string() }), {
    label: ({ why }) => `Unit taken out of service: ${why}`,
    title: "Taken out of service",
    detail: ({ why }) => why,
    tone: "red",
  }),
  "asset.put-back-in-service": event(noFields, { label: "Unit back in service", title: "Back in service", tone: "green" }),
  "asset.archived": event(noFields, { label: "Unit archived", title: "Archived" }),
  "vehicle.assigned": event(unit, { label: ({ unit: its }) => `Driver assigned to unit ${its}`, title: ({ unit: its }) => `Assigned to unit ${its}` }),
  "vehicle.given-back": event(unit, {
    label: ({ unit: its }) => `Driver unassigned from unit ${its}`,
    title: ({ unit: its }) => `Unassigned from unit ${its}`,
  }),
});
