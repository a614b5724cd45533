import { eq, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { isRefused, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { followStatesOf } from "../defects/defect-states.store.server";
import { inspectionJournal } from "../inspection.journal";
import { signedIn } from "../inspection.store.server";
import { inspectionDefects, inspections } from "../inspection.tables";

const i = inspections;
const head = {
  assetId: i.assetId,
  matchedAt: i.matchedAt,
  customerId: i.customerId,
  unitNumber: i.unitNumber,
  driverName: i.driverName,
  odometer: i.odometer,
  engine: i.engine,
  signedAt: i.signedAt,
  version: i.version,
};
export type ReportHead = Pick<typeof inspections.$inferSelect, keyof typeof head>;
type Unit = { assetId: Id<"asset">; unitNumber: string };

/** Which unit a report is about, where its driver named none of the shop's. */
export function matchStore(db: ScopedDatabase<"staff">) {
  const { organizationId } = db.scope;
  const changed = (id: Id<"inspection">, version: number, customerId: Id<"customer">) => [
    boardChanged(`${id}:${version}`, { kind: "inspection", id, version }, boardAudiences(customerId, true)),
  ];
  return {
    async head(id: Id<"inspection">): Promise<ReportHead | null> {
      const [row] = await db.query({ from: i, columns: head, where: eq(i.id, id), limit: 1 });
      return row ?? null;
    },

    async unitNumber(id: Id<"asset">): Promise<string | null> {
      const [row] = await db.query({ from: assets, columns: { unitNumber: assets.unitNumber }, where: eq(assets.id, id), limit: 1 });
      return row?.unitNumber ?? null;
    },

    /** The report, its defects and its meters are this unit's. */
    match(id: Id<"inspection">, known: ReportHead, { assetId, unitNumber }: Unit, readings: readonly Statement[], at: UtcMs) {
      const version = known.version + 1;
      return save(
        db,
        {
          record: { kind: "inspection", id, version },
          at,
          event: inspectionJournal.of("inspection.matched", { unit: unitNumber, typed: known.unitNumber }),
          about: assetId,
        },
        [
          db.update(i, { assetId, matchedAt: at, version }, eq(i.id, id)),
          db.update(inspectionDefects, { assetId }, eq(inspectionDefects.inspectionId, id)),
          followStatesOf(db, signedIn(db, id)),
          ...readings,
        ],
        changed(id, version, known.customerId),
      );
    },

    /**
     * The report is about no unit that the shop knows. `left` are its defects on orders that no longer count. `stale` where
     * one of its defects came onto another order, or was certified, at the same time.
     */
    async unmatch(
      id: Id<"inspection">,
      known: ReportHead,
      unit: Unit,
      left: readonly Id<"defect">[],
      taken: readonly Statement[],
      at: UtcMs,
    ): Promise<Result<null, { kind: "stale" }>> {
      const version = known.version + 1;
      // Null is refused by the column, and with it the whole batch.
      const unlessUsed = sql<number>`case when exists (select 1 from inspection_defects d where d.organization_id = ${organizationId} and d.inspection_id = ${id} and (
        (d.work_order_id is not null and d.id not in (select value from json_each(${JSON.stringify(left)})))
        or exists (select 1 from defect_certifications c where c.organization_id = d.organization_id and c.defect_id = d.id))) then null else ${version} end`;
      try {
        return await save(
          db,
          {
            record: { kind: "inspection", id, version },
            at,
            event: inspectionJournal.of("inspection.unmatched", { unit: unit.unitNumber, typed: known.unitNumber }),
            about: unit.assetId,
          },
          [
            db.update(i, { assetId: null, matchedAt: null, version: unlessUsed }, eq(i.id, id)),
            db.update(inspectionDefects, { assetId: null, workOrderId: null, jobId: null }, eq(inspectionDefects.inspectionId, id)),
            followStatesOf(db, signedIn(db, id)),
            ...taken,
          ],
          changed(id, version, known.customerId),
        );
      } catch (cause) {
        if (isRefused(cause, "NOT NULL", "inspections.version")) return { ok: false, error: { kind: "stale" } };
        throw cause;
      }
    },
  };
}
