import type { Feature, FeatureCollection, Point } from "geojson";
import { plateImage } from "./plate";
import { type Motion, severity, unitState } from "./unit-state";

export type MapUnit = {
  id: string;
  unitNumber: string;
  latitude: number;
  longitude: number;
  headingDegrees: number | null;
  motion: Motion;
  critical: boolean;
};

export type UnitProperties = { id: string; plate: string; severity: number; title: string };

/** The map's GeoJSON: all other units, and the selected one, which is never part of a cluster. */
export function unitFeatures(units: readonly MapUnit[], selectedId: string | null) {
  const others: Feature<Point, UnitProperties>[] = [];
  const selected: Feature<Point, UnitProperties>[] = [];
  for (const unit of units) (unit.id === selectedId ? selected : others).push(unitFeature(unit, unit.id === selectedId));
  return { others: collection(others), selected: collection(selected) };
}

function unitFeature(unit: MapUnit, selected: boolean): Feature<Point, UnitProperties> {
  const state = unitState(unit);
  const headingDegrees = unit.motion === "moving" ? unit.headingDegrees : null;
  const moving = unit.critical ? `critical, ${unit.motion}` : unit.motion;
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates: [unit.longitude, unit.latitude] },
    properties: {
      id: unit.id,
      plate: plateImage({ number: unit.unitNumber, state, headingDegrees, selected }),
      severity: severity(state),
      title: `${unit.unitNumber}: ${moving}`,
    },
  };
}

const collection = <P>(features: Feature<Point, P>[]): FeatureCollection<Point, P> => ({ type: "FeatureCollection", features });

/** West, south, east, north of all units; null without any. */
export function boundsOf(units: readonly Pick<MapUnit, "latitude" | "longitude">[]): [number, number, number, number] | null {
  if (units.length === 0) return null;
  const longitudes = units.map(({ longitude }) => longitude);
  const latitudes = units.map(({ latitude }) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}
