import * as z from "zod";
import { portals } from "~/kernel/audience";
import { defineEffects, sync } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

export const attachmentEffects = defineEffects({
  /** A record's files changed, seen by the shop and by these portals. */
  "files.changed": sync(z.object({ kind: z.string(), id: z.string(), portals: z.array(z.enum(portals)).readonly() })),
  /** Due when the upload's day is over: an upload that was finished by then has nothing to clear away. */
  "upload.expired": sync(z.object({ uploadId: idOf("attachment") })),
});
