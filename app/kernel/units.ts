import { numberFormat } from "./intl.ts";

/** How an organization reads its meters. Stored values are always metres, seconds and metres per second. */
export type DistanceUnit = "mi" | "km";

const METERS = { mi: 1_609.344, km: 1_000 } as const;
const KNOT = 1_852 / 3_600;

export const knotsToMps = (knots: number): number => knots * KNOT;
export const kphToMps = (kph: number): number => kph / 3.6;
export const toMeters = (value: number, unit: DistanceUnit): number => value * METERS[unit];

export function formatDistance(meters: number, unit: DistanceUnit, locale = "en-US"): string {
  return `${numberFormat(locale).format(Math.round(meters / METERS[unit]))} ${unit}`;
}

export function formatSpeed(mps: number, unit: DistanceUnit, locale = "en-US"): string {
  const perHour = Math.round((mps * 3_600) / METERS[unit]);
  return `${numberFormat(locale).format(perHour)} ${unit === "mi" ? "mph" : "km/h"}`;
}

/** Engine hours with the tenth that a shop reads off the meter. */
export function formatEngineHours(seconds: number, locale = "en-US"): string {
  return `${numberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(seconds / 3_600)} h`;
}

const POINTS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
export const compassPoint = (degrees: number): string => POINTS[Math.round((((degrees % 360) + 360) % 360) / 45) % 8] ?? "N";

/** Reads a meter as shown on the dash, "412,345" or "8,123.4"; null where it is no reading. */
export function parseReading(text: string): number | null {
  const plain = text.trim().replace(/,(?=\d{3}(\D|$))/g, "");
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}
