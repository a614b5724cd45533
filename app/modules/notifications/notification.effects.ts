import * as z from "zod";
import { defineEffects, mail, push, sync } from "~/kernel/effects";
import { idOf, instant } from "~/modules/audit/event-fields";

export const notificationEffects = defineEffects({
  "mail.staff-digest": mail(z.object({ membershipId: idOf("membership"), digestAt: instant }), "A daily mail"),
  /** A snoozed notice is back: open pages count it. */
  "notice.returned": sync(z.object({ membershipId: idOf("membership") })),
  /** Somebody replied to the mail with this tag; the provider keeps the reply under this id. */
  "mail.reply": mail(z.object({ tag: z.string(), emailId: z.string() }), "A reply to an email"),
  /** A notice is pushed to a person's browsers, when it came or when its snooze is over. */
  "push.notice": push(z.object({ membershipId: idOf("membership"), notice: z.string(), isBack: z.boolean() })),
  /** A mail didn't reach its recipient, or isn't wanted. */
  "delivery.failed": sync(z.object({ tag: z.string() })),
});
