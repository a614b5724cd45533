import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { noFields, savedFields } from "~/modules/audit/event-fields";

const facts = savedFields({ name: z.string() });
const tablet = z.object({ name: z.string() });

export const driverJournal = defineEvents({
  "driver.added": event(facts, { label: ({ name }) => `Driver added: ${name}`, title: "Driver added" }),
  "driver.changed": event(facts, { label: ({ name }) => `Driver changed: ${name}`, title: "Driver changed" }),
  "driver.archived": event(noFields, "Driver archived"),
  "driver.pin-reset": event(noFields, { label: "Driver PIN reset", title: "PIN reset. The old PIN no longer works.", tone: "blue" }),
  "tablet.invited": event(tablet, { label: ({ name }) => `Tablet invited: ${name}`, tone: "blue" }),
  "tablet.enrolled": event(tablet, ({ name }) => `Tablet enrolled: ${name}`),
  "tablet.removed": event(tablet, ({ name }) => `Tablet removed: ${name}`),
});
