import { err, ok, type Result } from "~/kernel/result";
import { startOfNamedDay, yearsAfter } from "~/kernel/time";
import { type DistanceUnit, formatDistance, formatEngineHours, parseReading, toMeters } from "~/kernel/units";
import type { Meter } from "~/modules/assets/meter";

export const urgencies = ["can-drive", "do-not-drive"] as const;
export type Urgency = (typeof urgencies)[number];
export const urgencyLabels: Record<Urgency, string> = { "can-drive": "It can be driven", "do-not-drive": "It should not be driven" };

/** What a customer's person said when they asked for work: kept with the order as they said it. */
export type ServiceRequest = {
  by: string;
  urgency: Urgency;
  /** A day of the shop's calendar. */
  preferredDay: string | null;
  /** The code of the fault that they asked about. */
  fault: string | null;
  /** As it stood on the dash. */
  reading: { meter: Meter; displayValue: number; unit: DistanceUnit } | null;
};

/** The form, as it was typed. */
export type RequestForm = { complaint: string; urgency: string; preferredDay: string; reading: string; fault: string };
export type Asked = Omit<ServiceRequest, "by"> & { complaint: string };

const FAULT = /^(SPN \d{1,6} FMI \d{1,2}|[PCBU][0-3][0-9A-F]{3})$/;

/** Reads the form, or says by field what is wrong with it. `meter` is the one that this kind of unit has. */
export function checkRequest(
  form: RequestForm,
  { meter, unit, today }: { meter: Meter | null; unit: DistanceUnit; today: string },
): Result<Asked, Record<string, string>> {
  const fields: Record<string, string> = {};
  const complaint = form.complaint.trim();
  if (complaint === "") fields.complaint = "Say what is wrong, or what you want done.";
  if (complaint.length > 2_000) fields.complaint = "Keep it under 2,000 letters.";
  const urgency = urgencies.find((one) => one === form.urgency);
  if (!urgency) fields.urgency = "Say whether it can be driven.";
  const preferredDay = form.preferredDay.trim() || null;
  if (preferredDay !== null && startOfNamedDay(preferredDay, "UTC") === null) fields.preferredDay = "Give a day, or leave it empty.";
  else if (preferredDay !== null && preferredDay < today) fields.preferredDay = "That day is over. Give a later one, or leave it empty.";
  else if (preferredDay !== null && preferredDay > yearsAfter(today, 1)) fields.preferredDay = "That is more than a year away. Check the year.";
  const displayValue = meter === null || form.reading.trim() === "" ? null : parseReading(form.reading);
  if (meter !== null && form.reading.trim() !== "" && displayValue === null) fields.reading = "A reading is a number such as 412,345.";
  if (!urgency || Object.keys(fields).length > 0) return err(fields);
  return ok({
    complaint,
    urgency,
    preferredDay,
    fault: FAULT.test(form.fault) ? form.fault : null,
    reading: meter !== null && displayValue !== null ? { meter, displayValue, unit } : null,
  });
}

/** The first line of what was said names the order until somebody words it better. */
export function titleOf(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** What was said besides the words: "It can be driven · wanted Mon, Nov 30 · 412,345 mi · SPN 110 FMI 0". */
export function describeRequest({ urgency, preferredDay, reading, fault }: Omit<ServiceRequest, "by">, locale: string): string {
  const day = (text: string) =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short", month: "short", day: "numeric" }).format(Date.parse(`${text}T12:00:00Z`));
  const meter =
    reading &&
    (reading.meter === "odometer"
      ? formatDistance(toMeters(reading.displayValue, reading.unit), reading.unit, locale)
      : formatEngineHours(reading.displayValue * 3_600, locale));
  return [urgencyLabels[urgency], preferredDay && `wanted ${day(preferredDay)}`, meter, fault].filter(Boolean).join(" · ");
}
