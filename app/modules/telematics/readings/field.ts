import { isDtc } from "../faults/faults";
import type { FaultCode } from "./reading";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Control, invisible and broken characters, which would make different ids look the same. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
const MAX_DEVICE_ID = 64;
/** Above any real truck; the bound keeps a reading small. */
export const MAX_FAULTS = 100;

export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** A finite number, also as text; -0 becomes 0. */
export function numberIn(value: unknown): number | null {
  const number = typeof value === "string" && NUMBER.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number + 0 : null;
}

/** Null for negative numbers, which trackers and phones send for unknown. */
export function unsignedIn(value: unknown): number | null {
  const number = numberIn(value);
  return number !== null && number >= 0 ? number : null;
}

/** Degrees in [0, 360); null outside. */
export function headingIn(value: unknown): number | null {
  const degrees = unsignedIn(value);
  return degrees !== null && degrees <= 360 ? degrees % 360 : null;
}

/** A positive total; trackers send 0 until they have read the vehicle. */
export const totalIn = (value: unknown): number | null => unsignedIn(value) || null;

export function flagIn(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim().toLowerCase() : "";
  if (text === "true" || text === "1" || text === "on") return true;
  return text === "false" || text === "0" || text === "off" ? false : null;
}

export function deviceIdIn(value: unknown): string | null {
  const id = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof id !== "string") return null;
  const trimmed = id.trim();
  return trimmed !== "" && trimmed.length <= MAX_DEVICE_ID && !UNPRINTABLE.test(trimmed) ? trimmed : null;
}

/** OBD codes in a text. An empty text means no faults; a text without any readable code means not reported (null). */
export function dtcsIn(value: unknown): FaultCode[] | null {
  if (typeof value !== "string") return null;
  const tokens = value
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((token) => token !== "");
  const codes = [...new Set(tokens.filter(isDtc))].slice(0, MAX_FAULTS);
  return tokens.length > 0 && codes.length === 0 ? null : codes.map((dtc) => ({ dtc }));
}
