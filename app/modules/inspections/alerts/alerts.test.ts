import { expect, test } from "vitest";
import { DAY, dayOf, toUtcMs } from "~/kernel/time";
import { dueDay, parseWaitHours } from "./alerts";

test("a day's inspections are due from nine in the morning of the next day, in the shop's zone", () => {
  const at = (text: string) => toUtcMs(Date.parse(text));
  expect(dueDay(at("2030-03-02T14:59:00Z"), "America/Chicago")).toBe("2030-02-28");
  expect(dueDay(at("2030-03-02T15:00:00Z"), "America/Chicago")).toBe("2030-03-01");
  expect(dueDay(at("2030-03-02T15:00:00Z"), "Pacific/Auckland") < dayOf(toUtcMs(at("2030-03-02T15:00:00Z") + DAY), "Pacific/Auckland")).toBe(true);
});

test.each([
  ["24", 24],
  [" 1 ", 1],
  ["720", 720],
  ["721", null],
  ["0", null],
  ["2.5", null],
  ["", null],
])("%j hours are %s", (text, hours) => {
  expect(parseWaitHours(text)).toBe(hours);
});
