import { describe, expect, it } from "vitest";
import { decisionOn, jobOf, orderLine, orderOf, TODAY, usd } from "../../../../tests/world/order-values";
import { totalsOf, withoutMargin } from "./totals";

const labor = orderLine(1, 145);
const part = orderLine(2, 100, { kind: "part", cost: usd(60) });
const fee = orderLine(3, 12, { kind: "fee" });

describe("the totals of an order", () => {
  it("have as margin the price less cost, before wages, with the number of unknown costs", () => {
    const totals = totalsOf(orderOf({ jobs: [jobOf(1, [labor, part, fee])] }), TODAY);
    expect(totals).toMatchObject({ subtotal: 257_00, cost: 60_00, costUnknown: 1, margin: 197_00 });
  });

  it("leave out what the customer declined, its cost included", () => {
    const order = orderOf({ jobs: [jobOf(1, [labor, part, fee])], decisions: [decisionOn(2, "declined")] });
    expect(totalsOf(order, TODAY)).toMatchObject({ subtotal: 157_00, cost: 0, costUnknown: 1, margin: 157_00 });
  });

  it("keep the cost of warranty work, which nobody pays", () => {
    const order = orderOf({ jobs: [jobOf(1, [labor, part])], decisions: [decisionOn(2, "reasoned", 100, { ground: "warranty", reason: "Failed" })] });
    expect(totalsOf(order, TODAY)).toMatchObject({ subtotal: 145_00, cost: 60_00, margin: 85_00 });
  });

  it("hold no margin for who may not see it, at the same prices", () => {
    const totals = totalsOf(orderOf({ jobs: [jobOf(1, [part])] }), TODAY);
    const summary = withoutMargin(totals);
    expect({ ...summary, cost: totals.cost, costUnknown: totals.costUnknown, margin: totals.margin }).toEqual(totals);
    expect(JSON.stringify(summary)).not.toContain("4000");
    expect(JSON.stringify(summary)).not.toContain("6000");
  });
});
