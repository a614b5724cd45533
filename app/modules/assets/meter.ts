import { DAY, type UtcMs } from "~/kernel/time";

export type Meter = "odometer" | "engine";
/** Meters for an odometer, seconds for an engine. */
export type MeterReading = { value: number; at: UtcMs };

/** The meter of each kind of unit; a trailer has none. */
export const meterOf: Record<"truck" | "trailer" | "equipment", Meter | null> = { truck: "odometer", trailer: null, equipment: "engine" };

/** Per day: more meters than a truck with two drivers covers; the seconds of a day and a bit. */
const MOST_A_DAY: Record<Meter, number> = { odometer: 2_400_000, engine: 24 * 3_600 };

/** Above any real meter: five million miles; thirty-four years of running. */
const MOST_EVER: Record<Meter, number> = { odometer: 8_000_000_000, engine: 300_000 * 3_600 };

/**
 * Whether a reading counts or is held for review. One that runs backward or jumps impossibly far is saved, but doesn't
 * change the meter.
 */
export function readingStatus(meter: Meter, reading: MeterReading, last: MeterReading | null): "counted" | "review" {
  if (reading.value > MOST_EVER[meter]) return "review";
  if (last === null) return "counted";
  const days = Math.max(1, Math.ceil(Math.abs(reading.at - last.at) / DAY));
  const gained = reading.at >= last.at ? reading.value - last.value : last.value - reading.value;
  return gained >= 0 && gained <= MOST_A_DAY[meter] * days ? "counted" : "review";
}
