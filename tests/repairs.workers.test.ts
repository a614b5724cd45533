import { describe, expect, it } from "vitest";
import { addsApproved } from "./world/repairs/control";
import { playAll } from "./world/repairs/run";
import { formatRun, type RunResult, wantedKinds } from "./world/repairs/run-result";
import { repairShops } from "./world/repairs/shop";

/*
 * Random sequences of steps on the work orders of one unit, through the real use cases on real storage. After each step
 * all that the database and the pages have is compared with a model of plain objects (tests/world/repairs).
 * `npm run campaign -- repairs` plays as many as one likes; it sets these variables.
 */
const { VITE_REPAIRS_SEED: seed = "1", VITE_REPAIRS_SIZE: size } = import.meta.env;
const SLICE = { seed: Number(seed), cases: Number(size ?? 55), length: 70 };
const AT_LEAST = 1;

declare module "vitest" {
  interface TaskMeta {
    /** For the campaign's report. */
    repairs?: RunResult;
  }
}

describe("the repairs of a unit", () => {
  it("bill each line once, at most what was agreed, through any sequence of steps", async ({ task }) => {
    const result = await playAll(await repairShops(), SLICE, 3);
    task.meta.repairs = result;
    expect(result.wrongCases, formatRun(result)).toBe(0);
    const rare = wantedKinds.filter((kind) => (result.kinds[kind] ?? 0) < AT_LEAST);
    expect(rare, formatRun(result)).toEqual([]);
  });

  it("go wrong where approved lines are added to an order instead of marked on it", async ({ task }) => {
    const control = await playAll(await repairShops(addsApproved), { ...SLICE, cases: Math.max(4, Math.ceil(SLICE.cases / 10)) }, 0);
    task.meta.repairs = control;
    expect(control.wrongCases).toBeGreaterThan(0);
  });
});
