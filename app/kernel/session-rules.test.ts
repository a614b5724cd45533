import { expect, test } from "vitest";
import { formOf, limitsFor, rulesFromForm } from "./session-rules";
import { DAY, HOUR } from "./time";

test("until a shop sets something, the usual limits count, and the page shows them", () => {
  expect(formOf(null)).toEqual({ staffHours: 12, vendorDays: 7, customerDays: 7, customerCapDays: null });
  expect(limitsFor({}, "driver")).toEqual({ idle: 30 * DAY, absolute: null });
});

test("what was typed is what counts, and what is shown again", () => {
  const typed = { staffHours: 2, vendorDays: 3, customerDays: 14, customerCapDays: 90 };
  const rules = rulesFromForm(typed);
  expect(limitsFor(rules, "staff")).toEqual({ idle: 2 * HOUR, absolute: 30 * DAY });
  expect(limitsFor(rules, "customer")).toEqual({ idle: 14 * DAY, absolute: 90 * DAY });
  expect(formOf(rules)).toEqual(typed);
});
