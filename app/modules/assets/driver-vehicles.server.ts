import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";
import { managesDrivers } from "~/modules/drivers/manages-drivers.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type AssignmentRefusal, decideAssignment, endOf, periodOf } from "./assignment";
import { assignmentStore, giveBackAll } from "./assignment.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock };
type NotAllowed = { kind: "not-allowed"; message: string };
type Assign = { driverId: Id<"driver">; assetId: Id<"asset">; first: string; last: string | null };

/** Assigns a driver a unit of the same customer, from a day on or between two days. */
export async function assignVehicle(
  s: Needs,
  { driverId, assetId, first, last }: Assign,
): Promise<Result<null, AssignmentRefusal | { kind: "not-found" } | { kind: "stale" } | NotAllowed>> {
  const allowed = await managesDrivers(s.db);
  if (!allowed.ok) return allowed;
  const now = s.clock.now();
  const period = periodOf({ first, last }, s.db.scope.organization.zone, now);
  if (!period.ok) return period;
  const store = assignmentStore(s.db);
  const pair = await store.pair(driverId, assetId);
  if (!pair?.isOwn || pair.driver.archivedAt !== null) return err({ kind: "not-found" });
  const decided = decideAssignment(period.value, pair.periods);
  return decided.ok ? store.assign(pair.driver, pair.unit, decided.value, now) : decided;
}

/** Ends an assignment now; its history stays. Repeating it changes nothing. */
export async function giveBackVehicle(
  s: Needs,
  { driverId, assetId, from }: { driverId: Id<"driver">; assetId: Id<"asset">; from: UtcMs },
): Promise<Result<null, { kind: "not-found" } | { kind: "stale" } | NotAllowed>> {
  const allowed = await managesDrivers(s.db);
  if (!allowed.ok) return allowed;
  const store = assignmentStore(s.db);
  const pair = await store.pair(driverId, assetId);
  const period = pair?.periods.find((one) => one.from === from);
  if (!pair || !period) return err({ kind: "not-found" });
  const now = s.clock.now();
  if (period.to !== null && period.to <= now) return ok(null);
  return store.giveBack(pair.driver, pair.unit, period, endOf(period, now), now);
}

/** Ends the assignments of an archived driver. It may run twice and late. */
export async function endDriverVehicles({ db, clock }: { db: ScopedDatabase<"job">; clock: Clock }, driverId: Id<"driver">): Promise<void> {
  await db.batch([giveBackAll(db, driverId, clock.now())]);
}
