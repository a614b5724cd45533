import { bearingDegrees, metersBetween, type Position } from "~/kernel/geo";
import { compassPoint, type DistanceUnit, formatDistance } from "~/kernel/units";

export type Town = Position & { name: string };

/** Nearer than this a unit is "in" a town. */
const IN_TOWN_METERS = 3_000;
/** Farther than this, a town is no help. */
const FAR_METERS = 120_000;

/** Describes a position by the nearest town: "In Gary", "9 mi NE of Pontiac". Null far from every known town. */
export function formatPlace(at: Position, towns: readonly Town[], distance: DistanceUnit): string | null {
  let nearest: Town | null = null;
  let away = FAR_METERS;
  for (const town of towns) {
    const meters = metersBetween(town, at);
    if (meters < away) [nearest, away] = [town, meters];
  }
  if (!nearest) return null;
  if (away < IN_TOWN_METERS) return `In ${nearest.name}`;
  return `${formatDistance(away, distance)} ${compassPoint(bearingDegrees(nearest, at))} of ${nearest.name}`;
}
