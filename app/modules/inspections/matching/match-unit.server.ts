import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { reenteredReadingRows } from "~/modules/assets/meters/meter-readings.step.server";
import { ownerOf } from "~/modules/assets/owner.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { reportReadings } from "../report-readings";
import { matchStore } from "./match.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type MatchRefusal = { kind: "not-found" } | { kind: "stale" } | { kind: "other-owner" } | { kind: "matched"; unit: string };

/**
 * Records which unit of the customer's a report is about that named none of them; its defects and meters are that unit's
 * from now on.
 */
export async function matchUnit(s: Needs, id: Id<"inspection">, assetId: Id<"asset">): Promise<Result<null, MatchRefusal>> {
  const store = matchStore(s.db);
  return changeRecord({
    clock: s.clock,
    load: async () => {
      const [found, unitNumber, ownerId] = await Promise.all([store.head(id), store.unitNumber(assetId), ownerOf(s.db, assetId)]);
      return found && unitNumber !== null ? { ...found, unit: { assetId, unitNumber, ownerId } } : null;
    },
    decide({ assetId: known, unit, customerId }): Result<"save" | "saved", MatchRefusal> {
      if (known === assetId) return ok("saved");
      if (known !== null) return err({ kind: "matched", unit: unit.unitNumber });
      return unit.ownerId === customerId ? ok("save") : err({ kind: "other-owner" });
    },
    async save(found, step, now) {
      if (step === "saved") return ok(null);
      const readings = await reenteredReadingRows(s.db, reportReadings(found, assetId), `${id}:${found.version + 1}`, now);
      return store.match(id, found, found.unit, readings, now);
    },
  });
}
