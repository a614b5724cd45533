import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { type Cents, moneyText, parseMoney } from "~/kernel/money";
import { startOfNamedDay, yearsAfter } from "~/kernel/time";
import { answerHours } from "./answer-clock";
import type { Head } from "./estimate-snapshot";

/** Fields of an estimate besides its jobs. */
export const headFields = {
  title: z.string().trim().min(1, "Enter a short title for the work.").max(120, "Use at most 120 characters."),
  note: z.string().trim().max(2_000, "Use at most 2,000 characters."),
  insideNote: z.string().trim().max(2_000, "Use at most 2,000 characters."),
  validThrough: z.string().refine((day) => startOfNamedDay(day, "UTC") !== null, "Choose a date."),
  deposit: z
    .string()
    .trim()
    .default("")
    .refine((text) => text === "" || (parseMoney(text) ?? 0) > 0, "Enter an amount such as 500.00, or leave it empty."),
  answerHours: z
    .string()
    .default("")
    .refine((text) => text === "" || answerHours.some((hours) => String(hours) === text), "Choose one of these."),
  backup: z
    .string()
    .default("")
    .refine((text) => text === "" || parseId("contact", text) !== null, "Choose one of the contacts."),
};
type HeadText = Record<keyof typeof headFields, string>;

/** Why the head can't be saved so, by field; null if it can. `today` is the shop's calendar day. */
export function headRefusal({ validThrough, answerHours: hours, backup }: HeadText, today: string): Record<string, string> | null {
  const tooLate = lastDayRefusal(validThrough, today);
  if (tooLate) return { validThrough: tooLate };
  return backup !== "" && hours === "" ? { answerHours: "Choose after how many hours the backup approver is asked." } : null;
}

const YEARS = 2;

/** Why an estimate can't be valid until this day, or null: it is over, or its year was mistyped. `today` is the shop's calendar day. */
export function lastDayRefusal(day: string, today: string): string | null {
  if (day < today) return "That day is over. Choose today or a later day.";
  return day > yearsAfter(today, YEARS) ? `That is more than ${YEARS} years ahead. Check the year.` : null;
}

/** The head of an estimate from its form fields. */
export const headOf = ({ title, note, insideNote, validThrough, deposit, answerHours: hours, backup }: HeadText): Head => ({
  title,
  note,
  insideNote,
  validThrough,
  deposit: deposit === "" ? null : (parseMoney(deposit) as Cents), // headFields accepted it as an amount
  ...(hours === "" ? {} : { answerWanted: { hours: Number(hours), backupId: parseId("contact", backup) } }),
});

/** Default days an estimate is valid. */
export const USUAL_DAYS = 30;

/** The head of an estimate as form values. */
export const headText = ({ title, note, insideNote, validThrough, deposit, answerWanted }: Head): HeadText => ({
  title,
  note,
  insideNote,
  validThrough,
  deposit: deposit === null ? "" : moneyText(deposit),
  answerHours: answerWanted ? String(answerWanted.hours) : "",
  backup: answerWanted?.backupId ?? "",
});
