import { describe, expect, it } from "vitest";
import { MINUTE } from "~/kernel/time";
import { type TrailPoint, trailFeatures } from "./trail";

const start = Date.UTC(2026, 5, 1, 12);
/** Drives east at 15 m/s from minute `from` to `to`, a point every 30 seconds. */
const drive = (from: number, to: number): TrailPoint[] =>
  Array.from({ length: (to - from) * 2 + 1 }, (_, i) => ({
    at: start + from * MINUTE + i * 30_000,
    latitude: 41.6,
    longitude: -87 + (from + i / 2) * 0.0108,
    speedMps: 15,
  }));
const stopAt = (from: number, to: number, speedMps: number | null = 0): TrailPoint[] =>
  drive(from, to).map((point) => ({ ...point, longitude: -87 + from * 0.0108, speedMps }));

const features = (points: TrailPoint[]) => trailFeatures(points).features;
const linesOf = (points: TrailPoint[]) => features(points).filter(({ properties }) => properties.kind === "line");
const stopsOf = (points: TrailPoint[]) => features(points).flatMap(({ properties }) => (properties.kind === "stop" ? [properties.label] : []));

describe("a trail", () => {
  it("is empty without points, and no line with one", () => {
    expect(features([])).toEqual([]);
    expect(linesOf(drive(0, 0))).toEqual([]);
  });

  it("fades with age, in one unbroken line", () => {
    const lines = linesOf(drive(0, 60));
    const strengths = lines.map(({ properties }) => properties.strength);
    expect(strengths).toEqual([...strengths].sort((a, b) => a - b));
    expect(strengths.at(-1)).toBe(1);
    lines.slice(1).forEach((line, index) => {
      const before = lines[index]?.geometry;
      expect(before?.type === "LineString" && before.coordinates.at(-1)).toEqual(line.geometry.type === "LineString" && line.geometry.coordinates[0]);
    });
  });

  it("marks stops with their duration, but not a red light", () => {
    expect(stopsOf([...drive(0, 10), ...stopAt(10, 22), ...drive(22, 30)])).toEqual(["12 min"]);
    expect(stopsOf([...drive(0, 10), ...stopAt(10, 12), ...drive(12, 30)])).toEqual([]);
  });

  it("detects a stop by position when there is no speed", () => {
    expect(stopsOf([...drive(0, 10).map((point) => ({ ...point, speedMps: null })), ...stopAt(10, 20, null)])).toEqual(["10 min"]);
  });

  it("draws no line across a gap in which the truck moved", () => {
    const ends = linesOf([...drive(0, 10), ...drive(40, 50)]).flatMap(({ geometry }) => (geometry.type === "LineString" ? [geometry.coordinates] : []));
    for (const line of ends)
      for (const [i, [longitude = 0] = []] of line.entries()) expect(Math.abs(longitude - (line[i - 1]?.[0] ?? longitude))).toBeLessThan(0.02);
  });
});
