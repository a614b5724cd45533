import { expect, test } from "vitest";
import { type UnitFacts, unitFactRows } from "./unit-facts";

const unit: UnitFacts = { kind: "truck", vin: "1XPBDP9X0LD651104", plate: null, year: 2020, make: "Peterbilt", model: null, odometer: 16_093.44, engine: null };
const us = { distanceUnit: "mi", locale: "en-US" } as const;

test("lists what is known of a unit, with its meters at service", () => {
  expect(unitFactRows(unit, us, " at service")).toEqual([
    { term: "Year, make, model", value: "2020 Peterbilt" },
    { term: "VIN", value: "1XPBDP9X0LD651104" },
    { term: "Odometer at service", value: "10 mi" },
  ]);
  expect(unitFactRows({ ...unit, kind: "equipment", odometer: null, engine: 3_600 }, us, "").map(({ term }) => term)).toEqual([
    "Year, make, model",
    "Serial number",
    "Engine hours",
  ]);
});
