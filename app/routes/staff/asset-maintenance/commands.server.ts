import * as z from "zod";
import { putBackSchedule, removeSchedule, removeScheduleRecord } from "~/modules/maintenance/change-schedule.server";
import { applyTemplate } from "~/modules/maintenance/templates/apply-template.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { makeOrdersCommand } from "../maintenance/commands.server";
import { askAboutMeters, entryForm, entryRefusals, readStart, startFields, startRefusals, writeEntry } from "../schedule-entry.server";

const scheduleId = idField("schedule", "Reload the page.");

export const action = staff.commands({
  "make-orders": makeOrdersCommand,
  add: staff.command({
    permission: "maintenance:manage",
    form: z.looseObject({ templateId: idField("maintenanceTemplate", "Choose a template."), ...startFields }),
    async run({ services, scope, id, form: { templateId, ...rest } }) {
      const start = readStart(rest, scope.organization.distanceUnit);
      return start.ok ? applyTemplate(services, { templateId, assetIds: [id("asset")], start: start.value, confirmed: rest.confirmed }) : start;
    },
    done: ({ added }) => (added === 0 ? "The unit has this one already." : "Maintenance added."),
    refusals: { ...startRefusals, doubtful: ({ doubts }) => askAboutMeters(doubts), "no-units": "Choose a template." },
  }),
  record: staff.command({
    permission: "maintenance:record",
    form: entryForm,
    run: ({ services, scope, id, form }): ReturnType<typeof writeEntry> =>
      writeEntry(services, { assetId: id("asset"), kind: "done", unit: scope.organization.distanceUnit }, form),
    done: "Recorded. It counts from there.",
    refusals: { ...entryRefusals, doubtful: ({ doubts }) => askAboutMeters(doubts) },
  }),
  skip: staff.command({
    permission: "maintenance:manage",
    form: entryForm,
    run: ({ services, scope, id, form }): ReturnType<typeof writeEntry> =>
      writeEntry(services, { assetId: id("asset"), kind: "skipped", unit: scope.organization.distanceUnit }, form),
    done: "Skipped this time. It counts from that day.",
    refusals: { ...entryRefusals, doubtful: ({ doubts }) => askAboutMeters(doubts) },
  }),
  "take-back": staff.command({
    permission: "maintenance:manage",
    form: z.object({ scheduleId, recordId: idField("scheduleRecord", "Reload the page.") }),
    run: ({ services, id, form: { scheduleId: schedule, recordId } }) =>
      removeScheduleRecord(services, { assetId: id("asset"), scheduleId: schedule }, recordId),
    done: "Entry taken back.",
  }),
  remove: staff.command({
    permission: "maintenance:manage",
    form: z.object({ scheduleId }),
    run: ({ services, id, form }) => removeSchedule(services, { assetId: id("asset"), scheduleId: form.scheduleId }),
    done: "Maintenance removed from this unit. It can be put back under Removed.",
  }),
  "put-back": staff.command({
    permission: "maintenance:manage",
    form: z.object({ scheduleId }),
    run: ({ services, id, form }) => putBackSchedule(services, { assetId: id("asset"), scheduleId: form.scheduleId }),
    done: "Put back, with what was done before.",
    refusals: { "has-it": "The unit got the same maintenance again meanwhile." },
  }),
});
