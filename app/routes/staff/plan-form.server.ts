import * as z from "zod";
import { switched } from "~/platform/http/fields.server";

const text = z.string().max(100, "Use at most 100 characters.").default("");
/** The fields of a plan, as typed. */
export const planFields = {
  name: text,
  category: text,
  kind: text,
  distance: text,
  distanceSoon: text,
  hoursMeter: text,
  hours: text,
  hoursSoon: text,
  calendar: text,
  calendarUnit: text,
  soonDays: text,
  fixed: switched,
  cannedJobId: text,
};
