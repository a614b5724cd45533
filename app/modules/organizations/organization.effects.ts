import * as z from "zod";
import { defineEffects, sync } from "~/kernel/effects";

export const organizationEffects = defineEffects({ "organization.changed": sync(z.object({ version: z.number() })) });
