import * as z from "zod";
import { parseMoney } from "~/kernel/money";
import { startOfNamedDay } from "~/kernel/time";

/** The fields by which outside work is sent to a vendor. */
export const assignmentFields = {
  id: z.string(),
  after: z.string().optional(),
  vendor: z.string().min(1, "Choose a vendor."),
  title: z.string().trim().min(1, "Say what the job is in a few words.").max(120, "Keep it under 120 letters."),
  instructions: z.string().trim().min(1, "Tell the vendor what to do.").max(4_000, "Keep it under 4,000 letters."),
  dueDay: z.string().refine((day) => day === "" || startOfNamedDay(day, "UTC") !== null, "Give a day."),
  notToExceed: z.string().refine((text) => text.trim() === "" || (parseMoney(text) ?? 0) > 0, "Type an amount, such as 1,500.00, or leave it empty."),
  noEstimate: z.literal("on").optional(),
  sharesCustomer: z.literal("on").optional(),
  hold: z.literal("on").optional(),
};
