import * as z from "zod";
import { defineEffects, mail, sync } from "~/kernel/effects";
import { MINUTE } from "~/kernel/time";
import { idOf } from "~/modules/audit/event-fields";

export const maintenanceEffects = defineEffects({
  /** A template of many units was changed: their schedules are found anew after the unit `after`. One part after the other, through the queue. */
  "maintenance.template-changed": {
    ...sync(z.object({ templateId: idOf("maintenanceTemplate"), version: z.number(), after: z.string() })),
    via: "queue",
    timeoutMs: MINUTE,
    record: ({ templateId }) => templateId,
  },
  /** A shop has more units than one invocation checks: the day's check goes on after the unit `after`. */
  "maintenance.check-continued": {
    ...sync(z.object({ through: z.string(), after: z.string() })),
    via: "queue",
    timeoutMs: MINUTE,
    record: () => "maintenance-check",
  },
  /** Something of a unit became due or overdue: once for each change of state. */
  "mail.maintenance-due": mail(
    z.object({ assetId: idOf("asset"), scheduleIds: z.array(idOf("schedule")) }),
    "A message that maintenance is due",
    ({ assetId }) => assetId,
  ),
});
