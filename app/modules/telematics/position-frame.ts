import type { LiveUnit } from "./live-unit";

/**
 * New positions of an arrival batch as bytes, little-endian: a header of 17 bytes, then 23 for each unit. docs/api.md
 * describes each field. Rooms, pages and benchmarks share this file, so it imports nothing.
 */
const VERSION = 1;
const HEADER = 17;
const RECORD = 23;

/** The code for "not reported" is the highest of each field. */
const NO_METER = 0xffffffff;
const NO_SPEED = 0xfff;
const NO_HEADING = 0x1ff;
const OLDEST_MS = 0xffff;
const HIGHEST_NUMBER = 0xffff;
const DEGREE = 1e7;
const SPEED_STEPS = 20;
/** The latest time that a date can have. */
const LAST_TIME = 8.64e15;

/** What a record holds. Faults and `lastMovedAt` are not in it: a unit whose faults changed is sent as text. */
export type Position = Omit<LiveUnit, "assetId" | "faults" | "lastMovedAt"> & {
  /** The permanent number of the asset in its organization's room. */
  number: number;
  /** Whether it moved at `recordedAt`; if not, the time it last moved is the one known before. */
  moved: boolean;
};

/** Whether a record can hold the position; one that it cannot hold is sent as text. */
export function fitsRecord({ number, recordedAt, latitude, longitude, speedMps, headingDegrees, odometerMeters, engineSeconds }: Position): boolean {
  return (
    number <= HIGHEST_NUMBER &&
    isTime(recordedAt) &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180 &&
    (speedMps === null || (speedMps >= 0 && speedSteps(speedMps) < NO_SPEED)) &&
    (headingDegrees === null || (headingDegrees >= 0 && headingDegrees <= 360)) &&
    fitsMeter(odometerMeters) &&
    fitsMeter(engineSeconds)
  );
}

/** How much older than the newest position of its frame a position may be. */
export const isNearInTime = (recordedAt: number, newest: number): boolean => newest - recordedAt <= OLDEST_MS;

/** The positions must fit, and be near in time to the newest of them. */
export function encodePositions(seq: number, positions: readonly Position[]): ArrayBuffer {
  const newest = positions.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt), 0);
  const frame = new DataView(new ArrayBuffer(HEADER + positions.length * RECORD));
  frame.setUint8(0, VERSION);
  frame.setFloat64(1, seq, true);
  frame.setFloat64(9, newest, true);
  let at = HEADER;
  for (const { number, recordedAt, latitude, longitude, speedMps, headingDegrees, odometerMeters, engineSeconds, ignition, moved } of positions) {
    const heading = headingDegrees === null ? NO_HEADING : Math.round(headingDegrees) % 360;
    const speed = speedMps === null ? NO_SPEED : speedSteps(speedMps);
    const state = heading | (ignition === null ? 0 : ignition ? 1 << 10 : 1 << 9) | (moved ? 1 << 11 : 0);
    frame.setUint16(at, number, true);
    frame.setUint16(at + 2, newest - recordedAt, true);
    frame.setInt32(at + 4, Math.round(latitude * DEGREE), true);
    frame.setInt32(at + 8, Math.round(longitude * DEGREE), true);
    frame.setUint32(at + 12, odometerMeters === null ? NO_METER : Math.round(odometerMeters), true);
    frame.setUint32(at + 16, engineSeconds === null ? NO_METER : Math.round(engineSeconds), true);
    frame.setUint16(at + 20, state | ((speed & 0xf) << 12), true);
    frame.setUint8(at + 22, speed >> 4);
    at += RECORD;
  }
  return frame.buffer;
}

/** The one error of the decoder: these bytes are no frame of this version. */
export class UnreadableFrame extends Error {
  override name = "UnreadableFrame";
}

/**
 * A frame's positions, read from the bytes as they came: nothing is copied, and no object is made for a position. It is
 * checked as a whole when it is made.
 */
export class PositionFrame {
  readonly seq: number;
  readonly count: number;
  private readonly bytes: DataView;
  private readonly newest: number;

  constructor(data: ArrayBuffer | ArrayBufferView) {
    this.bytes = ArrayBuffer.isView(data) ? new DataView(data.buffer, data.byteOffset, data.byteLength) : new DataView(data);
    const { byteLength } = this.bytes;
    if (byteLength < HEADER || (byteLength - HEADER) % RECORD !== 0) throw new UnreadableFrame(`${byteLength} bytes`);
    if (this.bytes.getUint8(0) !== VERSION) throw new UnreadableFrame(`version ${this.bytes.getUint8(0)}`);
    this.seq = this.bytes.getFloat64(1, true);
    this.newest = this.bytes.getFloat64(9, true);
    this.count = (byteLength - HEADER) / RECORD;
    if (!Number.isSafeInteger(this.seq) || this.seq < 0) throw new UnreadableFrame("sequence number");
    if (!isTime(this.newest)) throw new UnreadableFrame("time");
    for (let index = 0; index < this.count; index++) this.check(index);
  }

  number(index: number): number {
    return this.bytes.getUint16(at(index), true);
  }
  recordedAt(index: number): number {
    return this.newest - this.bytes.getUint16(at(index) + 2, true);
  }
  latitude(index: number): number {
    return this.bytes.getInt32(at(index) + 4, true) / DEGREE;
  }
  longitude(index: number): number {
    return this.bytes.getInt32(at(index) + 8, true) / DEGREE;
  }
  odometerMeters(index: number): number | null {
    return meter(this.bytes.getUint32(at(index) + 12, true));
  }
  engineSeconds(index: number): number | null {
    return meter(this.bytes.getUint32(at(index) + 16, true));
  }
  speedMps(index: number): number | null {
    const steps = (this.state(index) >> 12) | (this.bytes.getUint8(at(index) + 22) << 4);
    return steps === NO_SPEED ? null : steps / SPEED_STEPS;
  }
  headingDegrees(index: number): number | null {
    const heading = this.state(index) & NO_HEADING;
    return heading === NO_HEADING ? null : heading;
  }
  ignition(index: number): boolean | null {
    const ignition = (this.state(index) >> 9) & 3;
    return ignition === 0 ? null : ignition === 2;
  }
  moved(index: number): boolean {
    return (this.state(index) & (1 << 11)) !== 0;
  }

  /** One position as an object. */
  position(index: number): Position {
    return {
      number: this.number(index),
      recordedAt: this.recordedAt(index),
      latitude: this.latitude(index),
      longitude: this.longitude(index),
      speedMps: this.speedMps(index),
      headingDegrees: this.headingDegrees(index),
      odometerMeters: this.odometerMeters(index),
      engineSeconds: this.engineSeconds(index),
      ignition: this.ignition(index),
      moved: this.moved(index),
    };
  }

  private state(index: number): number {
    return this.bytes.getUint16(at(index) + 20, true);
  }

  private check(index: number): void {
    const heading = this.headingDegrees(index);
    if (!isTime(this.recordedAt(index))) throw new UnreadableFrame("time");
    if (Math.abs(this.latitude(index)) > 90 || Math.abs(this.longitude(index)) > 180) throw new UnreadableFrame("position");
    if (heading !== null && heading >= 360) throw new UnreadableFrame("heading");
    if (((this.state(index) >> 9) & 3) === 3) throw new UnreadableFrame("ignition");
  }
}

const at = (index: number): number => HEADER + index * RECORD;
const meter = (code: number): number | null => (code === NO_METER ? null : code);
const isTime = (time: number): boolean => Number.isInteger(time) && time >= 0 && time <= LAST_TIME;
const fitsMeter = (value: number | null): boolean => value === null || (value >= 0 && Math.round(value) < NO_METER);
/** Rounded up, so that what is above the speed at which a unit moves stays above it. */
const speedSteps = (speedMps: number): number => Math.ceil(speedMps * SPEED_STEPS - 1e-9);
