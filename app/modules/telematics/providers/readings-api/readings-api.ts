import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { isDtc, isFmi, isSpn } from "../../faults/faults";
import { exactTime } from "../../readings/device-time";
import { deviceIdIn, type Fields, headingIn, isFields, MAX_FAULTS } from "../../readings/field";
import type { FaultCode, Reading } from "../../readings/reading";
import type { ParsedItem, ParseRefusal, Provider, RefusalReason } from "../provider";

/** Documented in docs/api.md. */
export const MAX_READINGS = 1_000;

export type IndexedReading = Reading & { index: number };
export type RejectedReading = { index: number; error: string };
export type ParsedReadings = { readings: IndexedReading[]; rejected: RejectedReading[] };

const messages: Partial<Record<RefusalReason, string>> = {
  "wrong-method": "Send readings by POST.",
  "unknown-key": "Send `Authorization: Bearer <ingest key>` with a key from Settings, Devices.",
  "too-large": "More than 1 MB in one request. Send fewer readings at a time.",
};

/** Our own API for batches of readings of many devices. */
export const readingsApi: Provider = {
  path: "/api/telematics/readings",
  methods: ["POST"],
  authenticate: ({ headers }) => /^Bearer (.{1,200})$/.exec(headers.get("Authorization") ?? "")?.[1] ?? null,
  parse({ body }) {
    const parsed = parseReadings(parsedJson(body));
    return parsed.ok ? ok(inOrderSent(parsed.value)) : parsed;
  },
  answer(result) {
    if (result.kind === "refused") return { status: result.status, body: { error: messages[result.why] ?? result.message } };
    const { items } = result;
    const count = (wanted: string) => items.filter(({ kind }) => kind === wanted).length;
    const rejected = items.flatMap((item, index) => ("message" in item ? [{ index, error: item.message }] : []));
    return { status: 200, body: { accepted: count("accepted"), duplicates: count("duplicate"), rejected } };
  },
  example: ({ key, deviceId, recordedAt, latitude, longitude }) => ({
    method: "POST",
    headers: { Authorization: `Bearer ${key}` },
    body: JSON.stringify({ readings: [{ deviceId, recordedAt, latitude, longitude }] }),
  }),
};

function inOrderSent({ readings, rejected }: ParsedReadings): ParsedItem[] {
  const items: ParsedItem[] = [];
  for (const item of [...readings, ...rejected]) items[item.index] = item;
  return items;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // parseReadings refuses it with the message
  }
}

/** Validated by hand instead of by schema, so a full batch costs only a few milliseconds of CPU. */
export function parseReadings(body: unknown): Result<ParsedReadings, ParseRefusal> {
  const items = isFields(body) ? body.readings : null;
  if (!Array.isArray(items)) return err({ kind: "malformed", message: 'Expected {"readings": [...]}.' });
  if (items.length > MAX_READINGS) return err({ kind: "too-many", message: `At most ${MAX_READINGS} readings in one request.` });
  const parsed: ParsedReadings = { readings: [], rejected: [] };
  items.forEach((item: unknown, index) => {
    const read = parseItem(item, index);
    if (typeof read === "string") parsed.rejected.push({ index, error: read });
    else parsed.readings.push(read);
  });
  return ok(parsed);
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** The reading, or the message of its error. Absurd numbers pass here and are assessed later. */
function parseItem(item: unknown, index: number): IndexedReading | string {
  if (!isFields(item)) return "must be an object";
  const deviceId = deviceIdIn(item.deviceId);
  if (deviceId === null) return "deviceId: must be 1 to 64 printable characters";
  const recordedAt: UtcMs | null = exactTime(item.recordedAt);
  if (recordedAt === null) return "recordedAt: must be RFC 3339 with an offset, or milliseconds since 1970";
  const { latitude, longitude } = item;
  if (!isNumber(latitude)) return "latitude: must be a number";
  if (!isNumber(longitude)) return "longitude: must be a number";
  const complaint = complaintAboutNumbers(item) ?? complaintAboutFaults(item.faultCodes);
  if (complaint !== null) return complaint;
  return {
    index,
    deviceId,
    recordedAt,
    latitude: latitude + 0,
    longitude: longitude + 0,
    speedMps: unsigned(item.speedMps),
    headingDegrees: headingIn(item.headingDegrees),
    odometerMeters: unsigned(item.odometerMeters),
    engineSeconds: unsigned(item.engineSeconds),
    ignition: null,
    accuracyMeters: null,
    faults: Array.isArray(item.faultCodes) ? item.faultCodes.map(faultIn).filter((fault) => fault !== null) : null,
    received: { via: "readings-api" },
  };
}

/** Adding zero turns -0 into 0. */
const unsigned = (value: unknown): number | null => (isNumber(value) && value >= 0 ? value + 0 : null);

function complaintAboutNumbers(item: Fields): string | null {
  for (const name of ["speedMps", "headingDegrees", "odometerMeters", "engineSeconds"]) {
    if (!isAbsent(item[name]) && !isNumber(item[name])) return `${name}: must be a number`;
  }
  // Negative speed and heading mean "unknown", as phones send them; totals can't be negative.
  for (const name of ["odometerMeters", "engineSeconds"]) {
    if (isNumber(item[name]) && unsigned(item[name]) === null) return `${name}: must not be negative`;
  }
  return isNumber(item.headingDegrees) && item.headingDegrees > 360 ? "headingDegrees: must be at most 360" : null;
}

function complaintAboutFaults(faults: unknown): string | null {
  if (isAbsent(faults)) return null;
  if (!Array.isArray(faults) || faults.length > MAX_FAULTS) return `faultCodes: must be a list of at most ${MAX_FAULTS}`;
  const bad = faults.findIndex((fault) => faultIn(fault) === null);
  return bad < 0 ? null : `faultCodes[${bad}]: must be {spn, fmi, occurrenceCount?} or {dtc}`;
}

function faultIn(fault: unknown): FaultCode | null {
  if (!isFields(fault)) return null;
  if (typeof fault.dtc === "string") {
    const dtc = fault.dtc.toUpperCase();
    return isDtc(dtc) ? { dtc } : null;
  }
  const { spn, fmi, occurrenceCount } = fault;
  if (!isSpn(spn) || !isFmi(fmi)) return null;
  if (isAbsent(occurrenceCount)) return { spn, fmi, occurrenceCount: null };
  return isOccurrenceCount(occurrenceCount) ? { spn, fmi, occurrenceCount } : null;
}

/** Seven bits in J1939. */
const isOccurrenceCount = (value: unknown): value is number => Number.isInteger(value) && isNumber(value) && value >= 0 && value <= 127;
