import type { UtcMs } from "~/kernel/time";
import type { InspectionKind } from "./inspection";

/** What a page or a paper names of a report before its defects. */
export type ReportFacts = {
  driverName: string;
  kind: InspectionKind;
  unitNumber: string;
  typedUnit: string;
  plate: string | null;
  startedAt: UtcMs;
  signedAt: UtcMs;
  odometer: number | null;
  engine: number | null;
  latitude: number | null;
  longitude: number | null;
  /** Who of the shop entered it from paper; null for what a driver filed. */
  enteredBy: string | null;
};
