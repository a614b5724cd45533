import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { judgeTyped } from "./judge-typed.server";
import { type Found, maintenanceStore, type NewRecord } from "./maintenance.store.server";
import type { Doubtful } from "./meter-doubts";
import { countCannedWork } from "./orders/count-canned.server";
import { isPlanDay } from "./plan-day";
import { refreshUnits } from "./refresh-schedules.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Common = { kind: "not-found" } | { kind: "stale" };
type OfUnit = { assetId: Id<"asset">; scheduleId: Id<"schedule"> };

/** Runs a change of a unit's schedule, then finds the unit's schedules anew. */
async function change(
  s: Needs,
  { assetId, scheduleId }: OfUnit,
  save: (found: Found, store: ReturnType<typeof maintenanceStore>) => Promise<Result<null, { kind: "stale" }>>,
): Promise<Result<null, Common>> {
  const store = maintenanceStore(s.db);
  const saved = await changeRecord({
    clock: s.clock,
    async load() {
      const found = await store.schedule(scheduleId);
      return found?.assetId === assetId ? found : null;
    },
    decide: (found): Result<Found, never> => ok(found),
    save: (found) => save(found, store),
  });
  if (!saved.ok) return saved;
  await refreshUnits({ ...s, zone: s.db.scope.organization.zone }, [assetId]);
  return ok(null);
}

export type RecordRefusal = Common | Doubtful | { kind: "no-day" } | { kind: "in-future" } | { kind: "no-reason" } | { kind: "no-later-day" };

/**
 * Writes down that it was done elsewhere, on any past day, that its document was renewed, or that it is skipped, with the
 * reason. Meters that don't fit the readings around the day are saved once a person confirmed those doubts.
 */
export async function recordSchedule(s: Needs, of: OfUnit, record: NewRecord, confirmed: string | null = null): Promise<Result<null, RecordRefusal>> {
  if (!isPlanDay(record.day)) return err({ kind: "no-day" });
  if (record.day > dayOf(s.clock.now(), s.db.scope.organization.zone)) return err({ kind: "in-future" });
  if (record.kind === "skipped" && record.note === "") return err({ kind: "no-reason" });
  if (record.until !== null && (!isPlanDay(record.until) || record.until <= record.day)) return err({ kind: "no-later-day" });
  // Sent twice it is one record.
  if (await maintenanceStore(s.db).record(of.scheduleId, record.id)) return ok(null);
  const judged = await judgeTyped(s.db, of.assetId, record, confirmed);
  if (!judged.ok) return judged;
  return change(s, of, (found, store) => store.addRecord(found, record, s.clock.now()));
}

/** Takes back what was written down by mistake; done already if it was taken back before. */
export async function removeScheduleRecord(s: Needs, of: OfUnit, id: Id<"scheduleRecord">): Promise<Result<null, Common>> {
  const record = await maintenanceStore(s.db).record(of.scheduleId, id);
  if (!record) return err({ kind: "not-found" });
  return record.removed ? ok(null) : change(s, of, (found, store) => store.removeRecord(found, id, s.clock.now()));
}

/**
 * Puts a removed schedule back, with its history; done already if somebody else did. A unit that got the same template
 * again meanwhile keeps that one.
 */
export async function putBackSchedule(s: Needs, { assetId, scheduleId }: OfUnit): Promise<Result<null, Common | { kind: "has-it" }>> {
  const store = maintenanceStore(s.db);
  if ((await store.schedule(scheduleId))?.assetId === assetId) return ok(null);
  const removed = await store.schedule(scheduleId, "removed");
  if (removed?.assetId !== assetId) return err({ kind: "not-found" });
  try {
    const saved = await store.putBack(removed, s.clock.now());
    if (!saved.ok) return saved;
  } catch (cause) {
    if (isTaken(cause, "maintenance_schedules.template_id")) return err({ kind: "has-it" });
    throw cause;
  }
  await countCannedWork(s, [assetId]);
  await refreshUnits({ ...s, zone: s.db.scope.organization.zone }, [assetId]);
  return ok(null);
}

/** Ends a schedule. What was done stays on its orders and in the activity. */
export const removeSchedule = (s: Needs, of: OfUnit): Promise<Result<null, Common>> =>
  change(s, of, (found, store) => store.archiveSchedule(found, s.clock.now()));
