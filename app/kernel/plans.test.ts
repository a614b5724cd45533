import { expect, test } from "vitest";
import { portals } from "./audience";
import { planIncludesPortal, plans } from "./plans";

test.each([
  ["free", ["staff", "driver"]],
  ["pro", ["staff", "customer", "driver"]],
  ["pro-plus", ["staff", "customer", "vendor", "driver"]],
] as const)("%s opens %s", (plan, open) => {
  expect(portals.filter((portal) => planIncludesPortal(plan, portal))).toEqual(open);
});

test("a higher plan never closes what a lower one opens", () => {
  for (const [at, plan] of plans.entries()) {
    for (const lower of plans.slice(0, at))
      for (const portal of portals) expect(planIncludesPortal(lower, portal) && !planIncludesPortal(plan, portal)).toBe(false);
  }
});
