import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { takenBackRows } from "~/modules/assets/meters/meter-readings.step.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { defectTitle } from "../checklists/labels";
import { repairsOf } from "../defects/defect-repairs.store.server";
import { loadDefects, ofReports } from "../defects/defects.store.server";
import { readingSource } from "../report-readings";
import { matchStore } from "./match.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type UnmatchRefusal = { kind: "not-found" } | { kind: "stale" } | { kind: "not-matched" } | { kind: "not-allowed"; message: string };

/**
 * Undoes a match that was wrong: the report waits for its unit again, and its defects and meters leave the unit that it was
 * matched to. What was signed or ordered for that unit comes first.
 */
export async function unmatchUnit(s: Needs, id: Id<"inspection">, assetId: Id<"asset">): Promise<Result<null, UnmatchRefusal>> {
  const store = matchStore(s.db);
  return changeRecord({
    clock: s.clock,
    load: async () => {
      const [found, unitNumber, defects] = await Promise.all([store.head(id), store.unitNumber(assetId), loadDefects(s.db, ofReports([id]))]);
      return found && unitNumber !== null ? { ...found, unit: { assetId, unitNumber }, defects, repairs: await repairsOf(s.db, defects) } : null;
    },
    decide({ assetId: known, matchedAt, defects, repairs }): Result<"save" | "saved", UnmatchRefusal> {
      if (known === null) return ok("saved");
      if (known !== assetId) return err({ kind: "stale" });
      if (matchedAt === null) return err({ kind: "not-matched" });
      for (const defect of defects) {
        const [title, repair] = [`"${defectTitle(defect)}"`, repairs.get(defect.id)];
        if (defect.certifications.length > 0)
          return err({ kind: "not-allowed", message: `${title} was certified for this unit already, so the match stays. File a corrected report instead.` });
        if (repair?.lives) return err({ kind: "not-allowed", message: `${title} is on WO-${repair.number}. Remove it from that order first.` });
      }
      return ok("save");
    },
    save: async (found, step, now) =>
      step === "saved"
        ? ok(null)
        : store.unmatch(
            id,
            found,
            found.unit,
            found.defects.filter(({ workOrderId }) => workOrderId !== null).map((defect) => defect.id),
            takenBackRows(s.db, { assetId, at: found.signedAt, source: readingSource(found.driverName) }, `${id}:${found.version + 1}`, now),
            now,
          ),
  });
}
