import { expect, test } from "vitest";
import { dayRefusal } from "./ledger-form";

test("money is dated from ten years ago to tomorrow, and beyond that it is said why not", () => {
  for (const day of ["2020-02-29", "2025-06-30", "2030-02-28", "2030-03-01"]) expect(dayRefusal(day, "2030-02-28")).toBeNull();
  expect(dayRefusal("2030-03-02", "2030-02-28")).toMatch(/still to come/);
  expect(dayRefusal("9999-12-31", "2030-02-28")).toMatch(/still to come/);
  expect(dayRefusal("2020-02-27", "2030-02-28")).toMatch(/more than 10 years ago/);
  expect(dayRefusal("0030-02-28", "2030-02-28")).toMatch(/more than 10 years ago/);
});
