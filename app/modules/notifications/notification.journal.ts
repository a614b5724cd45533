import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";

const mail = { subject: z.string(), recipient: z.string().nullable() };

export const notificationJournal = defineEvents({
  "mail.sent-again": event(z.object({ ...mail, to: z.string().nullable() }), {
    label: ({ subject, recipient, to }) => `Email sent again${to ? ` to ${to}` : recipient ? ` to ${recipient}` : ""}: ${subject}`,
    tone: "blue",
  }),
  "mail.dismissed": event(z.object({ ...mail, reason: z.string() }), ({ subject, reason }) => `Unsent email dismissed: ${subject} (${reason})`),
});
