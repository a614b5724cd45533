import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

export const inspectionEffects = defineEffects({
  /** A report came in with defects, or with a rejected repair. */
  "mail.inspection-defects": mail(
    z.object({ inspectionId: idOf("inspection") }),
    "A message about defects that a driver reported",
    ({ inspectionId }) => inspectionId,
  ),
});
