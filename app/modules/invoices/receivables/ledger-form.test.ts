import { expect, test } from "vitest";
import { dayRefusal } from "./ledger-form";

test("accepts dates from ten years ago to tomorrow, and refuses others with a reason", () => {
  for (const day of ["2020-02-29", "2025-06-30", "2030-02-28", "2030-03-01"]) expect(dayRefusal(day, "2030-02-28")).toBeNull();
  expect(dayRefusal("2030-03-02", "2030-02-28")).toMatch(/in the future/);
  expect(dayRefusal("9999-12-31", "2030-02-28")).toMatch(/in the future/);
  expect(dayRefusal("2020-02-27", "2030-02-28")).toMatch(/more than 10 years ago/);
  expect(dayRefusal("0030-02-28", "2030-02-28")).toMatch(/more than 10 years ago/);
});
