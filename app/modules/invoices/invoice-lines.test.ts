import { describe, expect, it } from "vitest";
import { newId } from "~/kernel/ids";
import { toBasisPoints, toQuantity } from "~/kernel/money";
import { noParties } from "~/modules/estimates/estimate-snapshot";
import type { LineKind, OrderLine } from "~/modules/work-orders/jobs/job";
import { billedIn } from "~/modules/work-orders/lines/order-authorization";
import type { Order } from "~/modules/work-orders/order";
import { decisionOn, jobOf, offeredLine, orderLine, orderOf, rulesWith, TODAY, usd } from "../../../tests/world/order-values";
import { chargesOfAll } from "./invoice";
import { byUnit, groupOf } from "./invoice-lines";

const rules = rulesWith({
  tax: { labor: toBasisPoints(0), parts: toBasisPoints(725), fees: toBasisPoints(0), outside: toBasisPoints(0) },
  supplies: { kind: "share", of: "labor", rate: toBasisPoints(600), most: usd(10), taxed: false },
});
const line = (n: number, kind: LineKind, hours: number, each: number) => orderLine(n, each, { kind, quantity: toQuantity(hours * 1_000), cost: usd(1.23) });
const facts = (unit: string, order: number) => ({
  orderId: newId("workOrder"),
  order,
  title: "Brakes",
  unit,
  unitFacts: noParties.unitFacts,
  purchaseOrder: null,
  rulesVersion: 1,
});
const groupWith = (lines: readonly OrderLine[], more: Partial<Order> = {}, of = facts("101", 1_000)) => {
  const order = orderOf({ jobs: [jobOf(1, lines, { cause: "Worn", correction: "Replaced" })], rules, ...more });
  return groupOf(of, order, billedIn(order, TODAY));
};
const pricesIn = ({ jobs }: ReturnType<typeof groupOf>) => jobs.flatMap((job) => job.lines.map(({ text, price, reason }) => [text, price / 100, reason]));

describe("an order on an invoice", () => {
  it("is charged by itself, then added to the others", () => {
    const first = groupWith([line(1, "labor", 2, 145), line(2, "part", 1, 10), line(3, "part", 1, 10)]);
    const second = groupWith([line(1, "labor", 1, 145)], {}, facts("102", 1_001));
    // 7.25 % of 10.10 is 0.73 on each line; together it would have been 1.46 or 1.47. The cap on supplies holds per order.
    expect(first.charges).toMatchObject({ supplies: 10_00, tax: 1_46, total: 290_00 + 20_00 + 10_00 + 1_46 });
    expect(second.charges).toMatchObject({ supplies: 8_70, total: 153_70 });
    expect(chargesOfAll([first, second])).toMatchObject({ labor: 435_00, parts: 20_00, supplies: 18_70, tax: 1_46, total: first.charges.total + 153_70 });
    expect(groupWith([line(1, "part", 1, 10)], { taxExempt: true }).charges.tax).toBe(0);
  });

  it("holds no cost and no cause, and nothing of what the order keeps about a line", () => {
    const group = groupWith([line(1, "part", 1, 10), { ...offeredLine(2, 20), revivedFrom: newId("line") }]);
    expect(JSON.stringify(group)).not.toMatch(/cost|123|Worn|offer|quoted|revived|writtenIn|vendorJob/);
  });

  it("lists what the customer declined without a price, and marks what concerns safety", () => {
    const lines = [line(1, "labor", 1, 145), line(2, "labor", 1, 90), { ...line(3, "part", 1, 10), safety: true as const }];
    const group = groupWith(lines, { decisions: [decisionOn(2, "declined"), decisionOn(3, "declined")] });
    expect(pricesIn(group)).toEqual([["Line 1", 145, undefined]]);
    expect(group.declined).toEqual([
      { text: "Line 2", safety: false },
      { text: "Line 3", safety: true },
    ]);
    expect(group.charges).toMatchObject({ labor: 145_00, parts: 0, supplies: 8_70, tax: 0 });
  });

  it("bills warranty and internal work at nothing with the reason, and the shop's override without one", () => {
    const lines = [line(1, "labor", 1, 145), line(2, "labor", 1, 90), line(3, "labor", 1, 50)];
    const decisions = [
      decisionOn(1, "reasoned", 145, { ground: "warranty", reason: "Failed after a week" }),
      decisionOn(2, "reasoned", 90, { ground: "internal", reason: "Yard truck" }),
      decisionOn(3, "reasoned", 50, { ground: "override", reason: "Seized bolts" }),
    ];
    const group = groupWith(lines, { decisions });
    expect(pricesIn(group)).toEqual([
      ["Line 1", 0, "Failed after a week"],
      ["Line 2", 0, "Yard truck"],
      ["Line 3", 50, undefined],
    ]);
    expect(group.charges).toMatchObject({ labor: 50_00, supplies: 3_00, total: 53_00 });
  });

  it("leaves out what was not done, and keeps a job without lines for its correction", () => {
    const group = groupWith([{ ...line(1, "labor", 1, 145), done: false }]);
    expect(group).toMatchObject({ jobs: [{ correction: "Replaced", lines: [] }], declined: [], charges: { total: 0 } });
  });
});

describe("orders by unit", () => {
  it("are sorted naturally: 9 before 101", () => {
    const groups = [facts("101", 1_002), facts("9", 1_001), facts("101", 1_000)].map((of) => groupWith([], {}, of));
    expect(byUnit(groups).map(({ unit, order }) => [unit, order])).toEqual([
      ["9", 1_001],
      ["101", 1_000],
      ["101", 1_002],
    ]);
  });
});
