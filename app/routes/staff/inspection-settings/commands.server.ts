import * as z from "zod";
import { assetKinds } from "~/modules/assets/asset";
import { waitBounds } from "~/modules/inspections/alerts/alerts";
import { changeInspectionSettings } from "~/modules/inspections/alerts/change-settings.server";
import { changeChecklist } from "~/modules/inspections/checklists/change-checklist.server";
import { partKeys } from "~/modules/inspections/checklists/checklist";
import { seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { onField, unreadable } from "~/platform/http/refusals.server";

export const action = staff.commands({
  save: staff.command({
    permission: "organization:manage",
    form: z.object({ version: seenVersion, hours: z.string() }),
    run: ({ services, form }) => changeInspectionSettings(services, { hours: form.hours, seen: form.version }),
    done: "Saved.",
    refusals: { "unreadable-hours": onField("hours", `Enter whole hours, from ${waitBounds.least} to ${waitBounds.most}.`) },
  }),
  checklist: staff.command({
    permission: "organization:manage",
    form: z.looseObject({ kind: z.enum(assetKinds), seen: seenVersion }),
    run: ({ services, form }) => changeChecklist(services, { kind: form.kind, seen: form.seen, parts: partKeys.filter((part) => `part-${part}` in form) }),
    done: "Saved. Phones take it with their next connection.",
    refusals: { "no-parts": unreadable("Choose at least one part.") },
  }),
});
