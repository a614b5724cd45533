import * as z from "zod";
import { paths } from "~/kernel/paths";
import type { Result } from "~/kernel/result";
import { recordSchedule, removeSchedule } from "~/modules/maintenance/change-schedule.server";
import { addOwnSchedule, changeOwnSchedule } from "~/modules/maintenance/own-schedule.server";
import { noFields } from "~/platform/http/commands.server";
import { idField, seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { planFields } from "../plan-form.server";
import { askAboutMeters, entryRefusals, readStart, startFields, startRefusals } from "../schedule-entry.server";

type NewRefusal = Extract<Awaited<ReturnType<typeof addOwnSchedule>> | ReturnType<typeof readStart>, { ok: false }>["error"];

export const action = staff.commands({
  add: staff.command({
    permission: "maintenance:manage",
    form: z.looseObject({ templateId: idField("maintenanceTemplate", "Reload the page."), ...planFields, ...startFields }),
    async run({ services, scope, id, form }): Promise<Result<null, NewRefusal>> {
      const start = readStart(form, scope.organization.distanceUnit);
      if (!start.ok) return start;
      return addOwnSchedule(
        services,
        { assetId: id("asset"), scheduleId: id("schedule") },
        { templateId: form.templateId, form, start: start.value, confirmed: form.confirmed },
      );
    },
    done: "Maintenance added to this unit.",
    refusals: { ...startRefusals, doubtful: ({ doubts }) => askAboutMeters(doubts) },
  }),
  save: staff.command({
    permission: "maintenance:manage",
    form: z.object({ version: seenVersion, ...planFields }),
    run: ({ services, id, form: { version, ...form } }) =>
      changeOwnSchedule(services, { assetId: id("asset"), scheduleId: id("schedule") }, { form, seen: version }),
    done: "Plan saved.",
  }),
  renew: staff.command({
    permission: "maintenance:record",
    form: z.object({
      recordId: idField("scheduleRecord", "Reload the page."),
      day: z.string(),
      until: z.string(),
      note: z.string().trim().max(200, "Use at most 200 characters.").default(""),
    }),
    run: ({ services, id, form: { recordId, day, until, note } }): ReturnType<typeof recordSchedule> =>
      recordSchedule(services, { assetId: id("asset"), scheduleId: id("schedule") }, { id: recordId, kind: "done", day, meters: {}, until, note }),
    done: "Renewed. Add the new document below.",
    refusals: { ...entryRefusals, doubtful: ({ doubts }) => askAboutMeters(doubts) },
  }),
  end: staff.command({
    permission: "maintenance:manage",
    form: noFields,
    run: ({ services, id }) => removeSchedule(services, { assetId: id("asset"), scheduleId: id("schedule") }),
    goTo: ({ id }) => paths.staff.assetMaintenance(id("asset")),
  }),
});
