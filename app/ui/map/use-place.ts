import { useEffect, useState } from "react";
import type { Position } from "~/kernel/geo";
import type { DistanceUnit } from "~/kernel/units";
import { formatPlace, type Town } from "./place";

type TownFile = { features: { properties: { name: string }; geometry: { coordinates: [number, number] } }[] };

/** The map's own list of towns, fetched once per page and shared with the map through the browser's cache. */
let towns: Promise<readonly Town[]> | null = null;

/** The description of a position; null until the towns are loaded, and where no town is near. */
export function usePlace(at: Position | null, distance: DistanceUnit): string | null {
  const [known, setKnown] = useState<readonly Town[]>([]);
  const wanted = at !== null;
  useEffect(() => {
    if (!wanted) return;
    towns ??= fetchTowns();
    // Without the list the page still shows coordinates.
    towns.then(setKnown).catch(() => (towns = null));
  }, [wanted]);
  return at && known.length > 0 ? formatPlace(at, known, distance) : null;
}

async function fetchTowns(): Promise<readonly Town[]> {
  const answer = await fetch("/basemap/towns.json");
  const file = (await answer.json()) as TownFile; // made by scripts/make-basemap.mjs
  return file.features.map(({ properties, geometry: { coordinates } }) => ({ name: properties.name, longitude: coordinates[0], latitude: coordinates[1] }));
}
