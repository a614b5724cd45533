import type { UtcMs } from "~/kernel/time";
import { type CountedMeter, currentMeter } from "~/modules/assets/meters/meter";
import { describeFault } from "./faults/faults";
import type { LiveFleet } from "./live-fleet";
import type { LiveUnit } from "./live-unit";
import { type Motion, motionOf } from "./motion";

export type FleetUnit = {
  id: string;
  unitNumber: string;
  kind: "truck" | "trailer" | "equipment";
  vin: string | null;
  year: number | null;
  make: string | null;
  model: string | null;
  customer: string;
  /** Whether a device is assigned now. */
  tracked: boolean;
  /** Whether this viewer may see its location. */
  shared: boolean;
  /** The newest counted readings; absent or null where it was never read. */
  odometer?: Omit<CountedMeter, "source"> | null;
  engine?: Omit<CountedMeter, "source"> | null;
  /** What counts more than how it moves, such as that it may not be driven; absent for none. */
  alarm?: UnitAlarm | null;
};
export type UnitAlarm = { tone: "red" | "blue"; label: string };
export type FleetRow = { unit: FleetUnit; snapshot: LiveUnit | null; motion: Motion; critical: boolean };

/** A unit's odometer and engine hours as every page shows them: what counts, or what its tracker reports since if that would count. */
export function metersOfRow({ unit, snapshot }: Pick<FleetRow, "unit" | "snapshot">): { odometer: number | null; engine: number | null } {
  const live = (value: number | null) => snapshot && { value, at: snapshot.recordedAt };
  return {
    odometer: currentMeter("odometer", unit.odometer ?? null, live(snapshot?.odometerMeters ?? null)),
    engine: currentMeter("engine", unit.engine ?? null, live(snapshot?.engineSeconds ?? null)),
  };
}

export const motions = ["moving", "idle", "stopped", "stale", "none"] as const satisfies readonly Motion[];

/** A unit is critical if a fault has the urgency "stop". */
export const isCritical = (snapshot: LiveUnit | null): boolean => snapshot?.faults.some(({ fault }) => describeFault(fault).urgency === "stop") ?? false;

export const nameOf = (unit: FleetUnit): string => [unit.year, unit.make, unit.model].filter(Boolean).join(" ") || "No details yet";

export function fleetRows(units: readonly FleetUnit[], fleet: LiveFleet, now: UtcMs): FleetRow[] {
  return units.map((unit) => {
    const snapshot = fleet.get(unit.id) ?? null;
    const motion = motionOf(snapshot as Parameters<typeof motionOf>[0], now); // a live snapshot's times are plain numbers of the same instants
    return { unit, snapshot, motion, critical: isCritical(snapshot) };
  });
}

/** Finds by unit number, VIN, make, model or customer; every typed word must match. */
export function matching(rows: readonly FleetRow[], query: string): FleetRow[] {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ unit }) => {
    const text = [unit.unitNumber, unit.vin, unit.customer, nameOf(unit)].join(" ").toLowerCase();
    return terms.every((term) => text.includes(term));
  });
}
