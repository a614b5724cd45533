import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";

export const squareEffects = defineEffects({
  "mail.square-revoked": mail(z.object({ version: z.number() }), "A notice that Square is disconnected"),
});
