import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { takenReadingRows } from "~/modules/assets/meters/meter-readings.step.server";
import { shownValue } from "~/modules/assets/meters/record-meter-reading.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { readingSource } from "../report-readings";
import type { Submission, SubmittedUnit } from "./submission";

type Signed = { id: Id<"submission">; submission: Submission; units: ReadonlyMap<Id<"asset">, unknown>; driverName: string; at: UtcMs };

/** The meters of a submission's reports, for the units that are the customer's, as rows of the batch that files it. */
export function submissionReadingRows(db: ScopedDatabase, { id, submission, units, driverName, at }: Signed, now: UtcMs): Promise<Statement[]> {
  const taken = submission.units.flatMap((unit) => (unit.assetId && units.has(unit.assetId) ? readingsOf(unit, unit.assetId) : []));
  return takenReadingRows(
    db,
    taken.map((reading) => ({ ...reading, at, source: readingSource(driverName) })),
    id,
    now,
  );
}

/** The meters that a report of a unit gives, as the dash showed them. */
function readingsOf({ odometer, engineHours }: SubmittedUnit, assetId: Id<"asset">) {
  return [
    ...(odometer
      ? [
          {
            assetId,
            meter: "odometer" as const,
            shown: shownValue("odometer", odometer.value, odometer.unit),
            receivedValue: odometer.value,
            receivedUnit: odometer.unit,
          },
        ]
      : []),
    ...(engineHours === null
      ? []
      : [{ assetId, meter: "engine" as const, shown: shownValue("engine", engineHours, "mi"), receivedValue: engineHours, receivedUnit: "h" }]),
  ];
}
