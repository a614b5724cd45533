import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { parseWaitHours } from "./alerts";
import { readWait, saveWait } from "./alerts.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Sets how long a defect may wait for its certification before the shop is notified. */
export async function changeInspectionSettings(
  s: Needs,
  { hours: typed, seen }: { hours: string; seen: number },
): Promise<Result<null, { kind: "unreadable-hours" } | { kind: "stale" }>> {
  const hours = parseWaitHours(typed);
  if (hours === null) return err({ kind: "unreadable-hours" });
  const before = await readWait(s.db);
  if (before.hours === hours && before.version > 0) return ok(null);
  const version = seen + 1;
  return saveWait(s.db, { hours, before: before.hours, version }, s.clock.now());
}
