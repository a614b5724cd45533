import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";

/** Events of no record of the product, for tests of what works with any. */
export const testJournal = defineEvents({
  "test.noted": event(z.object({ note: z.string() }), ({ note }) => `Noted: ${note}`),
  "test.renamed": event(z.object({}), "Renamed"),
});
