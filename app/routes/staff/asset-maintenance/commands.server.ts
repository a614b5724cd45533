import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import { parseReading } from "~/kernel/units";
import { type Meter, meterKinds } from "~/modules/assets/meters/meter";
import { shownValue } from "~/modules/assets/meters/record-meter-reading.server";
import { type RecordRefusal, recordSchedule, removeSchedule, removeScheduleRecord } from "~/modules/maintenance/change-schedule.server";
import { applyTemplate } from "~/modules/maintenance/templates/apply-template.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid, onField } from "~/platform/http/refusals.server";
import { makeOrdersCommand } from "../maintenance/commands.server";

const scheduleId = idField("schedule", "Reload the page.");
const note = z.string().trim().max(200, "Use at most 200 characters.").default("");
const NUMBER = "Enter a number such as 412,345.";

/** The readings of a form, by meter, in meters and seconds; null with the first field that is no number. */
function readMeters(form: Readonly<Record<string, unknown>>, unit: "mi" | "km"): { meters: Partial<Record<Meter, number>> } | { field: string } {
  const meters: Partial<Record<Meter, number>> = {};
  for (const meter of meterKinds) {
    const text = form[`meter-${meter}`];
    if (typeof text !== "string" || text.trim() === "") continue;
    const value = parseReading(text);
    if (value === null) return { field: `meter-${meter}` };
    meters[meter] = shownValue(meter, value, unit);
  }
  return { meters };
}

const refusals = {
  "no-day": onField("day", "Enter the day."),
  "in-future": onField("day", "Enter a day that isn't in the future."),
  "no-reason": onField("note", "Enter the reason."),
} as const;

const entryForm = z.looseObject({ scheduleId, recordId: idField("scheduleRecord", "Reload the page."), day: z.string(), note });

type Entry = { assetId: Id<"asset">; kind: "done" | "skipped"; unit: "mi" | "km" };

/** Writes down that a service was done elsewhere, or is skipped this time, on a day and at what the meters counted. */
async function writeEntry(
  s: Parameters<typeof recordSchedule>[0],
  { assetId, kind, unit }: Entry,
  { scheduleId: schedule, recordId, day, note: text, ...rest }: z.output<typeof entryForm>,
): Promise<Result<null, RecordRefusal | ReturnType<typeof invalid>>> {
  const read = readMeters(rest, unit);
  if ("field" in read) return err(invalid({ [read.field]: NUMBER }));
  return recordSchedule(s, { assetId, scheduleId: schedule }, { id: recordId, kind, day, meters: read.meters, note: text });
}

export const action = staff.commands({
  "make-orders": makeOrdersCommand,
  add: staff.command({
    permission: "maintenance:manage",
    form: z.looseObject({
      templateId: idField("maintenanceTemplate", "Choose a template."),
      means: z.enum(["now", "due", "last-done", "first-due"]),
      day: z.string().default(""),
    }),
    async run({
      services,
      scope,
      id,
      form: { templateId, means, day, ...rest },
    }): Promise<Result<{ added: number }, { kind: "not-found" } | { kind: "no-units" } | ReturnType<typeof invalid>>> {
      const asked = { templateId, assetIds: [id("asset")] };
      if (means === "now" || means === "due") return applyTemplate(services, { ...asked, start: { kind: means } });
      const read = readMeters(rest, scope.organization.distanceUnit);
      if ("field" in read) return err(invalid({ [read.field]: NUMBER }));
      const baseline = { means, day: day === "" ? null : day, meters: read.meters };
      return applyTemplate(services, { ...asked, start: { kind: "known", baseline } });
    },
    done: ({ added }) => (added === 0 ? "The unit has this one already." : "Maintenance added."),
    refusals: { "no-units": "Choose a template." },
  }),
  record: staff.command({
    permission: "maintenance:record",
    form: entryForm,
    run: ({ services, scope, id, form }) => writeEntry(services, { assetId: id("asset"), kind: "done", unit: scope.organization.distanceUnit }, form),
    done: "Recorded. It counts from there.",
    refusals,
  }),
  skip: staff.command({
    permission: "maintenance:manage",
    form: entryForm,
    run: ({ services, scope, id, form }) => writeEntry(services, { assetId: id("asset"), kind: "skipped", unit: scope.organization.distanceUnit }, form),
    done: "Skipped this time. It counts from now.",
    refusals,
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
    done: "Maintenance removed from this unit.",
  }),
});
