import * as z from "zod";
import { addDays } from "~/kernel/days";
import { parseMoney, parseQuantity } from "~/kernel/money";
import { startOfNamedDay, yearsAfter } from "~/kernel/time";
import { methods } from "./ledger";

/** Fields of the money forms, with their error messages. */
export const why = z.string().trim().min(1, "Enter a reason. It stays on record.").max(300, "Use at most 300 characters.");

export const amount = z.string().transform((text, context) => {
  const cents = parseMoney(text);
  if (cents !== null && cents > 0) return cents;
  context.addIssue({ code: "custom", message: "Enter an amount above zero, such as 250.00." });
  return z.NEVER;
});

const YEARS = 10;

/** Why this day is refused, or null. Catches a mistyped year. `today` is the shop's calendar day. */
export function dayRefusal(day: string, today: string): string | null {
  if (day > addDays(today, 1)) return "That date is in the future. Check it.";
  return day < yearsAfter(today, -YEARS) ? `That's more than ${YEARS} years ago. Check the year.` : null;
}

/** Fields of a payment or refund: method, reference, day. */
export const moneyFields = {
  amount,
  method: z.enum(methods),
  reference: z
    .string()
    .trim()
    .max(60, "Use at most 60 characters.")
    .transform((text) => text || null),
  day: z.string().refine((day) => startOfNamedDay(day, "UTC") !== null, "Choose a date."),
};

/** How many cores, if more than one is out. */
export const coreFields = {
  quantity: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return null;
      const quantity = parseQuantity(text);
      if (quantity !== null && quantity > 0) return quantity;
      context.addIssue({ code: "custom", message: "Enter how many, such as 1." });
      return z.NEVER;
    }),
};
