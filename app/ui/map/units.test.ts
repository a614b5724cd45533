import { describe, expect, it } from "vitest";
import { boundsOf, type MapUnit, unitFeatures } from "./units";

const unit = (over: Partial<MapUnit>): MapUnit => ({
  id: "a",
  unitNumber: "NL-101",
  latitude: 41.6,
  longitude: -87.4,
  headingDegrees: 90,
  motion: "moving",
  critical: false,
  ...over,
});

describe("units on the map", () => {
  it("keeps the selected one out of the clusters", () => {
    const { others, selected } = unitFeatures([unit({ id: "a" }), unit({ id: "b" })], "b");
    expect(others.features.map(({ properties }) => properties.id)).toEqual(["a"]);
    expect(selected.features.map(({ properties }) => properties.id)).toEqual(["b"]);
  });

  it("puts longitude first", () => {
    expect(unitFeatures([unit({})], null).others.features[0]?.geometry.coordinates).toEqual([-87.4, 41.6]);
  });

  it("shows a heading only while it moves", () => {
    const plateOf = (over: Partial<MapUnit>) => unitFeatures([unit(over)], null).others.features[0]?.properties.plate;
    expect(plateOf({})).toBe("plate/0/90/0/NL-101");
    expect(plateOf({ motion: "stale" })).toBe("plate/3/-/0/NL-101");
    expect(plateOf({ critical: true })).toBe("plate/4/90/0/NL-101");
  });

  it("is bounded by all units", () => {
    expect(boundsOf([])).toBeNull();
    expect(boundsOf([unit({}), unit({ latitude: 40, longitude: -86 })])).toEqual([-87.4, 40, -86, 41.6]);
  });
});
