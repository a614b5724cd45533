import * as z from "zod";
import { defineEffects, sync } from "~/kernel/effects";

const of = z.object({ of: z.string() });

/** Effects of no record of the product, for tests of what works with any. */
export const testEffects = defineEffects({
  "test.done": sync(of),
  /** Its handler is in no deployment yet. */
  "test.unknown": sync(of),
  "test.in-order": { ...sync(z.object({ of: z.string(), record: z.string() })), record: ({ record }) => record },
});
