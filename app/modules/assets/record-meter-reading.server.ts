import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { type DistanceUnit, toMeters } from "~/kernel/units";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { assetStore } from "./asset.store.server";
import { type Meter, standingOf } from "./meter";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Read = {
  assetId: Id<"asset">;
  meter: Meter /** As it stood on the dash: miles or kilometres, or hours. */;
  shown: number;
  unit: DistanceUnit;
  source: string;
};

/** Keeps what somebody read off a meter, with its source. A reading that cannot be right is kept for review. */
export async function noteMeter(s: Needs, { assetId, meter, shown, unit, source }: Read): Promise<"counted" | "review"> {
  const store = assetStore(s.db);
  const at = s.clock.now();
  const value = meter === "odometer" ? toMeters(shown, unit) : shown * 3_600;
  const standing = standingOf(meter, { value, at }, await store.lastReading(assetId, meter));
  await store.addReading({ assetId, meter, at, source, value, receivedValue: shown, receivedUnit: meter === "odometer" ? unit : "h", standing });
  return standing;
}
