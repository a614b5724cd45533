import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import type { Job, Line } from "./job";
import { totalsOf, withoutMargin } from "./totals";

const line = (kind: Line["kind"], each: number, cost: number | null): Line => ({
  id: `lin_${kind}` as Id<"line">,
  kind,
  text: kind,
  partNumber: null,
  quantity: toQuantity(1_000),
  each: toCents(each),
  cost: cost === null ? null : toCents(cost),
  supplies: true,
});
const job = (lines: readonly Line[]): Job => ({
  id: "job_1" as Id<"job">,
  position: 1,
  complaint: "Leak",
  cause: "",
  correction: "",
  vmrs: null,
  technician: null,
  lines,
  version: 1,
});

test("margin is price less cost, before wages, with the number of unknown costs", () => {
  const totals = totalsOf({ jobs: [job([line("labor", 145_00, null), line("part", 100_00, 60_00), line("fee", 12_00, null)])] }, firstRules, false);
  expect(totals).toMatchObject({ subtotal: 257_00, cost: 60_00, costUnknown: 1, margin: 197_00 });
});

test("without rights to the margin, totals have the same prices and no margin", () => {
  const totals = totalsOf({ jobs: [job([line("part", 100_00, 60_00)])] }, firstRules, false);
  const summary = withoutMargin(totals);
  expect({ ...summary, cost: totals.cost, costUnknown: totals.costUnknown, margin: totals.margin }).toEqual(totals);
  expect(JSON.stringify(summary)).not.toContain("4000");
  expect(JSON.stringify(summary)).not.toContain("6000");
});
