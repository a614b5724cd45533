import { parseId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type DistanceUnit, parseReading, toMeters } from "~/kernel/units";
import { assetKinds } from "~/modules/assets/asset";
import { isDistance, type Meter } from "~/modules/assets/meters/meter";
import type { Plan } from "./plan";
import { categories, type Template, type TemplateForm, usualSoon } from "./template";

const HOUR_SECONDS = 3_600;
/** Due soon so many days ahead, and of a short interval half of it. */
const USUAL_SOON_DAYS = 14;
/** More days than this are no interval of a vehicle's. */
const MOST_DAYS = 3_650;
const hourMeters = ["engine", "reefer", "pto"] as const;

type Fields = Record<string, string>;
export type TemplateFacts = Omit<Template, "id" | "version">;

/** Reads a template's form; at least one interval must be there. */
export function readTemplateForm(form: TemplateForm, unit: DistanceUnit): Result<TemplateFacts, Fields> {
  const fields: Fields = {};
  const amount = (name: keyof TemplateForm, text: string, one: number): number | null => {
    if (text.trim() === "") return null;
    const value = parseReading(text);
    if (value === null || value <= 0) fields[name] = "Enter a number above zero.";
    return value === null ? null : value * one;
  };
  const name = form.name.trim();
  if (name === "" || name.length > 80) fields.name = name === "" ? "Enter a name." : "Use at most 80 characters.";
  const mile = toMeters(1, unit);
  const meter = hourMeters.find((one) => one === form.hoursMeter) ?? "engine";
  const intervals = [
    { meter: "odometer" as Meter, every: amount("distance", form.distance, mile), soon: amount("distanceSoon", form.distanceSoon, mile) },
    { meter: meter as Meter, every: amount("hours", form.hours, HOUR_SECONDS), soon: amount("hoursSoon", form.hoursSoon, HOUR_SECONDS) },
  ];
  const meters = intervals.flatMap(({ every, soon, meter: its }) => {
    if (every === null) return [];
    if (soon !== null && soon >= every) fields[isDistance(its) ? "distanceSoon" : "hoursSoon"] = "Enter less than the interval.";
    return [{ meter: its, every, soon: soon ?? usualSoon(every) }];
  });
  const calendarEvery = whole("calendar", form.calendar, fields);
  const days = (calendarEvery ?? 0) * (form.calendarUnit === "day" ? 1 : 30);
  const soonDays = whole("soonDays", form.soonDays, fields) ?? Math.min(USUAL_SOON_DAYS, Math.floor(days / 2));
  if (calendarEvery !== null && soonDays >= days) fields.soonDays = "Enter less than the interval.";
  const category = categories.find((one) => one === form.category) ?? "service";
  const calendar: Plan["calendar"] =
    calendarEvery === null ? null : { every: calendarEvery, unit: form.calendarUnit === "day" ? "day" : "month", soonDays, fixed: form.fixed };
  if (calendar && calendar.every * (calendar.unit === "month" ? 30 : 1) > MOST_DAYS) fields.calendar = "Enter at most ten years.";
  if (meters.length === 0 && !calendar && Object.keys(fields).length === 0) fields.distance = "Enter at least one interval: distance, hours or time.";
  if (Object.keys(fields).length > 0) return err(fields);
  return ok({
    name,
    category,
    kind: assetKinds.find((one) => one === form.kind) ?? null,
    plan: { meters, calendar, grace: category === "service" ? 10 : 0 },
    cannedJobId: parseId("cannedJob", form.cannedJobId),
  });
}

function whole(name: string, text: string, fields: Fields): number | null {
  if (text.trim() === "") return null;
  const value = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value > 0)) fields[name] = "Enter a whole number above zero.";
  return value > 0 ? value : null;
}

/** A template as its form shows it. */
export function templateForm({ name, category, kind, plan, cannedJobId }: TemplateFacts, unit: DistanceUnit): Record<string, string> {
  const distance = plan.meters.find(({ meter }) => isDistance(meter));
  const hours = plan.meters.find(({ meter }) => !isDistance(meter));
  const text = (value: number | undefined, one: number) => (value === undefined ? "" : String(Math.round((value / one) * 10) / 10));
  const mile = toMeters(1, unit);
  return {
    name,
    category,
    kind: kind ?? "",
    distance: text(distance?.every, mile),
    distanceSoon: text(distance?.soon, mile),
    hoursMeter: hours?.meter ?? "engine",
    hours: text(hours?.every, HOUR_SECONDS),
    hoursSoon: text(hours?.soon, HOUR_SECONDS),
    calendar: plan.calendar ? String(plan.calendar.every) : "",
    calendarUnit: plan.calendar?.unit ?? "month",
    soonDays: plan.calendar?.soonDays ? String(plan.calendar.soonDays) : "",
    cannedJobId: cannedJobId ?? "",
  };
}
