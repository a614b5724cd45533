import { addDays } from "~/kernel/days";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { dayOf, startOfNamedDay, type UtcMs } from "~/kernel/time";
import { doubtsAboutTotals } from "~/modules/assets/meters/judge-totals.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Doubtful, doubtKey, doubtsAboutStart, type MeterDoubt } from "./meter-doubts";
import type { Baseline, Plan } from "./plan";
import { isPlanDay } from "./plan-day";
import type { MetersNow } from "./schedule-state";
import type { Start } from "./start";

type Db = ScopedDatabase<"staff">;

/** The refusal of meters typed for a day that don't fit the unit's readings and that nobody confirmed. */
export async function judgeTyped(
  db: Db,
  assetId: Id<"asset">,
  typed: Pick<Baseline, "day" | "meters">,
  confirmed: string | null,
): Promise<Result<null, Doubtful>> {
  return unlessConfirmed(await doubtsOfDay(db, assetId, typed), confirmed);
}

async function doubtsOfDay(db: Db, assetId: Id<"asset">, { day, meters }: Pick<Baseline, "day" | "meters">): Promise<MeterDoubt[]> {
  const { zone } = db.scope.organization;
  const [start, end] = day === null ? [null, null] : [startOfNamedDay(day, zone), startOfNamedDay(addDays(day, 1), zone)];
  return start === null || end === null ? [] : doubtsAboutTotals(db, assetId, meters, { start, end });
}

const unlessConfirmed = (doubts: readonly MeterDoubt[], confirmed: string | null): Result<null, Doubtful> =>
  doubts.length > 0 && doubtKey(doubts) !== confirmed ? err({ kind: "doubtful", doubts }) : ok(null);

export type StartRefusal = Doubtful | { kind: "no-day" } | { kind: "in-future" };
type Starting = { start: Start; plan: Plan; confirmed: string | null };

/** The refusal of where a unit's new schedule is said to begin. */
export async function judgeStart(
  db: Db,
  unit: { id: Id<"asset">; meters: MetersNow },
  { start, plan, confirmed }: Starting,
  now: UtcMs,
): Promise<Result<null, StartRefusal>> {
  if (start.kind !== "known") return ok(null);
  const { baseline } = start;
  const { means, day } = baseline;
  if (day !== null && !isPlanDay(day)) return err({ kind: "no-day" });
  if (means === "last-done" && day !== null && day > dayOf(now, db.scope.organization.zone)) return err({ kind: "in-future" });
  const ofDay = means === "last-done" ? await doubtsOfDay(db, unit.id, baseline) : [];
  const other = doubtsAboutStart(baseline, plan, unit.meters).filter(({ meter }) => !ofDay.some((one) => one.meter === meter));
  return unlessConfirmed([...ofDay, ...other], confirmed);
}
