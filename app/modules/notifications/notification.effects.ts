import * as z from "zod";
import { defineEffects, mail, sync } from "~/kernel/effects";
import { idOf, instant } from "~/modules/audit/event-fields";

export const notificationEffects = defineEffects({
  "mail.staff-digest": mail(z.object({ membershipId: idOf("membership"), digestAt: instant }), "A daily mail"),
  /** A snoozed notice is back: open pages count it. */
  "notice.returned": sync(z.object({ membershipId: idOf("membership") })),
  /** Somebody replied to the mail with this tag; the provider keeps the reply under this id. */
  "mail.reply": mail(z.object({ tag: z.string(), emailId: z.string() }), "A reply to an email"),
  /** A mail didn't reach its recipient, or isn't wanted. */
  "delivery.failed": sync(z.object({ tag: z.string() })),
});
