import * as z from "zod";
import { startOfNamedDay } from "~/kernel/time";

/** What is said of an estimate besides its jobs. */
export const headFields = {
  title: z.string().trim().min(1, "Say in a few words what it is for.").max(120, "Keep it under 120 letters."),
  note: z.string().trim().max(2_000, "Keep it under 2,000 letters."),
  insideNote: z.string().trim().max(2_000, "Keep it under 2,000 letters."),
  validThrough: z.string().refine((day) => startOfNamedDay(day, "UTC") !== null, "Give a day."),
};

/** How long an estimate stands, unless somebody says otherwise. */
export const USUAL_DAYS = 30;
