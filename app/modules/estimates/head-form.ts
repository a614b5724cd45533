import * as z from "zod";
import { type Cents, moneyText, parseMoney } from "~/kernel/money";
import { startOfNamedDay, yearsAfter } from "~/kernel/time";
import type { Head } from "./estimate-snapshot";

/** What is said of an estimate besides its jobs. */
export const headFields = {
  title: z.string().trim().min(1, "Say in a few words what it is for.").max(120, "Keep it under 120 letters."),
  note: z.string().trim().max(2_000, "Keep it under 2,000 letters."),
  insideNote: z.string().trim().max(2_000, "Keep it under 2,000 letters."),
  validThrough: z.string().refine((day) => startOfNamedDay(day, "UTC") !== null, "Give a day."),
  deposit: z
    .string()
    .trim()
    .default("")
    .refine((text) => text === "" || (parseMoney(text) ?? 0) > 0, "Write an amount such as 500.00, or leave it empty."),
};

const YEARS = 2;

/** Why an offer does not stand until a day, as the shop's calendar is; null where it may. A slip in the year is caught here. */
export const lastDayRefusal = (day: string, today: string): string | null =>
  day > yearsAfter(today, YEARS) ? `That is more than ${YEARS} years ahead. Check the year.` : null;

/** What the fields say of an estimate. */
export const headOf = ({ title, note, insideNote, validThrough, deposit }: Record<keyof typeof headFields, string>): Head => ({
  title,
  note,
  insideNote,
  validThrough,
  deposit: deposit === "" ? null : (parseMoney(deposit) as Cents), // the fields took it for an amount
});

/** How long an estimate stands, unless somebody says otherwise. */
export const USUAL_DAYS = 30;

/** The same as its fields hold it. */
export const headText = ({ title, note, insideNote, validThrough, deposit }: Head): Record<keyof typeof headFields, string> => ({
  title,
  note,
  insideNote,
  validThrough,
  deposit: deposit === null ? "" : moneyText(deposit),
});
