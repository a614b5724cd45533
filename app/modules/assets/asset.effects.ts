import * as z from "zod";
import { defineEffects, sync } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

export const assetEffects = defineEffects({
  /** A person's reading or decision changed a unit's meters; trackers' readings come through the fleet room instead. */
  "meters.changed": sync(z.object({ assetId: idOf("asset") })),
});
