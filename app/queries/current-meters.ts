import { toUtcMs } from "~/kernel/time";
import { currentMeter } from "~/modules/assets/meters/judge-reading";
import type { CountedMeter } from "~/modules/assets/meters/meter";
import type { LiveUnit } from "~/modules/telematics/live-unit";

type Counted = { odometer: CountedMeter | null; engine: CountedMeter | null };

/** A unit's meters as every page shows them: what counts, or what its tracker reported since if that would count. */
export function currentMeters({ odometer, engine }: Counted, live: LiveUnit | undefined) {
  const of = (meter: "odometer" | "engine", counted: CountedMeter | null, value: number | null | undefined) => {
    const total = currentMeter(meter, counted, live ? { value: value ?? null, at: live.recordedAt } : null);
    return total === null
      ? null
      : { value: total, at: counted && total === counted.value ? counted.at : toUtcMs(live?.recordedAt ?? 0), offset: counted?.offset ?? 0 };
  };
  return { odometer: of("odometer", odometer, live?.odometerMeters), engine: of("engine", engine, live?.engineSeconds) };
}
