import * as z from "zod";
import { defineEffects, signInMail } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

const linkId = idOf("link");

export const peopleEffects = defineEffects({
  "mail.sign-in": signInMail(z.object({ linkId }), "A sign-in link"),
  "mail.set-password": signInMail(z.object({ linkId, reason: z.enum(["invitation", "reset"]) }), "A link to choose a password"),
});
