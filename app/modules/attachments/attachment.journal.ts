import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";

export const attachmentJournal = defineEvents({
  "file.added": event(z.object({ name: z.string(), mediaType: z.string(), bytes: z.number(), sha256: z.string() }), ({ name }) => `File added: ${name}`),
  "file.hidden": event(z.object({ name: z.string(), why: z.string() }), { label: ({ name }) => `File hidden: ${name}`, detail: ({ why }) => why }),
});
