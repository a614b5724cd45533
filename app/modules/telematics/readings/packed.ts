import { toUtcMs } from "~/kernel/time";
import { isDtc, isFmi, isSpn } from "../faults/faults";
import { arrivals, type FaultCode, type Reading, type Received } from "./reading";

/** Format version in stored rows, because history is never rewritten. */
const VERSION = 1;

/**
 * A batch as text: `[version, [device ids], [[device index, ...values], ...]]`. The order of values is part of the
 * format. Nothing is rounded.
 */
export function pack(readings: readonly Reading[]): string {
  const devices = new Map<string, number>();
  const rows = readings.map((reading) => {
    const device = devices.get(reading.deviceId) ?? devices.size;
    devices.set(reading.deviceId, device);
    return [
      device,
      reading.recordedAt,
      reading.latitude,
      reading.longitude,
      reading.speedMps,
      reading.headingDegrees,
      reading.odometerMeters,
      reading.engineSeconds,
      reading.ignition,
      reading.accuracyMeters,
      reading.faults?.map(packedFault) ?? null,
      packedReceived(reading.received),
    ];
  });
  return JSON.stringify([VERSION, [...devices.keys()], rows]);
}

/** Throws on a text not written by `pack`, because damage to stored rows is a bug. */
export function unpack(text: string): Reading[] {
  const [version, devices, rows] = list(parsed(text), 3);
  if (version !== VERSION) throw corrupt(`version ${String(version)}`);
  const names = list(devices).map((name) => (typeof name === "string" ? name : fail("device table")));
  return list(rows).map((row) => readingOf(list(row, 12), names));
}

function readingOf(row: readonly unknown[], devices: readonly string[]): Reading {
  const [device, at, latitude, longitude, speed, heading, odometer, engine, ignition, accuracy, faults, received] = row;
  return {
    deviceId: devices[number(device)] ?? fail("device index"),
    recordedAt: toUtcMs(number(at)),
    latitude: number(latitude),
    longitude: number(longitude),
    speedMps: numberOrNull(speed),
    headingDegrees: numberOrNull(heading),
    odometerMeters: numberOrNull(odometer),
    engineSeconds: numberOrNull(engine),
    ignition: ignition === null || typeof ignition === "boolean" ? ignition : fail("ignition"),
    accuracyMeters: numberOrNull(accuracy),
    faults: faults === null ? null : list(faults).map(faultOf),
    received: receivedOf(received),
  };
}

const packedFault = (fault: FaultCode) => ("dtc" in fault ? fault.dtc : [fault.spn, fault.fmi, fault.occurrenceCount]);

function faultOf(fault: unknown): FaultCode {
  if (typeof fault === "string") return isDtc(fault) ? { dtc: fault } : fail("fault code");
  const [spn, fmi, count] = list(fault, 3);
  return isSpn(spn) && isFmi(fmi) ? { spn, fmi, occurrenceCount: numberOrNull(count) } : fail("fault code");
}

/** Units and flags as received, as bits of the format: append, never reorder. */
const bits = { knots: 1, engineMs: 2, noFix: 4, mock: 8, untimed: 16 };

/** Only the arrival's index if nothing else was received. */
function packedReceived({ via, speed, odometer, engine, hdop, noFix, mock, untimed }: Received) {
  const flags =
    (speed?.[1] === "kn" ? bits.knots : 0) +
    (engine?.[1] === "ms" ? bits.engineMs : 0) +
    (noFix ? bits.noFix : 0) +
    (mock ? bits.mock : 0) +
    (untimed ? bits.untimed : 0);
  const values = [speed?.[0] ?? null, odometer?.[0] ?? null, engine?.[0] ?? null, hdop ?? null];
  const index = arrivals.indexOf(via);
  return flags === 0 && values.every((value) => value === null) ? index : [index, ...values, flags];
}

function receivedOf(packed: unknown): Received {
  const [index, ...rest] = typeof packed === "number" ? [packed, null, null, null, null, 0] : list(packed, 6);
  const [speed = null, odometer = null, engine = null, hdop = null, flags = null] = rest.map(numberOrNull);
  const has = (bit: number) => (number(flags) & bit) !== 0;
  const received: Received = { via: arrivals[number(index)] ?? fail("arrival") };
  if (speed !== null) received.speed = [speed, has(bits.knots) ? "kn" : "m/s"];
  if (odometer !== null) received.odometer = [odometer, "m"];
  if (engine !== null) received.engine = [engine, has(bits.engineMs) ? "ms" : "s"];
  if (hdop !== null) received.hdop = hdop;
  if (has(bits.noFix)) received.noFix = true;
  if (has(bits.mock)) received.mock = true;
  if (has(bits.untimed)) received.untimed = true;
  return received;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw corrupt("not JSON", cause);
  }
}

function list(value: unknown, length?: number): readonly unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) throw corrupt("shape");
  return value;
}

const number = (value: unknown): number => (typeof value === "number" ? value : fail("number"));
const numberOrNull = (value: unknown): number | null => (value === null ? null : number(value));

const corrupt = (what: string, cause?: unknown) => new Error(`packed readings are corrupt: ${what}`, { cause });
const fail = (what: string): never => {
  throw corrupt(what);
};
