import * as z from "zod";
import { defineEffects, mail, push } from "~/kernel/effects";
import { idOf, instant } from "~/modules/audit/event-fields";

export const inspectionEffects = defineEffects({
  /** A report came in with defects, or with a rejected repair. */
  "mail.inspection-defects": mail(
    z.object({ inspectionId: idOf("inspection") }),
    "A message about defects that a driver reported",
    ({ inspectionId }) => inspectionId,
  ),
  /** A customer that wants an inspection each day had units that drove without one. */
  "mail.inspections-missing": mail(
    z.object({ customerId: idOf("customer"), day: z.string() }),
    "A message about missing inspections",
    ({ customerId }) => customerId,
  ),
  "mail.defect-uncertified": mail(z.object({ defectId: idOf("defect") }), "A message about a defect that waits for certification", ({ defectId }) => defectId),
  "mail.unit-driven": mail(z.object({ defectId: idOf("defect") }), "A message about a unit that was driven while it should not be", ({ defectId }) => defectId),
  /** Another driver reported that a unit isn't safe to drive, to a driver who has it. */
  "push.inspection-defects": push(z.object({ membershipId: idOf("membership"), inspectionId: idOf("inspection"), at: instant })),
});
