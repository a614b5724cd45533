import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { formatSum } from "./format";
import { lastDayRefusal } from "./head-form";

test("shows the approved part of a partly approved estimate", () => {
  const summaryOf = (state: "sent" | "approved" | "partially-approved", approved: number | null) =>
    formatSum({ state, total: toCents(1_890_00), approvedTotal: approved === null ? null : toCents(approved) }, { currency: "USD", locale: "en-US" });
  expect([summaryOf("sent", null), summaryOf("approved", 1_890_00), summaryOf("partially-approved", 1_240_00)]).toEqual([
    "$1,890.00",
    "$1,890.00",
    "$1,240.00 of $1,890.00",
  ]);
});

test("refuses a last day that is over, or more than two years ahead", () => {
  const until = (day: string) => lastDayRefusal(day, "2030-03-01");
  expect(["2030-03-01", "2032-03-01"].map(until)).toEqual([null, null]);
  for (const day of ["2030-02-28", "2029-03-01"]) expect(until(day)).toBe("That day is over. Choose today or a later day.");
  for (const day of ["2032-03-02", "9999-12-31"]) expect(until(day)).toBe("That is more than 2 years ahead. Check the year.");
});
