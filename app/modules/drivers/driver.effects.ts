import * as z from "zod";
import { defineEffects, sync } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

const facts = z.object({ driverId: idOf("driver") });

export const driverEffects = defineEffects({ "driver.access-changed": sync(facts), "driver.pin-reset": sync(facts), "driver.archived": sync(facts) });
