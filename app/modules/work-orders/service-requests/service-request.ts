import { dateFormat } from "~/kernel/intl";
import { err, ok, type Result } from "~/kernel/result";
import { startOfNamedDay, type UtcMs, yearsAfter } from "~/kernel/time";
import { type DistanceUnit, formatDistance, formatEngineHours, parseReading, toMeters } from "~/kernel/units";
import type { WorkOrderState } from "../work-order";

export const urgencies = ["can-drive", "do-not-drive"] as const;
export type Urgency = (typeof urgencies)[number];
export const urgencyLabels: Record<Urgency, string> = { "can-drive": "Can be driven", "do-not-drive": "Should not be driven" };

/** A customer's service request, kept unchanged with its order. */
export type ServiceRequest = {
  by: string;
  urgency: Urgency;
  /** Calendar day in the shop's time zone. */
  preferredDay: string | null;
  /** The fault code the request was made from. */
  fault: string | null;
  /** As shown on the dash. */
  reading: { meter: "odometer" | "engine"; displayValue: number; unit: DistanceUnit } | null;
  /** Later requests on the same fault, which joined this one. */
  joined?: readonly JoinedRequest[];
};
/** `id` is what its form brought, so that a form sent twice joins once. */
export type JoinedRequest = { id: string; by: string; at: UtcMs; complaint: string; urgency: Urgency };

/** The form as typed. */
export type RequestForm = { complaint: string; urgency: string; preferredDay: string; reading: string; fault: string };
export type Asked = Omit<ServiceRequest, "by" | "joined"> & { complaint: string };

const FAULT = /^(SPN \d{1,6} FMI \d{1,2}|[PCBU][0-3][0-9A-F]{3})$/;

/** Reads the form, or returns errors by field. `meter` is the kind this unit has. */
export function checkRequest(
  form: RequestForm,
  { meter, unit, today }: { meter: "odometer" | "engine" | null; unit: DistanceUnit; today: string },
): Result<Asked, Record<string, string>> {
  const fields: Record<string, string> = {};
  const complaint = form.complaint.trim();
  if (complaint === "") fields.complaint = "Describe the problem, or the work you need.";
  if (complaint.length > 2_000) fields.complaint = "Use at most 2,000 characters.";
  const urgency = urgencies.find((one) => one === form.urgency);
  if (!urgency) fields.urgency = "Choose whether the unit can be driven.";
  const preferredDay = form.preferredDay.trim() || null;
  if (preferredDay !== null && startOfNamedDay(preferredDay, "UTC") === null) fields.preferredDay = "Choose a date, or leave it empty.";
  else if (preferredDay !== null && preferredDay < today) fields.preferredDay = "That date is in the past. Choose a later one, or leave it empty.";
  else if (preferredDay !== null && preferredDay > yearsAfter(today, 1)) fields.preferredDay = "That's more than a year away. Check the year.";
  const displayValue = meter === null || form.reading.trim() === "" ? null : parseReading(form.reading);
  if (meter !== null && form.reading.trim() !== "" && displayValue === null) fields.reading = "Enter a reading such as 412,345.";
  if (!urgency || Object.keys(fields).length > 0) return err(fields);
  return ok({
    complaint,
    urgency,
    preferredDay,
    fault: FAULT.test(form.fault) ? form.fault : null,
    reading: meter !== null && displayValue !== null ? { meter, displayValue, unit } : null,
  });
}

/** Far above what happens; a request after these is an order of its own. */
export const MOST_JOINED = 20;

/** A request with another on the same fault: the worse urgency counts, and the first day that was named. */
export const withJoined = (request: ServiceRequest, its: JoinedRequest, preferredDay: string | null): ServiceRequest => ({
  ...request,
  urgency: its.urgency === "do-not-drive" ? its.urgency : request.urgency,
  preferredDay: request.preferredDay ?? preferredDay,
  joined: [...(request.joined ?? []), its],
});

/** True, or the reason why its customer can't cancel a request: the shop has begun with it. */
export function canCancelRequest(order: { state: WorkOrderState; arrivedAt: number | null; hasLines: boolean }): true | string {
  if (order.state === "canceled") return "This request was canceled already.";
  const isTaken = order.state !== "draft" || order.arrivedAt !== null || order.hasLines;
  return isTaken ? "The shop has taken this request up. Call them to cancel it." : true;
}

/** As many characters as staff may give a title. */
const MOST_TITLE = 120;

/** The first line of the complaint is the order's title until staff change it; of a longer one the words that fit. The complaint itself is kept whole. */
export function titleOf(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  if (line.length <= MOST_TITLE) return line;
  const fits = line.slice(0, MOST_TITLE + 1);
  return fits.slice(0, fits.lastIndexOf(" ") > 0 ? fits.lastIndexOf(" ") : MOST_TITLE);
}

/** The details besides the complaint: "Can be driven · wanted Mon, Nov 30 · 412,345 mi · SPN 110 FMI 0". */
export function describeRequest({ urgency, preferredDay, reading, fault }: Omit<ServiceRequest, "by" | "joined">, locale: string): string {
  const day = (text: string) =>
    dateFormat(locale, { timeZone: "UTC", weekday: "short", month: "short", day: "numeric" }).format(Date.parse(`${text}T12:00:00Z`));
  const meter =
    reading &&
    (reading.meter === "odometer"
      ? formatDistance(toMeters(reading.displayValue, reading.unit), reading.unit, locale)
      : formatEngineHours(reading.displayValue * 3_600, locale));
  return [urgencyLabels[urgency], preferredDay && `wanted ${day(preferredDay)}`, meter, fault].filter(Boolean).join(" · ");
}
