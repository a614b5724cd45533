/** Calendar days written YYYY-MM-DD, counted without a clock or a zone. */

const DAY_MS = 86_400_000;
const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const written = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => written(utc(day) + count * DAY_MS);

/** Days from one to another; negative if the other is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / DAY_MS);

/** The same day of a later month, or its last day where it has no such day: 31 Jan, 28 Feb, 31 Mar. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate();
  return written(Date.UTC(year, month - 1 + count, Math.min(date, last)));
}

/** The Monday of a day's week. */
export const startOfWeek = (day: string): string => addDays(day, -((new Date(utc(day)).getUTCDay() + 6) % 7));

/** Whether text is a real calendar day. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(utc(text)) && written(utc(text)) === text;
