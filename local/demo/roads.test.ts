import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { metersBetween } from "../../app/kernel/geo.ts";
import { measure, smooth, stretchPath } from "../simulator/polyline.ts";
import { corridors, harborStretches, type LonLat, ridgeStretches, yards } from "./roads.ts";

const position = ([longitude, latitude]: LonLat) => ({ longitude, latitude });

describe("the demo's roads", () => {
  it("have names of their own and waypoints in the Midwest", () => {
    expect(new Set(corridors.map(({ id }) => id)).size).toBe(corridors.length);
    for (const { name, waypoints } of corridors) {
      expect(name).not.toBe("");
      expect(waypoints.length).toBeGreaterThanOrEqual(3);
      for (const [longitude, latitude] of waypoints) {
        expect(longitude > -94 && longitude < -80).toBe(true);
        expect(latitude > 37 && latitude < 46).toBe(true);
      }
    }
  });

  it.each(corridors.map((corridor) => [corridor.id, corridor.waypoints] as const))("%s neither jumps nor doubles back", (_, waypoints) => {
    const curve = smooth(waypoints);
    for (const waypoint of waypoints) expect(curve).toContainEqual(waypoint);
    const straight = measure(waypoints.map(position)).length;
    const driven = measure(curve.map(position)).length;
    expect(driven / straight).toBeGreaterThan(0.999);
    expect(driven / straight).toBeLessThan(1.03);
    for (let i = 1; i + 1 < curve.length; i++) {
      const [before, at, after] = [curve[i - 1], curve[i], curve[i + 1]];
      if (!before || !at || !after) continue;
      const through = metersBetween(position(before), position(at)) + metersBetween(position(at), position(after));
      expect(metersBetween(position(before), position(after))).toBeGreaterThan(through * 0.5);
    }
  });

  it.each([...harborStretches, ...ridgeStretches])("$corridor is long enough to drive", (stretch) => {
    const { length } = measure(stretchPath(stretch));
    expect(length).toBeGreaterThan(5_000);
    expect(length).toBeLessThan(500_000);
  });

  it("pass both yards", () => {
    for (const yard of Object.values(yards)) {
      const near = corridors.flatMap(({ waypoints }) => smooth(waypoints)).map((point) => metersBetween(position(point), yard));
      expect(Math.min(...near)).toBeLessThan(700);
    }
  });

  it("are what the map shows", () => {
    const file = JSON.parse(readFileSync(new URL("../../public/basemap/demo-roads.json", import.meta.url), "utf8"));
    expect(file.features.map((feature: { properties: { id: string } }) => feature.properties.id)).toEqual(corridors.map(({ id }) => id));
    file.features.forEach((feature: { geometry: { coordinates: LonLat[] } }, index: number) => {
      const { waypoints } = corridors[index] ?? { waypoints: [] };
      const [first, last] = [feature.geometry.coordinates[0], feature.geometry.coordinates.at(-1)];
      expect(first && metersBetween(position(first), position(waypoints[0] as LonLat))).toBeLessThan(20);
      expect(last && metersBetween(position(last), position(waypoints.at(-1) as LonLat))).toBeLessThan(20);
    });
  });
});
