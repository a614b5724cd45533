import { expect, test } from "vitest";
import { faces } from "./audience";
import { opensFace, plans } from "./plans";

test.each([
  ["free", ["staff", "driver"]],
  ["pro", ["staff", "customer", "driver"]],
  ["pro-plus", ["staff", "customer", "vendor", "driver"]],
] as const)("%s opens %s", (plan, open) => {
  expect(faces.filter((face) => opensFace(plan, face))).toEqual(open);
});

test("a higher plan never closes what a lower one opens", () => {
  for (const [at, plan] of plans.entries()) {
    for (const lower of plans.slice(0, at)) for (const face of faces) expect(opensFace(lower, face) && !opensFace(plan, face)).toBe(false);
  }
});
