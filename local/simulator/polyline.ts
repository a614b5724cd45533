import { bearingDegrees, metersBetween, type Position } from "../../app/kernel/geo.ts";
import { corridors, type LonLat, type Stretch } from "../demo/roads.ts";

const STEP_METERS = 800;
const MIN_STEPS = 6;
const MAX_STEPS = 14;

/**
 * A centripetal Catmull-Rom curve through the waypoints, which it keeps exactly, so that roads that
 * meet at a waypoint still meet after smoothing. The centripetal form cannot loop at sharp corners.
 */
export function smooth(waypoints: readonly LonLat[]): LonLat[] {
  const first = waypoints[0];
  if (!first || waypoints.length < 3) return [...waypoints];
  const curve: LonLat[] = [first];
  for (let i = 0; i + 1 < waypoints.length; i++) {
    const p1 = waypoints[i] as LonLat;
    const p2 = waypoints[i + 1] as LonLat;
    const p0 = waypoints[i - 1] ?? mirrored(p2, p1);
    const p3 = waypoints[i + 2] ?? mirrored(p1, p2);
    const steps = Math.min(MAX_STEPS, Math.max(MIN_STEPS, Math.ceil(metersBetween(asPosition(p1), asPosition(p2)) / STEP_METERS)));
    for (let step = 1; step < steps; step++) curve.push(between(p0, p1, p2, p3, step / steps));
    curve.push(p2);
  }
  return curve;
}

/** The end's missing neighbour: the inner one, seen from the other side. */
const mirrored = (inner: LonLat, end: LonLat): LonLat => [2 * end[0] - inner[0], 2 * end[1] - inner[1]];

/** Barry and Goldman's pyramid. */
function between(p0: LonLat, p1: LonLat, p2: LonLat, p3: LonLat, share: number): LonLat {
  const t1 = knot(p0, p1);
  const t2 = t1 + knot(p1, p2);
  const t3 = t2 + knot(p2, p3);
  const t = t1 + (t2 - t1) * share;
  const a1 = mix(p0, p1, 0, t1, t);
  const a2 = mix(p1, p2, t1, t2, t);
  const a3 = mix(p2, p3, t2, t3, t);
  return mix(mix(a1, a2, 0, t2, t), mix(a2, a3, t1, t3, t), t1, t2, t);
}

const knot = (a: LonLat, b: LonLat): number => Math.max(1e-6, Math.hypot(b[0] - a[0], b[1] - a[1])) ** 0.5;

function mix(a: LonLat, b: LonLat, from: number, to: number, t: number): LonLat {
  const share = (t - from) / (to - from);
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

const asPosition = ([longitude, latitude]: LonLat): Position => ({ longitude, latitude });

/** The smoothed points of a stretch, from its start to its end. */
export function stretchPath({ corridor: id, from, to }: Stretch): Position[] {
  const corridor = corridors.find((candidate) => candidate.id === id);
  if (!corridor) throw new Error(`no corridor "${id}" in the demo's roads`);
  const points = smooth(corridor.waypoints).map(asPosition);
  const start = nearestIndex(points, asPosition(from));
  const end = nearestIndex(points, asPosition(to));
  return start <= end ? points.slice(start, end + 1) : points.slice(end, start + 1).reverse();
}

function nearestIndex(points: readonly Position[], to: Position): number {
  let best = 0;
  let bestMeters = Number.POSITIVE_INFINITY;
  points.forEach((point, index) => {
    const meters = metersBetween(point, to);
    if (meters < bestMeters) [best, bestMeters] = [index, meters];
  });
  return best;
}

export type MeasuredPath = { points: readonly Position[]; at: readonly number[]; length: number };

/** Keeps the distance from the start at every point. */
export function measure(points: readonly Position[]): MeasuredPath {
  const at: number[] = [];
  let length = 0;
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before) length += metersBetween(before, point);
    at.push(length);
  });
  return { points, at, length };
}

export function alongPath(path: MeasuredPath, meters: number): { position: Position; headingDegrees: number } {
  const index = segmentAt(path.at, meters);
  const a = path.points[index];
  const b = path.points[index + 1];
  if (!a || !b) throw new Error("a path needs two points");
  const from = path.at[index] ?? 0;
  const span = (path.at[index + 1] ?? from) - from;
  const share = span > 0 ? Math.min(1, Math.max(0, (meters - from) / span)) : 0;
  return {
    position: {
      latitude: a.latitude + (b.latitude - a.latitude) * share,
      longitude: a.longitude + (b.longitude - a.longitude) * share,
    },
    headingDegrees: bearingDegrees(a, b),
  };
}

/** The segment that holds a distance, by bisection. */
function segmentAt(at: readonly number[], meters: number): number {
  let low = 0;
  let high = at.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((at[middle] ?? 0) <= meters) low = middle;
    else high = middle - 1;
  }
  return low;
}
