import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { repairsOf } from "./defect-repairs.store.server";
import { defectStore } from "./defect-writes.store.server";
import { fleetCertification } from "./fleet-repair";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type KeepRefusal = { kind: "not-allowed"; message: string } | { kind: "not-found" } | { kind: "stale" };

/** Keeps the job of a defect although its fleet certified the repair itself. The reason stays on the order; sent twice, it is kept once. */
export async function keepRepairJob(
  s: Needs,
  { defectId, round, why }: { defectId: Id<"defect">; round: number; why: string },
): Promise<Result<null, KeepRefusal>> {
  const store = defectStore(s.db);
  return changeRecord({
    clock: s.clock,
    async load() {
      const [defect] = await store.find([defectId]);
      if (!defect) return null;
      const [repairs, additions] = await Promise.all([repairsOf(s.db, [defect]), store.additions([defect])]);
      return { defect, repair: repairs.get(defectId) ?? null, version: (additions.get(defectId) ?? 0) + 1 };
    },
    decide({ defect, repair }) {
      if (defect.keptRound === round) return ok(null);
      const certified = fleetCertification(defect);
      if (!repair?.lives || certified?.round !== round)
        return err({
          kind: "not-allowed" as const,
          message: "This changed meanwhile: nobody has to decide about this job anymore. Here is the latest version.",
        });
      return ok({ order: { id: repair.orderId, number: repair.number }, fleet: certified.fleet });
    },
    save: ({ defect, version }, kept, now) => (kept === null ? Promise.resolve(ok(null)) : store.keepJob(defect, { ...kept, round, why, version }, now)),
  });
}
