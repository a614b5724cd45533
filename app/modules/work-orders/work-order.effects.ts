import * as z from "zod";
import { defineEffects, mail, sync } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

const facts = z.object({ workOrderId: idOf("workOrder") });

export const workOrderEffects = defineEffects({
  /** It was completed, reopened or canceled, or a job was taken off it: what counts as done, or as ordered, changed. */
  "work-order.settled": sync(facts),
  "mail.order-ready": mail(facts, "A message that a unit is ready", ({ workOrderId }) => workOrderId),
  /** The shop switched to a cheaper option by itself; `version` is the order's, whose entry has what changed. */
  "mail.option-switched": mail(facts.extend({ version: z.number() }), "A message that the shop switched options", ({ workOrderId }) => workOrderId),
  /** `joined`: the later request on the same fault that it is about. */
  "mail.service-request": mail(facts.extend({ joined: z.string().optional() }), "A service request", ({ workOrderId }) => workOrderId),
  "mail.request-canceled": mail(facts, "A message that a service request was canceled", ({ workOrderId }) => workOrderId),
});
