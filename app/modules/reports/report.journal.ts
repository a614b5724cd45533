import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";

export const reportJournal = defineEvents({
  "data.exported": event(z.object({ lists: z.array(z.string()).readonly() }), {
    label: (_, { by }) => `Customer's data exported by ${by}`,
    title: (_, { by }) => `${by} exported the customer's data`,
    detail: (_, { from }) => from,
    tone: "blue",
  }),
});
