import { toUtcMs } from "~/kernel/time";
import type { QueuedReport, Start } from "./phone/phone-database.client";

/**
 * What the phone knows with the driver's own reports that the server doesn't have yet: a defect that was just signed counts
 * at once, and a repair that was just reviewed is not asked about again. Other drivers' reports are only counted.
 */
export function withUnsent(start: Start, queue: readonly QueuedReport[]): Start {
  const defects = new Map(start.defects.map((defect) => [defect.id, defect]));
  const reports = [...start.reports];
  for (const { report, driverName } of queue.filter((one) => one.driverId === start.driver.id && !one.isFiled && one.refusal === null)) {
    const signedAt = toUtcMs(report.signedAt);
    for (const unit of report.units) {
      if (!reports.some(({ id }) => id === unit.id))
        reports.unshift({
          id: unit.id,
          assetId: unit.assetId,
          unitNumber: unit.unitNumber,
          kind: report.kind,
          driverName,
          signedAt,
          defects: unit.defects.length,
          safetyDefects: unit.defects.filter(({ severity }) => severity === "safety").length,
          isOwn: true,
        });
      // Of a unit that isn't listed nobody knows whether the next one is the same.
      if (unit.assetId === null) continue;
      for (const { photos: _, video: __, ...defect } of unit.defects)
        if (!defects.has(defect.id))
          defects.set(defect.id, { ...defect, assetId: unit.assetId, reportedAt: signedAt, driverName, state: "open", certification: null });
      for (const { defectId, round, outcome } of unit.reviews) {
        const known = defects.get(defectId);
        if (known?.state !== "certified" || known.certification?.round !== round) continue;
        if (outcome === "accepted") defects.delete(defectId);
        else defects.set(defectId, { ...known, state: "open", certification: null });
      }
    }
  }
  return { ...start, defects: [...defects.values()], reports };
}
