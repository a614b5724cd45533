import { err, ok, type Result } from "~/kernel/result";
import { DAY, later, localInstant, type UtcMs } from "~/kernel/time";

const YEAR = 366 * DAY;

/** When an order is promised, as a date and time field says it; null where it is left open. A slip in the year is caught here. */
export function readPromise(text: string, zone: string, now: UtcMs): Result<UtcMs | null, string> {
  if (text === "") return ok(null);
  const at = localInstant(text, zone);
  if (at === null) return err("Give a day and a time.");
  if (at < later(now, -YEAR) || at > later(now, 2 * YEAR)) return err("That is years from today. Check the year.");
  return ok(at);
}
