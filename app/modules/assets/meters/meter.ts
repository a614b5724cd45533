import type { UtcMs } from "~/kernel/time";

export const meterKinds = ["odometer", "engine", "reefer", "pto"] as const;
export type Meter = (typeof meterKinds)[number];

/** The total of a meter in meters or seconds, with what it counted before it was last replaced. */
export type MeterReading = { value: number; at: UtcMs };
/** A meter's newest counted reading, where it is from, and what to take off for what the dash shows. */
export type CountedMeter = MeterReading & { source: string; offset: number };

type Kind = "truck" | "trailer" | "equipment";
/** The meter of each kind of unit that work orders ask for; a trailer has none. */
export const meterOf: Record<Kind, "odometer" | "engine" | null> = { truck: "odometer", trailer: null, equipment: "engine" };
/** Meters that a kind of unit can have, the usual ones first. */
export const metersOf: Record<Kind, readonly Meter[]> = {
  truck: ["odometer", "engine", "pto"],
  trailer: ["reefer", "odometer"],
  equipment: ["engine", "odometer", "pto"],
};

export const isDistance = (meter: Meter): boolean => meter === "odometer";

/** What the dash shows of a total. */
export const onDash = ({ value, offset }: Pick<CountedMeter, "value" | "offset">): number => value - offset;
