import type { Id } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { toMeters } from "~/kernel/units";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { assetStore } from "./asset.store.server";
import { type Meter, readingStatus } from "./meter";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Read = {
  assetId: Id<"asset">;
  meter: Meter /** As shown on the dash: miles, kilometers or hours. */;
  displayValue: number;
  source: string;
};

/** Saves a meter reading with its source. An impossible reading is held for review. */
export async function recordMeterReading(s: Needs, { assetId, meter, displayValue, source }: Read): Promise<{ ok: true; value: "counted" | "review" }> {
  const unit = s.db.scope.organization.distanceUnit;
  const store = assetStore(s.db);
  const at = s.clock.now();
  const value = meter === "odometer" ? toMeters(displayValue, unit) : displayValue * 3_600;
  const status = readingStatus(meter, { value, at }, await store.lastReading(assetId, meter));
  await store.addReading({ assetId, meter, at, source, value, receivedValue: displayValue, receivedUnit: meter === "odometer" ? unit : "h", status });
  return ok(status);
}
