import { toUtcMs } from "~/kernel/time";
import { isDtc, isFmi, isSpn } from "../faults/faults";
import type { FaultCode, Reading, Received } from "./reading";

/** Format version in stored rows, because history is never rewritten. */
const VERSION = 1;

/**
 * A batch as text: `[version, [names], [[device, ...values], ...]]`. Devices and input formats are indexes into the
 * names. The order of values is part of the format. Nothing is rounded.
 */
export function pack(readings: readonly Reading[]): string {
  const names = new Map<string, number>();
  const indexOf = (name: string) => {
    const index = names.get(name) ?? names.size;
    names.set(name, index);
    return index;
  };
  const rows = readings.map((reading) => {
    return [
      indexOf(reading.deviceId),
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
      packedReceived(reading.received, indexOf(reading.received.via)),
    ];
  });
  return JSON.stringify([VERSION, [...names.keys()], rows]);
}

/** Throws on a text not written by `pack`, because damage to stored rows is a bug. */
export function unpack(text: string): Reading[] {
  const [version, named, rows] = list(parsed(text), 3);
  if (version !== VERSION) throw corrupt(`version ${String(version)}`);
  const names = list(named).map((name) => (typeof name === "string" ? name : fail("table of names")));
  return list(rows).map((row) => readingOf(list(row, 12), names));
}

function readingOf(row: readonly unknown[], names: readonly string[]): Reading {
  const [device, at, latitude, longitude, speed, heading, odometer, engine, ignition, accuracy, faults, received] = row;
  return {
    deviceId: names[number(device)] ?? fail("device index"),
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
    received: receivedOf(received, names),
  };
}

const packedFault = (fault: FaultCode) => ("dtc" in fault ? fault.dtc : [fault.spn, fault.fmi, fault.occurrenceCount]);

function faultOf(fault: unknown): FaultCode {
  if (typeof fault === "string") return isDtc(fault) ? { dtc: fault } : fail("fault code");
  const [spn, fmi, count] = list(fault, 3);
  return isSpn(spn) && isFmi(fmi) ? { spn, fmi, occurrenceCount: numberOrNull(count) } : fail("fault code");
}

/** Flags and units as received, as bits of the format: append, never reorder. The unit with 0 is the one stored. */
const flagBits = { noFix: 4, mock: 8, untimed: 16 } as const;
const speedBits = { "m/s": 0, kn: 1, "km/h": 32, mph: 64 } as const;
const odometerBits = { m: 0, km: 128, mi: 256 } as const;
const engineBits = { s: 0, ms: 2, h: 512 } as const;

/** Only the format's index if nothing else was received. */
function packedReceived({ speed, odometer, engine, hdop, ...flags }: Received, format: number) {
  let bits = speedBits[speed?.[1] ?? "m/s"] + odometerBits[odometer?.[1] ?? "m"] + engineBits[engine?.[1] ?? "s"];
  for (const [flag, bit] of entriesOf(flagBits)) if (flags[flag]) bits += bit;
  const values = [speed?.[0] ?? null, odometer?.[0] ?? null, engine?.[0] ?? null, hdop ?? null];
  return bits === 0 && values.every((value) => value === null) ? format : [format, ...values, bits];
}

function receivedOf(packed: unknown, names: readonly string[]): Received {
  const [format, ...rest] = typeof packed === "number" ? [packed, null, null, null, null, 0] : list(packed, 6);
  const [speed = null, odometer = null, engine = null, hdop = null, flags = null] = rest.map(numberOrNull);
  const bits = number(flags);
  const received: Received = { via: names[number(format)] ?? fail("format") };
  if (speed !== null) received.speed = [speed, unitIn(bits, speedBits)];
  if (odometer !== null) received.odometer = [odometer, unitIn(bits, odometerBits)];
  if (engine !== null) received.engine = [engine, unitIn(bits, engineBits)];
  if (hdop !== null) received.hdop = hdop;
  for (const [flag, bit] of entriesOf(flagBits)) if ((bits & bit) !== 0) received[flag] = true;
  return received;
}

function unitIn<Unit extends string>(bits: number, units: Readonly<Record<Unit, number>>): Unit {
  const all = entriesOf(units);
  const mask = all.reduce((sum, [, bit]) => sum + bit, 0);
  return all.find(([, bit]) => bit === (bits & mask))?.[0] ?? fail("unit");
}

/** `Object.entries` with the type of the keys, which holds for the literals above. */
const entriesOf = <Key extends string>(table: Readonly<Record<Key, number>>) => Object.entries(table) as [Key, number][];

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
