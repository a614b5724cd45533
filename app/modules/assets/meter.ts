import { DAY, type UtcMs } from "~/kernel/time";

export type Meter = "odometer" | "engine";
/** Metres for an odometer, seconds for an engine. */
export type MeterReading = { value: number; at: UtcMs };

/** Which meter tells how much a kind of unit was used; a trailer has none. */
export const meterOf: Record<"truck" | "trailer" | "equipment", Meter | null> = { truck: "odometer", trailer: null, equipment: "engine" };

/** More than two drivers in one truck cover in a day; more hours than a day has. */
const MOST_A_DAY: Record<Meter, number> = { odometer: 2_400_000, engine: 24 * 3_600 };

/** More than any meter comes to: five million miles, thirty-four years without a stop. */
const MOST_EVER: Record<Meter, number> = { odometer: 8_000_000_000, engine: 300_000 * 3_600 };

/**
 * Whether a reading counts or goes to review: one that runs backwards or jumps further than can be driven is kept,
 * and moves nothing.
 */
export function readingStatus(meter: Meter, reading: MeterReading, last: MeterReading | null): "counted" | "review" {
  if (reading.value > MOST_EVER[meter]) return "review";
  if (last === null) return "counted";
  const days = Math.max(1, Math.ceil(Math.abs(reading.at - last.at) / DAY));
  const gained = reading.at >= last.at ? reading.value - last.value : last.value - reading.value;
  return gained >= 0 && gained <= MOST_A_DAY[meter] * days ? "counted" : "review";
}
