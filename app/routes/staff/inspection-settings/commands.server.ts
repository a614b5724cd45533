import * as z from "zod";
import { assetKinds } from "~/modules/assets/asset";
import { waitBounds } from "~/modules/inspections/alerts/alerts";
import { changeInspectionSettings } from "~/modules/inspections/alerts/change-settings.server";
import { changeChecklist, changePart, removePart } from "~/modules/inspections/checklists/change-checklist.server";
import { groupKeys, isPartKey, MAX_PART_NAME, type PartKey, partKeys } from "~/modules/inspections/checklists/checklist";
import { MAX_OWN_PARTS } from "~/modules/inspections/checklists/own-checklist";
import { defectProblems } from "~/modules/inspections/defects/defect";
import { seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { missing, onField, unreadable } from "~/platform/http/refusals.server";

const ofChecklist = { kind: z.enum(assetKinds), seen: seenVersion };
const LATER = "Phones take it with their next connection.";
const partOf = (text: string): PartKey | null => (isPartKey(text) ? text : null);

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
    form: z.looseObject(ofChecklist),
    run: ({ services, form }) => changeChecklist(services, { kind: form.kind, seen: form.seen, parts: partKeys.filter((part) => `part-${part}` in form) }),
    done: `Saved. ${LATER}`,
    refusals: { "no-parts": unreadable("Choose at least one part.") },
  }),
  part: staff.command({
    permission: "organization:manage",
    form: z.looseObject({ ...ofChecklist, part: z.string(), name: z.string().default(""), group: z.enum(groupKeys).default("cab") }),
    run: ({ services, form }) =>
      changePart(services, {
        kind: form.kind,
        seen: form.seen,
        was: partOf(form.part),
        name: form.name,
        group: form.group,
        problems: defectProblems.filter((problem) => `problem-${problem}` in form),
      }),
    done: `Saved. ${LATER}`,
    refusals: {
      "no-such-part": missing("That part isn't on the checklist anymore. Reload the page."),
      "no-name": onField("name", `Enter a name of up to ${MAX_PART_NAME} characters.`),
      "name-taken": onField("name", "There is a part of this name. Choose another one."),
      "no-such-group": onField("group", "Choose one of these groups."),
      "too-many-parts": unreadable(`You can add up to ${MAX_OWN_PARTS} parts of your own. Remove one first.`),
    },
  }),
  "remove-part": staff.command({
    permission: "organization:manage",
    form: z.object({ ...ofChecklist, part: z.string().refine(isPartKey) }),
    run: ({ services, form }) => removePart(services, form),
    done: `Removed. ${LATER} Reports that were signed stay as they were.`,
    refusals: { "no-parts": unreadable("It is the only part. Add another one first.") },
  }),
});
