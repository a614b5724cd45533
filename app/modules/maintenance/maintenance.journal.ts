import * as z from "zod";
import { defineEvents, type EventOf, event } from "~/kernel/events";
import { idOf, savedFields } from "~/modules/audit/event-fields";

const named = z.object({ name: z.string() });
const withNote = named.extend({ day: z.string(), note: z.string() });
type WithNote = z.infer<typeof withNote>;
const note = ({ note: text }: WithNote) => text || null;

export const maintenanceJournal = defineEvents({
  "maintenance-template.added": event(savedFields({ name: z.string() }), { label: ({ name }) => `Maintenance template "${name}" added`, tone: "blue" }),
  "maintenance-template.changed": event(savedFields({ name: z.string() }), ({ name }) => `Maintenance template "${name}" changed`),
  "maintenance-template.archived": event(named, ({ name }) => `Maintenance template "${name}" archived`),
  "schedule.added": event(savedFields({ name: z.string() }), ({ name }) => `Maintenance added: ${name}`),
  "schedule.removed": event(named, ({ name }) => `Maintenance removed: ${name}`),
  "schedule.put-back": event(named, ({ name }) => `Maintenance put back: ${name}`),
  "schedule.done-elsewhere": event(withNote, { label: ({ name, day }) => `${name}: done on ${day}`, detail: note, tone: "green" }),
  "schedule.renewed": event(withNote.extend({ until: z.string() }), {
    label: ({ name, until }) => `${name}: renewed until ${until}`,
    detail: note,
    tone: "green",
  }),
  "schedule.skipped": event(withNote, { label: ({ name }) => `${name}: skipped`, detail: note, tone: "amber" }),
  "schedule.record-removed": event(named, ({ name }) => `${name}: entry taken back`),
  "schedule.ordered": event(z.object({ name: z.string(), workOrderId: idOf("workOrder") }), ({ name }) => `${name}: put on a work order`),
  "schedule.taken-off": event(z.object({ name: z.string(), workOrderId: idOf("workOrder") }), ({ name }) => `${name}: taken off a work order`),
  "calendar-feed.added": event(z.object({}), "Calendar address made"),
  "calendar-feed.revoked": event(z.object({}), "Calendar address revoked"),
});
export type MaintenanceEvent = EventOf<typeof maintenanceJournal>;
