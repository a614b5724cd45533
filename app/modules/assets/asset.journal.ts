import * as z from "zod";
import { defineEvents, type EventOf, event } from "~/kernel/events";
import { idOf, instant, noFields, savedFields } from "~/modules/audit/event-fields";
import { meterKinds } from "./meters/meter";
import { meterLabels } from "./meters/meter-labels";

const facts = savedFields({ unitNumber: z.string() });
const unit = z.object({ unit: z.string() });
const customer = idOf("customer");
const reading = z.object({ meter: z.enum(meterKinds), readAt: instant, source: z.string(), shown: z.string() });
type Reading = z.infer<typeof reading>;
const ofReading = ({ meter, shown }: Reading) => `${meterLabels[meter]} ${shown}`;
const from = ({ source }: Reading) => source;

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
  "meter.reading-accepted": event(reading, { label: (its) => `Reading accepted: ${ofReading(its)}`, detail: from, tone: "green" }),
  "meter.reading-dismissed": event(reading, { label: (its) => `Reading dismissed: ${ofReading(its)}`, detail: from }),
  "meter.reading-corrected": event(reading.extend({ to: z.string() }), { label: (its) => `Reading corrected: ${ofReading(its)} to ${its.to}`, detail: from }),
  "meter.replaced": event(z.object({ meter: z.enum(meterKinds), name: z.string() }), {
    label: ({ meter }) => `${meterLabels[meter]}: meter replaced`,
    detail: ({ name }) => name || null,
    tone: "amber",
  }),
  "meter.replacement-undone": event(z.object({ meter: z.enum(meterKinds), name: z.string() }), {
    label: ({ meter }) => `${meterLabels[meter]}: replacement undone`,
    detail: ({ name }) => name || null,
    tone: "amber",
  }),
  "asset.archived": event(noFields, { label: "Unit archived", title: "Archived" }),
  "vehicle.assigned": event(unit, { label: ({ unit: its }) => `Driver assigned to unit ${its}`, title: ({ unit: its }) => `Assigned to unit ${its}` }),
  "vehicle.given-back": event(unit, {
    label: ({ unit: its }) => `Driver unassigned from unit ${its}`,
    title: ({ unit: its }) => `Unassigned from unit ${its}`,
  }),
});

export type AssetEvent = EventOf<typeof assetJournal>;
