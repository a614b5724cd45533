import * as z from "zod";
import { paths } from "~/kernel/paths";
import { archiveTemplate, previewTemplate, saveTemplate } from "~/modules/maintenance/templates/save-template.server";
import { noFields } from "~/platform/http/commands.server";
import { seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { planFields } from "../plan-form.server";

/** A template is one form; previewing it shows what saving would move. */
export const action = staff.commands({
  save: staff.command({
    permission: "maintenance:manage",
    form: z.object({ version: seenVersion, ...planFields }),
    run: ({ services, id, form: { version, ...form } }) => saveTemplate(services, { id: id("maintenanceTemplate"), form, seen: version }),
    // A new one does nothing until units have it.
    goTo: ({ id, form }) => (form.version === 0 ? paths.staff.applyTemplate(id("maintenanceTemplate")) : paths.staff.maintenanceTemplates),
  }),
  preview: staff.command({
    permission: "maintenance:manage",
    form: z.object({ version: seenVersion, ...planFields }),
    run: ({ services, id, form: { version: _, ...form } }) => previewTemplate(services, { id: id("maintenanceTemplate"), form }),
    done: (preview, { form: { version: _, fixed, ...typed } }) => ({ done: null, preview, typed: { ...typed, fixed: fixed ? "on" : "" } }),
  }),
  archive: staff.command({
    permission: "maintenance:manage",
    form: noFields,
    run: ({ services, id }) => archiveTemplate(services, id("maintenanceTemplate")),
    goTo: () => paths.staff.maintenanceTemplates,
  }),
});
