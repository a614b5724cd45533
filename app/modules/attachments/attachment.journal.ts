import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";

const shared = z.object({ name: z.string(), portal: z.string() });

export const attachmentJournal = defineEvents({
  "file.added": event(z.object({ name: z.string(), mediaType: z.string(), bytes: z.number(), sha256: z.string() }), ({ name }) => `File added: ${name}`),
  "file.shared": event(shared, ({ name, portal }) => `File shared with the ${portal}: ${name}`),
  "file.unshared": event(shared, ({ name, portal }) => `File no longer shared with the ${portal}: ${name}`),
  "file.hidden": event(z.object({ name: z.string(), why: z.string() }), { label: ({ name }) => `File hidden: ${name}`, detail: ({ why }) => why }),
});
