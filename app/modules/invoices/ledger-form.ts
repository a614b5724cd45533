import * as z from "zod";
import { parseMoney } from "~/kernel/money";
import { startOfNamedDay } from "~/kernel/time";
import { methods } from "./ledger";

/** What forms about money ask for, with what is said where an answer will not do. */
export const why = z.string().trim().min(1, "Say why: it stays on the record for good.").max(300, "Keep it under 300 letters.");

export const amount = z.string().transform((text, context) => {
  const cents = parseMoney(text);
  if (cents !== null && cents > 0) return cents;
  context.addIssue({ code: "custom", message: "Type an amount above zero, such as 250.00." });
  return z.NEVER;
});

/** Money that came or went: how, under which reference, on which day. */
export const moneyFields = {
  amount,
  method: z.enum(methods),
  reference: z
    .string()
    .trim()
    .max(60, "Keep it under 60 signs.")
    .transform((text) => text || null),
  day: z.string().refine((day) => startOfNamedDay(day, "UTC") !== null, "Give the day as it stands in the calendar."),
};
