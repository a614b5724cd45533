import type { Position } from "../../app/kernel/geo.ts";
import type { RoadRank } from "../demo/roads.ts";
import { alongPath, type MeasuredPath, measure } from "./polyline.ts";

export type DriveReading = Position & {
  headingDegrees: number;
  speedMps: number;
  odometerMeters: number;
  engineSeconds: number;
  ignition: boolean;
  faultCodes: readonly string[];
};

type Range = readonly [least: number, most: number];
/** What a road allows: how far between stops, how fast, how long a stop lasts. */
type Pace = { legMeters: Range; cruiseMps: Range; stopSeconds: Range };

const PACES: Record<RoadRank, Pace> = {
  1: { legMeters: [18_000, 55_000], cruiseMps: [24, 30], stopSeconds: [120, 600] },
  2: { legMeters: [9_000, 24_000], cruiseMps: [16, 24], stopSeconds: [120, 600] },
  3: { legMeters: [900, 3_200], cruiseMps: [8, 13], stopSeconds: [60, 300] },
};

/** A loaded truck pulls away slowly and brakes a little harder, in m/s². */
const PULL = 0.35;
const BRAKE = 0.55;
const TURN_ROUND_SECONDS: Range = [480, 1_200];
/** The engine idles through the first part of a long stop and through all of a short one. */
const IDLE_SECONDS = 240;
const ODOMETER_METERS: Range = [60_000_000, 350_000_000];
const ENGINE_SECONDS: Range = [4_000_000, 15_000_000];
/** Round trips are counted from here, so that a truck is at the same place at the same instant in every run. */
const EPOCH = Date.UTC(2026, 0, 1);
const FAULTS = ["P20EE", "P2463", "P0299", "U0100"] as const;

/** One drive and the stop after it. Times and metres count from the start of the round trip. */
type Leg = {
  start: number;
  from: number;
  meters: number;
  cruise: number;
  driving: number;
  stopSeconds: number;
  idling: number;
  engineBefore: number;
};

export type Drive = {
  path: MeasuredPath;
  legs: readonly Leg[];
  /** Seconds of a round trip, and how many of them the engine runs. */
  period: number;
  enginePeriod: number;
  phase: number;
  odometerAtEpoch: number;
  engineAtEpoch: number;
  faultCodes: readonly string[];
};

/** Lays out one round trip on the path; the vehicle's index is the only seed. */
export function planDrive(points: readonly Position[], vehicle: number, rank: RoadRank): Drive {
  const path = measure(points);
  const random = seeded(vehicle);
  const pace = PACES[rank];
  const legs: Leg[] = [];
  let start = 0;
  let engineBefore = 0;
  for (const offset of [0, path.length]) {
    for (const { from, meters, last } of cut(path.length, pace, random)) {
      const cruise = Math.min(within(pace.cruiseMps, random), reachable(meters));
      const driving = meters / cruise + cruise / (2 * PULL) + cruise / (2 * BRAKE);
      const stopSeconds = within(last ? TURN_ROUND_SECONDS : pace.stopSeconds, random);
      const idling = Math.min(stopSeconds, IDLE_SECONDS);
      legs.push({ start, from: offset + from, meters, cruise, driving, stopSeconds, idling, engineBefore });
      start += driving + stopSeconds;
      engineBefore += driving + idling;
    }
  }
  return {
    path,
    legs,
    period: start,
    enginePeriod: engineBefore,
    phase: random() * start,
    odometerAtEpoch: within(ODOMETER_METERS, random),
    engineAtEpoch: within(ENGINE_SECONDS, random),
    faultCodes: vehicle % 5 === 3 ? FAULTS.slice(vehicle % FAULTS.length, (vehicle % FAULTS.length) + 1) : [],
  };
}

/** Where the vehicle is at an instant in UTC milliseconds. */
export function readingAt(drive: Drive, at: number): DriveReading {
  const elapsed = (at - EPOCH) / 1_000 + drive.phase;
  const trips = Math.floor(elapsed / drive.period);
  const time = elapsed - trips * drive.period;
  const leg = legAt(drive.legs, time);
  const { meters, speed } = travelled(leg, time - leg.start);
  const round = leg.from + meters;
  const outward = round <= drive.path.length;
  const { position, headingDegrees } = alongPath(drive.path, outward ? round : 2 * drive.path.length - round);
  return {
    ...position,
    headingDegrees: outward ? headingDegrees : (headingDegrees + 180) % 360,
    speedMps: speed,
    odometerMeters: drive.odometerAtEpoch + trips * 2 * drive.path.length + round,
    engineSeconds: drive.engineAtEpoch + trips * drive.enginePeriod + leg.engineBefore + Math.min(time - leg.start, leg.driving + leg.idling),
    ignition: time - leg.start < leg.driving + leg.idling,
    faultCodes: outward ? [] : drive.faultCodes,
  };
}

/** Pull away, cruise, brake, stop. */
function travelled({ meters, cruise, driving }: Leg, time: number): { meters: number; speed: number } {
  const left = driving - time;
  if (left <= 0) return { meters, speed: 0 };
  if (time < cruise / PULL) return { meters: (PULL * time * time) / 2, speed: PULL * time };
  if (left < cruise / BRAKE) return { meters: meters - (BRAKE * left * left) / 2, speed: BRAKE * left };
  return { meters: (cruise * cruise) / (2 * PULL) + cruise * (time - cruise / PULL), speed: cruise };
}

/** The speed from which a truck that starts at rest can still stop within the distance. */
const reachable = (meters: number): number => Math.sqrt((2 * meters) / (1 / PULL + 1 / BRAKE));

function cut(length: number, { legMeters }: Pace, random: () => number): { from: number; meters: number; last: boolean }[] {
  const pieces: { from: number; meters: number; last: boolean }[] = [];
  let from = 0;
  while (from < length) {
    const wanted = within(legMeters, random);
    // A remainder too short for a drive of its own joins the last one.
    const last = length - from - wanted < legMeters[0];
    const meters = last ? length - from : wanted;
    pieces.push({ from, meters, last });
    from = last ? length : from + meters;
  }
  return pieces;
}

function legAt(legs: readonly Leg[], time: number): Leg {
  const leg = legs.findLast(({ start }) => start <= time) ?? legs[0];
  if (!leg) throw new Error("a drive needs a path with length");
  return leg;
}

const within = ([least, most]: Range, random: () => number): number => least + (most - least) * random();

/** Mulberry32: small, even enough for stops and speeds, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
