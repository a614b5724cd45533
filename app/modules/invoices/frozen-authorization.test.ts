import { describe, expect, it } from "vitest";
import { billedIn } from "~/modules/work-orders/lines/order-authorization";
import { decisionOn, jobOf, orderLine, orderOf, TODAY, usd } from "../../../tests/world/order-values";
import { describeGrounds, frozenFrom } from "./frozen-authorization";

const frozen = (...[more]: Parameters<typeof orderOf>) => frozenFrom(billedIn(orderOf(more), TODAY));
const inDollars = (of: ReturnType<typeof frozen>) => of && [of.approved / 100, of.covered / 100, of.reasoned / 100];

describe("what was authorized when an invoice was issued", () => {
  it("is nothing where nobody had to agree", () => {
    expect(frozen({ jobs: [jobOf(1, [orderLine(1, 100)])] })).toBeNull();
  });

  it("tells what the customer approved from what their limit covered and what the shop decided", () => {
    const order = {
      jobs: [jobOf(1, [orderLine(1, 1_000), orderLine(2, 150), orderLine(3, 100)])],
      decisions: [decisionOn(1, "approved", 1_000)],
      most: { standing: null, named: usd(1_200), approved: usd(1_000) },
    };
    expect(inDollars(frozen(order))).toEqual([1_000, 150, 100]);
    expect(frozen(order)?.lines.map(({ id, covered }) => [id, covered / 100])).toEqual([
      ["lin_1", 0],
      ["lin_2", 150],
      ["lin_3", 0],
    ]);
  });

  it("counts a line that became cheaper at its price, and leaves out what is not billed", () => {
    const order = {
      jobs: [jobOf(1, [orderLine(1, 80), orderLine(2, 50), orderLine(3, 40)])],
      decisions: [decisionOn(1, "approved", 100), decisionOn(2, "declined"), decisionOn(3, "reasoned", 40, { ground: "warranty", reason: "Our mistake" })],
    };
    expect(inDollars(frozen(order))).toEqual([80, 0, 0]);
  });

  it("is one sentence, short where all was approved", () => {
    const money = (cents: number) => `$${(cents / 100).toFixed(2)}`;
    expect(describeGrounds({ approved: usd(10), covered: usd(0), reasoned: usd(0) }, money)).toBe("$10.00 approved");
    expect(describeGrounds({ approved: usd(10), covered: usd(2), reasoned: usd(1) }, money)).toBe(
      "$10.00 approved, $2.00 within the agreed limit, $1.00 by the shop's decision",
    );
  });
});
