import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

export const telematicsEffects = defineEffects({
  /** A unit reports a fault with which it should not be driven on. */
  "mail.critical-fault": mail(z.object({ assetId: idOf("asset"), faultKey: z.string() }), "A message about a critical fault", ({ assetId }) => assetId),
});
