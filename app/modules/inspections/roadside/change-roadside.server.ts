import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, later } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type RoadsidePeriod, roadsidePeriods } from "./roadside";
import { roadsideStore } from "./roadside.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock };

/** Opens a page about a unit to whoever has its address, for a time. A form sent twice opens one. */
export async function openRoadsidePage(
  s: Needs,
  { id, assetId, period }: { id: Id<"roadside">; assetId: Id<"asset">; period: RoadsidePeriod },
): Promise<Result<null, IdTaken | { kind: "not-found" }>> {
  const store = roadsideStore(s.db);
  const unit = await store.unit(assetId);
  if (!unit) return err({ kind: "not-found" });
  const now = s.clock.now();
  // Sent twice, also a moment later, it is the page that was opened first.
  if (await store.find(id)) return ok(null);
  return store.add(id, unit, later(now, roadsidePeriods[period].ms), now);
}

/** Ends a page before its time. */
export async function endRoadsidePage(s: Needs, id: Id<"roadside">, assetId: Id<"asset">): Promise<Result<null, { kind: "not-found" } | { kind: "stale" }>> {
  const store = roadsideStore(s.db);
  return changeRecord({
    clock: s.clock,
    load: async () => {
      const found = await store.find(id);
      return found?.assetId === assetId ? found : null;
    },
    decide: ({ endedAt }): Result<"end" | "ended", never> => ok(endedAt === null ? "end" : "ended"),
    save: async (found, step, now) => (step === "ended" ? ok(null) : store.end(id, found, now)),
  });
}
