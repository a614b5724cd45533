import { expect, test } from "vitest";
import { formatPlace } from "./place";

const pontiac = { name: "Pontiac", latitude: 40.88, longitude: -88.63 };
const gary = { name: "Gary", latitude: 41.59, longitude: -87.35 };

test.each([
  ["In Gary", { latitude: 41.6, longitude: -87.34 }],
  ["9 mi NE of Pontiac", { latitude: 40.972, longitude: -88.508 }],
  ["7 mi S of Gary", { latitude: 41.49, longitude: -87.35 }],
])("formats %s", (expected, at) => {
  expect(formatPlace(at, [pontiac, gary], "mi")).toBe(expected);
});

test("is null far from every town", () => {
  expect(formatPlace({ latitude: 25, longitude: -120 }, [pontiac, gary], "mi")).toBeNull();
  expect(formatPlace({ latitude: 25, longitude: -120 }, [], "km")).toBeNull();
});
