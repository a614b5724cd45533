import type { UtcMs } from "~/kernel/time";
import { isStop } from "./faults/faults";
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
  /** Current totals as they were when the page was loaded; absent or null where never read. */
  odometer?: KnownMeter | null;
  engine?: KnownMeter | null;
  /** What counts more than how it moves, such as that it may not be driven; absent for none. */
  alarm?: UnitAlarm | null;
  /** The worst of its maintenance that is due; absent or null for none. */
  due?: "overdue" | "due" | null;
};
export type UnitAlarm = { tone: "red" | "blue"; label: string };
export type FleetRow = { unit: FleetUnit; snapshot: LiveUnit | null; motion: Motion; critical: boolean };

/** A meter's total, and what a replaced meter had of it. */
export type KnownMeter = { value: number; offset: number };

/** What a unit can gain in a day at most: a tracker's value that is lower or further away waits for the judge. */
const MOST = { odometer: 2_400_000, engine: 86_400 };

/** A unit's meter while the page is open: the total it was loaded with, or what its tracker reports since. */
export function meterNow(known: KnownMeter | null | undefined, live: number | null | undefined, meter: keyof typeof MOST): number | null {
  if (!known) return null;
  const total = (live ?? 0) + known.offset;
  return total > known.value && total - known.value < MOST[meter] ? total : known.value;
}

export const motions = ["moving", "idle", "stopped", "stale", "none"] as const satisfies readonly Motion[];

export const isCritical = (snapshot: LiveUnit | null): boolean => snapshot?.faults.some(({ fault }) => isStop(fault)) ?? false;

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
