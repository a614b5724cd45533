import { describe, expect, it } from "vitest";
import { toQuantity } from "~/kernel/money";
import { MOST_AN_HOUR } from "~/modules/organizations/shop-rules/shop-rules";
import { usd, writtenLine } from "../../../../tests/world/order-values";
import { fitsALine } from "../jobs/job";
import { atTodaysPrice } from "./current-price";

const rates = (standard: number, more: Record<string, number> = {}) =>
  Object.entries({ Standard: standard, ...more }).map(([name, each]) => ({ name, perHour: usd(each) }));
/** Newest first. */
const history = [rates(160, { Diagnostic: 190 }), rates(150, { Diagnostic: 170 }), rates(140)];
const repriced = (dollars: number, more: Parameters<typeof writtenLine>[2] = {}, known = history) =>
  atTodaysPrice(writtenLine(1, dollars, more), known).each / 100;

describe("the price of deferred work today", () => {
  it("is the current rate of labor that was charged at any earlier one", () => {
    expect([repriced(140), repriced(150), repriced(160), repriced(170)]).toEqual([160, 160, 160, 190]);
  });

  it("keeps a price that is none of the shop's rates", () => {
    expect(repriced(145)).toBe(145);
  });

  it("keeps the price of anything but labor, even at an hour's price", () => {
    for (const kind of ["part", "core", "fee", "outside"] as const) expect(repriced(140, { kind })).toBe(140);
  });

  it("takes the newest rate that had this price, where it changed hands between rates", () => {
    expect(repriced(150, {}, [rates(200, { Diagnostic: 210 }), rates(120, { Diagnostic: 150 }), rates(150)])).toBe(210);
  });

  it("keeps the price where the shop has that rate no more, or never had rates", () => {
    expect(repriced(170, {}, [rates(160), ...history.slice(1)])).toBe(170);
    expect(repriced(140, {}, [])).toBe(140);
  });

  it("keeps a price that would be too large for a line at the current rate", () => {
    const [hour, line] = [usd(140), writtenLine(1, 140, { quantity: toQuantity(999_999_000) })];
    const known = [[{ name: "Standard", perHour: MOST_AN_HOUR }], [{ name: "Standard", perHour: hour }]];
    expect(fitsALine(MOST_AN_HOUR, line.quantity)).toBe(false);
    expect(atTodaysPrice(line, known)).toBe(line);
  });

  it("changes nothing but the price", () => {
    const line = writtenLine(1, 140, { quantity: toQuantity(2_500), safety: true });
    expect(atTodaysPrice(line, history)).toEqual({ ...line, each: usd(160) });
  });
});
