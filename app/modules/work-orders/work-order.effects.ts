import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

const facts = z.object({ workOrderId: idOf("workOrder") });

export const workOrderEffects = defineEffects({
  "mail.order-ready": mail(facts, "A message that a unit is ready", ({ workOrderId }) => workOrderId),
  "mail.service-request": mail(facts, "A service request", ({ workOrderId }) => workOrderId),
});
