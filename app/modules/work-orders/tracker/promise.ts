import { err, ok, type Result } from "~/kernel/result";
import { DAY, dayOf, later, localInstant, MINUTE, type UtcMs } from "~/kernel/time";

const YEAR = 366 * DAY;

/**
 * The promised time from a date and time field; null if empty. Catches a mistyped year, and a day that is over: only what
 * was promised before, `kept`, may be.
 */
export function readPromise(text: string, zone: string, now: UtcMs, kept: UtcMs | null = null): Result<UtcMs | null, string> {
  if (text === "") return ok(null);
  const at = localInstant(text, zone);
  if (at === null) return err("Enter a date and a time.");
  if (at < later(now, -YEAR) || at > later(now, 2 * YEAR)) return err("That's years from today. Check the year.");
  // The field has minutes.
  if (kept !== null && at === kept - (kept % MINUTE)) return ok(kept);
  if (dayOf(at, zone) < dayOf(now, zone)) return err("That day is over. Choose today or a later day.");
  return ok(at);
}
