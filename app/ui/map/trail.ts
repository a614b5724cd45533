import type { Feature, FeatureCollection, LineString, Point } from "geojson";
import { metersBetween } from "~/kernel/geo";
import { formatAge, MINUTE } from "~/kernel/time";

export type TrailPoint = { at: number; latitude: number; longitude: number; speedMps: number | null };

export type TrailProperties = { kind: "line"; strength: number } | { kind: "stop"; strength: number; label: string };

/** Ages are drawn in this many steps, from the oldest to the newest. */
const STEPS = 10;
const FAINTEST = 0.18;
/** After a longer gap between positions the route is unknown, so no line is drawn. */
const SILENCE = 15 * MINUTE;
const STOP_AT_LEAST = 3 * MINUTE;
/** A parked truck's position wanders by about this much. */
const WANDER_METERS = 60;
const STATIONARY_MPS = 0.7;

/** Points must be in chronological order. */
export function trailFeatures(points: readonly TrailPoint[]): FeatureCollection<LineString | Point, TrailProperties> {
  return { type: "FeatureCollection", features: [...lines(points), ...stops(points)] };
}

function lines(points: readonly TrailPoint[]): Feature<LineString, TrailProperties>[] {
  const step = stepper(points);
  const features: Feature<LineString, TrailProperties>[] = [];
  let line: [number, number][] = [];
  let lineStep = -1;
  const close = () => {
    if (line.length > 1) {
      features.push({
        type: "Feature",
        geometry: { type: "LineString", coordinates: line },
        properties: { kind: "line", strength: strength(lineStep) },
      });
    }
  };
  points.forEach((point, index) => {
    const before = points[index - 1];
    const here: [number, number] = [point.longitude, point.latitude];
    const apart = before && point.at - before.at > SILENCE && metersBetween(before, point) > WANDER_METERS;
    if (!before || apart) {
      close();
      line = [here];
      lineStep = step(point.at);
      return;
    }
    line.push(here);
    if (step(point.at) !== lineStep) {
      close();
      line = [here];
      lineStep = step(point.at);
    }
  });
  close();
  return features;
}

function stops(points: readonly TrailPoint[]): Feature<Point, TrailProperties>[] {
  const step = stepper(points);
  const features: Feature<Point, TrailProperties>[] = [];
  let first: TrailPoint | null = null;
  let last: TrailPoint | null = null;
  const close = () => {
    if (first && last && last.at - first.at >= STOP_AT_LEAST) {
      features.push({
        type: "Feature",
        geometry: { type: "Point", coordinates: [first.longitude, first.latitude] },
        properties: { kind: "stop", strength: strength(step(last.at)), label: formatAge(last.at - first.at) },
      });
    }
    first = last = null;
  };
  for (const point of points) {
    const isStationary: boolean = first !== null && metersBetween(first, point) <= WANDER_METERS;
    const slow = point.speedMps === null ? isStationary : point.speedMps < STATIONARY_MPS;
    if (first && isStationary && slow) last = point;
    else {
      close();
      // Without a speed, any point may start a stop; the next point decides.
      if (slow || point.speedMps === null) first = last = point;
    }
  }
  close();
  return features;
}

function stepper(points: readonly TrailPoint[]): (at: number) => number {
  const oldest = points[0]?.at ?? 0;
  const span = Math.max(1, (points.at(-1)?.at ?? 0) - oldest);
  return (at) => Math.min(STEPS - 1, Math.floor(((at - oldest) / span) * STEPS));
}

const strength = (step: number): number => Math.round((FAINTEST + ((1 - FAINTEST) * step) / (STEPS - 1)) * 100) / 100;
