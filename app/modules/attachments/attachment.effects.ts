import * as z from "zod";
import { defineEffects, sync } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

export const attachmentEffects = defineEffects({
  /** Due when the upload's day is over: an upload that was finished by then has nothing to clear away. */
  "upload.expired": sync(z.object({ uploadId: idOf("attachment") })),
});
