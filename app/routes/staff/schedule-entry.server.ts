import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { parseReading } from "~/kernel/units";
import { type Meter, meterKinds } from "~/modules/assets/meters/meter";
import { shownValue } from "~/modules/assets/meters/record-meter-reading.server";
import { type RecordRefusal, recordSchedule } from "~/modules/maintenance/change-schedule.server";
import { doubtKey, doubtQuestion, type MeterDoubt } from "~/modules/maintenance/meter-doubts";
import { isPlanDay } from "~/modules/maintenance/plan-day";
import type { Start } from "~/modules/maintenance/start";
import { confirmedField, idField } from "~/platform/http/fields.server";
import { type Answer, askAgain, invalid, onField } from "~/platform/http/refusals.server";

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

/** Asks about meters that look like a slip of the hand. */
export const askAboutMeters = (doubts: readonly MeterDoubt[]): Answer => askAgain(doubtQuestion(doubts), doubtKey(doubts));

export const startRefusals = {
  "no-day": onField("day", "Enter the day."),
  "in-future": onField("day", "Enter a day that isn't in the future."),
} as const;

export const entryRefusals = {
  "no-day": onField("day", "Enter the day."),
  "in-future": onField("day", "Enter a day that isn't in the future."),
  "no-later-day": onField("until", "Enter the day that the new document names, after the day it was renewed."),
  "no-reason": onField("note", "Enter the reason."),
} as const;

/** Where a new schedule counts from. */
export const startFields = { means: z.enum(["now", "due", "last-done", "first-due"]), day: z.string().default(""), ...confirmedField };

type Invalid = ReturnType<typeof invalid>;

/** Where a new schedule counts from, as typed; the other fields of the form hold the meters. */
export function readStart(
  { means, day, ...rest }: Pick<z.output<z.ZodObject<typeof startFields>>, "means" | "day"> & Record<string, unknown>,
  unit: "mi" | "km",
): Result<Start, Invalid> {
  if (means === "now" || means === "due") {
    const isTyped = [day, ...meterKinds.map((meter) => rest[`meter-${meter}`])].some((text) => typeof text === "string" && text.trim() !== "");
    return isTyped ? err(invalid({ means: "Choose what the day and readings below are, or clear them." })) : ok({ kind: means });
  }
  if (day !== "" && !isPlanDay(day)) return err(invalid({ day: "Enter a day such as 2026-03-31, with a year of four digits." }));
  const read = readMeters(rest, unit);
  if ("field" in read) return err(invalid({ [read.field]: NUMBER }));
  return ok({ kind: "known", baseline: { means, day: day === "" ? null : day, meters: read.meters } });
}

export const entryForm = z.looseObject({ scheduleId, recordId: idField("scheduleRecord", "Reload the page."), day: z.string(), note, ...confirmedField });

type Entry = { assetId: Id<"asset">; kind: "done" | "skipped"; unit: "mi" | "km" };

/** Writes down that a service was done elsewhere, or is skipped this time, on a day and at what the meters counted. */
export async function writeEntry(
  s: Parameters<typeof recordSchedule>[0],
  { assetId, kind, unit }: Entry,
  { scheduleId: schedule, recordId, day, note: text, confirmed, ...rest }: z.output<typeof entryForm>,
): Promise<Result<null, RecordRefusal | ReturnType<typeof invalid>>> {
  const read = readMeters(rest, unit);
  if ("field" in read) return err(invalid({ [read.field]: NUMBER }));
  return recordSchedule(s, { assetId, scheduleId: schedule }, { id: recordId, kind, day, meters: read.meters, until: null, note: text }, confirmed);
}
