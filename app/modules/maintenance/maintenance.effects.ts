import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

export const maintenanceEffects = defineEffects({
  /** Something of a unit became due or overdue: once for each change of state. */
  "mail.maintenance-due": mail(
    z.object({ assetId: idOf("asset"), scheduleIds: z.array(idOf("schedule")) }),
    "A message that maintenance is due",
    ({ assetId }) => assetId,
  ),
});
