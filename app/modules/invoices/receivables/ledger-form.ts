import * as z from "zod";
import { parseMoney, parseQuantity } from "~/kernel/money";
import { startOfNamedDay, yearsAfter } from "~/kernel/time";
import { dayAfter } from "../invoice";
import { methods } from "./ledger";

/** What forms about money ask for, with what is said where an answer will not do. */
export const why = z.string().trim().min(1, "Say why: it stays on the record for good.").max(300, "Keep it under 300 letters.");

export const amount = z.string().transform((text, context) => {
  const cents = parseMoney(text);
  if (cents !== null && cents > 0) return cents;
  context.addIssue({ code: "custom", message: "Type an amount above zero, such as 250.00." });
  return z.NEVER;
});

const YEARS = 10;

/** Why no money is dated on a day, as the shop's calendar stands; null where it may be. A slip in the year is caught here. */
export function dayRefusal(day: string, today: string): string | null {
  if (day > dayAfter(today, 1)) return "That day is still to come. Check it.";
  return day < yearsAfter(today, -YEARS) ? `That is more than ${YEARS} years ago. Check the year.` : null;
}

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

/** Which core it is about, and how many where more than one is out. */
export const coreFields = {
  id: z.string(),
  line: z.string(),
  quantity: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return null;
      const quantity = parseQuantity(text);
      if (quantity !== null && quantity > 0) return quantity;
      context.addIssue({ code: "custom", message: "Type how many, such as 1." });
      return z.NEVER;
    }),
};
