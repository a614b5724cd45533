import { err, ok, type Result } from "~/kernel/result";
import { DAY, later, localInstant, type UtcMs } from "~/kernel/time";

const YEAR = 366 * DAY;

/** The promised time from a date and time field; null if empty. Catches a mistyped year. */
export function readPromise(text: string, zone: string, now: UtcMs): Result<UtcMs | null, string> {
  if (text === "") return ok(null);
  const at = localInstant(text, zone);
  if (at === null) return err("Enter a date and a time.");
  if (at < later(now, -YEAR) || at > later(now, 2 * YEAR)) return err("That's years from today. Check the year.");
  return ok(at);
}
