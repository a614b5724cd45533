import * as z from "zod";
import { defineEffects, sync } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

export const vendorEffects = defineEffects({ "vendor.access-changed": sync(z.object({ vendorId: idOf("vendor") })) });
