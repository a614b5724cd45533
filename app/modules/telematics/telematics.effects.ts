import * as z from "zod";
import { defineEffects, mail, push } from "~/kernel/effects";
import { idOf, instant } from "~/modules/audit/event-fields";

export const telematicsEffects = defineEffects({
  /** A unit reports a fault with which it should not be driven on. */
  "mail.critical-fault": mail(z.object({ assetId: idOf("asset"), faultKey: z.string() }), "A message about a critical fault", ({ assetId }) => assetId),
  /** The same to a driver who has the unit. */
  "push.critical-fault": push(z.object({ membershipId: idOf("membership"), assetId: idOf("asset"), faultKey: z.string(), at: instant })),
});
