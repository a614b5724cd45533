import { expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { readPromise } from "./promise";

const now = toUtcMs(Date.parse("2030-03-01T12:00:00Z"));
const read = (text: string) => readPromise(text, "Pacific/Chatham", now);

test("reads a promised date and time in the shop's time zone, or none", () => {
  expect(read("")).toEqual({ ok: true, value: null });
  expect(read("2030-03-02T17:00")).toEqual({ ok: true, value: Date.parse("2030-03-02T03:15:00Z") });
  for (const text of ["2030-03-02", "soon", "2030-13-01T00:00", "275760-09-13T00:00"])
    expect(read(text)).toEqual({ ok: false, error: "Enter a date and a time." });
});

test("refuses a day that is over, unless it was promised before", () => {
  const late = toUtcMs(Date.parse("2030-02-28T03:15:00Z"));
  expect(read("2030-02-28T17:00")).toEqual({ ok: false, error: "That day is over. Choose today or a later day." });
  expect(readPromise("2030-02-28T17:00", "Pacific/Chatham", now, late)).toEqual({ ok: true, value: late });
  expect(readPromise("2030-02-28T16:00", "Pacific/Chatham", now, late)).toMatchObject({ ok: false });
  // Earlier on the same day is no mistake: the unit is late.
  expect(read("2030-03-02T00:30")).toMatchObject({ ok: true });
});

test("refuses a mistyped year", () => {
  for (const text of ["0000-01-01T00:00", "0230-03-02T17:00", "2003-03-02T17:00", "2303-03-02T17:00", "9999-12-31T23:59"])
    expect(read(text)).toEqual({ ok: false, error: "That's years from today. Check the year." });
});
