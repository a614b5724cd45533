import { and, count, eq, inArray } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { effectRow, entryRow, isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { inspectionJournal } from "../inspection.journal";
import { defectCertifications, inspectionDefects } from "../inspection.tables";
import type { CertificationOutcome } from "./defect";
import { followStates } from "./defect-states.store.server";
import { type Defect, loadDefects, ofCustomer } from "./defects.store.server";

/** The record kind of what is entered about the repair of a defect; its rounds of certification have "defect". */
const REPAIR = "defect-repair";

export type Signed = { outcome: CertificationOutcome; reason: string; signedName: string };
type Db = ScopedDatabase<"staff"> | ScopedDatabase<"customer">;

const factsOf = ({ unitNumber: unit, part, problem }: Defect) => ({ unit, part, problem });

/** What staff and customers write about defects. A customer finds those of its own reports, of units that it still owns. */
export function defectStore(db: Db) {
  const { scope } = db;
  const customerId = scope.audience === "customer" ? (scope.partyId as Id<"customer">) : null; // a customer's session names its customer

  /** Of these units those that the customer owns. */
  async function owned(ids: readonly Id<"asset">[], owner: Id<"customer">): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await db.query({
      from: assets,
      columns: { id: assets.id },
      where: and(inArray(assets.id, [...ids]), eq(assets.customerId, owner)),
      limit: ids.length,
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** One notice per inspection that the defects are in: its pages and those of its unit read again. */
  const changed = (key: string, defects: readonly Defect[]): Effect[] =>
    [...new Map(defects.map((it) => [it.inspectionId, it])).values()].map(({ inspectionId, customerId }) =>
      boardChanged(`${inspectionId}:${key}`, { kind: "inspection", id: inspectionId, version: 0 }, boardAudiences(customerId, true)),
    );

  /** The orders that repair these defects: their pages and the board read again. */
  const ordersChanged = (key: string, defects: readonly Defect[]): Effect[] =>
    [...new Map(defects.map((it) => [it.workOrderId, it])).values()].flatMap(({ workOrderId, customerId }) =>
      workOrderId === null
        ? []
        : [boardChanged(`${workOrderId}:${key}`, { kind: "work-order", id: workOrderId, version: 0 }, boardAudiences(customerId, true))],
    );

  return {
    async find(ids: readonly Id<"defect">[]): Promise<Defect[]> {
      if (ids.length === 0) return [];
      const found = await loadDefects(db, and(inArray(inspectionDefects.id, [...ids]), customerId ? ofCustomer(customerId) : undefined));
      if (customerId === null) return found;
      const own = await owned([...new Set(found.flatMap(({ assetId }) => assetId ?? []))], customerId);
      return found.filter(({ assetId }) => assetId === null || own.has(assetId));
    },

    /** The customer that a person of this scope signs for; null for the shop's staff. */
    async signsFor(): Promise<string | null> {
      if (customerId === null) return null;
      const [row] = await db.query({ from: customers, columns: { name: customers.name }, where: eq(customers.id, customerId), limit: 1 });
      return row?.name ?? "";
    },

    /** Signs for these defects, each in the round given; all or none. `stale` where somebody else signed for that round first. */
    async certify(
      defects: readonly (Defect & { round: number })[],
      signed: Signed & { signedFor: string | null },
      at: UtcMs,
    ): Promise<Result<null, { kind: "stale" }>> {
      const key = defects.map(({ id, round }) => `${id}.${round}`).join();
      const rows = defects.flatMap(({ round, ...it }): Statement[] => [
        entryRow(db, {
          record: { kind: "defect", id: it.id, version: round },
          at,
          event: inspectionJournal.of("defect.certified", { ...factsOf(it), ...signed }),
          about: it.assetId ?? it.inspectionId,
        }),
        db.insert(defectCertifications, { defectId: it.id, round, ...signed, by: db.scope.actor, at }),
      ]);
      const follows = followStates(
        db,
        defects.map(({ id }) => id),
      );
      try {
        await db.batch([...rows, follows, ...[...changed(key, defects), ...ordersChanged(key, defects)].map((effect) => effectRow(db, effect, at))]);
        return ok(null);
      } catch (cause) {
        if (isTaken(cause, "journal.")) return err({ kind: "stale" });
        throw cause;
      }
    },

    /** How much was entered about the repair of each of these defects before: what its next entry comes after. */
    async additions(defects: readonly Defect[]): Promise<Map<string, number>> {
      const rows = await db.query({
        from: journal,
        columns: { id: journal.recordId, count: count() },
        where: and(
          eq(journal.recordKind, REPAIR),
          inArray(
            journal.recordId,
            defects.map(({ id }) => id),
          ),
        ),
        groupBy: [journal.recordId],
        limit: 100,
      });
      return new Map(rows.map((row) => [row.id, row.count]));
    },

    /** Keeps the job of a defect that its fleet certified in this round. */
    async keepJob(
      defect: Defect,
      { order, fleet, round, why, version }: { order: { id: Id<"workOrder">; number: number }; fleet: string; round: number; why: string; version: number },
      at: UtcMs,
    ): Promise<Result<null, { kind: "stale" }>> {
      const entry = entryRow(db, {
        record: { kind: REPAIR, id: defect.id, version },
        at,
        event: inspectionJournal.of("defect.job-kept", { ...factsOf(defect), fleet, number: order.number, why }),
        about: order.id,
      });
      const notices = ordersChanged(`kept ${defect.id}.${round}`, [defect]).map((effect) => effectRow(db, effect, at));
      try {
        await db.batch([entry, db.update(inspectionDefects, { keptRound: round }, eq(inspectionDefects.id, defect.id)), ...notices]);
        return ok(null);
      } catch (cause) {
        if (isTaken(cause, "journal.")) return err({ kind: "stale" });
        throw cause;
      }
    },

    /** That these defects are repaired by jobs of an order, for the batch that writes the jobs. */
    addedRows(
      defects: readonly (Defect & { jobId: Id<"job"> })[],
      order: { id: Id<"workOrder">; number: number | null },
      additions: ReadonlyMap<string, number>,
      at: UtcMs,
    ): Statement[] {
      return [
        ...defects.flatMap((it) => [
          entryRow(db, {
            record: { kind: REPAIR, id: it.id, version: (additions.get(it.id) ?? 0) + 1 },
            at,
            event: inspectionJournal.of("defect.added-to-order", { ...factsOf(it), workOrderId: order.id, number: order.number }),
            about: it.assetId ?? it.inspectionId,
          }),
          db.update(inspectionDefects, { workOrderId: order.id, jobId: it.jobId }, eq(inspectionDefects.id, it.id)),
        ]),
        ...changed(`order ${order.id} ${defects.map(({ jobId }) => jobId).join()}`, defects).map((effect) => effectRow(db, effect, at)),
      ];
    },
  };
}
