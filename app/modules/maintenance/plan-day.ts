import { isDay } from "~/kernel/days";

const [FIRST, LAST] = ["1970-01-01", "2199-12-31"] as const;

/** Whether text is a day that intervals can be counted from: a real one, in a year that a vehicle's service or document can have. */
export const isPlanDay = (text: string): boolean => isDay(text) && text >= FIRST && text <= LAST;
