import * as z from "zod";
import { parseMoney } from "~/kernel/money";
import { startOfNamedDay } from "~/kernel/time";

/** Fields of the form that assigns outside work to a vendor, beside the ids of job, vendor and line. */
export const assignmentFields = {
  title: z.string().trim().min(1, "Enter a short title for the job.").max(120, "Use at most 120 characters."),
  instructions: z.string().trim().min(1, "Tell the vendor what to do.").max(4_000, "Use at most 4,000 characters."),
  /** A day that is over is refused by the page, which knows the shop's day. */
  dueDay: z.string().refine((day) => day === "" || startOfNamedDay(day, "UTC") !== null, "Choose a date."),
  notToExceed: z.string().refine((text) => text.trim() === "" || (parseMoney(text) ?? 0) > 0, "Enter an amount such as 1,500.00, or leave it empty."),
  line: z.string().default(""),
  pricedElsewhere: z.literal("on").optional(),
  noEstimate: z.literal("on").optional(),
  sharesCustomer: z.literal("on").optional(),
  hold: z.literal("on").optional(),
};
