import { describe, expect, it } from "vitest";
import { toBasisPoints } from "~/kernel/money";
import type { Supplies } from "~/modules/organizations/shop-rules/charges";
import { decisionOn, jobOf, lineId, orderLine, orderOf, rulesWith, TODAY, usd } from "../../../../tests/world/order-values";
import { totalsOf } from "../jobs/totals";
import type { Order } from "../order";
import type { LineDecision } from "./line-decision";
import { authorizationIn, billedIn, chargedOf, totalUnder } from "./order-authorization";

const withSupplies = (supplies: Supplies) => rulesWith({ supplies });
const flat = withSupplies({ kind: "flat", amount: usd(30), taxed: false });
const share = withSupplies({ kind: "share", of: "labor", rate: toBasisPoints(1_000), most: usd(25), taxed: false });
const reasoned = (n: number, ground: NonNullable<LineDecision["ground"]>, dollars: number, reason = "Our mistake") =>
  decisionOn(n, "reasoned", dollars, { ground, reason });
const within = (dollars: number): Order["most"] => ({ standing: usd(dollars), named: null, approved: null });
const coveredIn = (order: Order) => [...authorizationIn(order, TODAY).lines.values()].map(({ covered }) => covered / 100);
const chargesIn = (order: Order) => {
  const { supplies, total } = totalsOf(order, TODAY);
  return { supplies: supplies / 100, total: total / 100 };
};

describe("what the customer agreed to at most", () => {
  const lines = [orderLine(1, 100), orderLine(2, 100), orderLine(3, 100)];

  it("covers lines with the flat supplies of the order, which are charged once", () => {
    const order = (most: number) => orderOf({ jobs: [jobOf(1, lines)], rules: flat, most: within(most) });
    expect(coveredIn(order(229.99))).toEqual([100, 0, 0]);
    expect(coveredIn(order(230))).toEqual([100, 100, 0]);
    expect(coveredIn(order(330))).toEqual([100, 100, 100]);
  });

  it("covers lines with their share of supplies up to its cap", () => {
    const order = (most: number) => orderOf({ jobs: [jobOf(1, lines)], rules: share, most: within(most) });
    expect(coveredIn(order(219.99))).toEqual([100, 0, 0]);
    expect(coveredIn(order(220))).toEqual([100, 100, 0]);
    // The third hour brings the supplies to their cap of 25, not to 30.
    expect(coveredIn(order(325))).toEqual([100, 100, 100]);
  });

  it("covers lines with their tax, except for an exempt customer", () => {
    const rules = rulesWith({ tax: { ...flat.rules.tax, labor: toBasisPoints(1_000) } });
    const order = (taxExempt: boolean) => orderOf({ jobs: [jobOf(1, lines)], rules, taxExempt, most: within(210) });
    expect(coveredIn(order(false))).toEqual([100, 0, 0]);
    expect(coveredIn(order(true))).toEqual([100, 100, 0]);
  });

  it("covers lines in the order of writing, not of their places on the order", () => {
    const jobs = [jobOf(1, [orderLine(1, 100, { writtenIn: 3 })]), jobOf(2, [orderLine(2, 100, { writtenIn: 2 })])];
    const { lines: its } = authorizationIn(orderOf({ jobs, most: within(100) }), TODAY);
    expect([its.get(lineId(1))?.covered, its.get(lineId(2))?.covered]).toEqual([0, usd(100)]);
  });
});

describe("lines that the customer pays", () => {
  const lines = [orderLine(1, 100), orderLine(2, 200)];
  const order = (more: Partial<Order>) => orderOf({ jobs: [jobOf(1, lines)], rules: share, ...more });
  const billed = (of: Order) => billedIn(of, TODAY).jobs.flatMap((job) => job.lines.map(({ id, toBill, reason }) => [id, toBill / 100, reason]));

  it("are all that nobody declined", () => {
    expect(billed(order({}))).toEqual([
      [lineId(1), 100, null],
      [lineId(2), 200, null],
    ]);
    expect(chargesIn(order({}))).toEqual({ supplies: 25, total: 325 });
  });

  it("leave out declined lines, which are listed apart, unchosen ones and those that were not done", () => {
    for (const [of, declined] of [
      [order({ decisions: [decisionOn(2, "declined")] }), 1],
      [order({ decisions: [decisionOn(2, "unchosen")] }), 0],
      [order({ jobs: [jobOf(1, [orderLine(1, 100, { done: true }), orderLine(2, 200, { done: false })])] }), 0],
    ] as const) {
      expect(billed(of)).toEqual([[lineId(1), 100, null]]);
      expect(billedIn(of, TODAY).declined).toHaveLength(declined);
      expect(chargesIn(of)).toEqual({ supplies: 10, total: 110 });
    }
  });

  it("include warranty and internal work at nothing, with the reason and without supplies", () => {
    for (const ground of ["warranty", "internal"] as const) {
      const free = order({ decisions: [reasoned(2, ground, 200, "Failed after a week")] });
      expect(billed(free)).toEqual([
        [lineId(1), 100, null],
        [lineId(2), 0, "Failed after a week"],
      ]);
      expect(chargesIn(free)).toEqual({ supplies: 10, total: 110 });
    }
  });

  it("charge no flat supplies where all work is warranty or not done", () => {
    const all = [reasoned(1, "warranty", 100), reasoned(2, "internal", 200)];
    expect(chargesIn(order({ rules: flat }))).toEqual({ supplies: 30, total: 330 });
    expect(chargesIn(order({ rules: flat, decisions: all }))).toEqual({ supplies: 0, total: 0 });
    const undone = [orderLine(1, 100, { done: false }), orderLine(2, 200, { done: false })];
    expect(chargesIn(order({ rules: flat, jobs: [jobOf(1, undone)] }))).toEqual({ supplies: 0, total: 0 });
  });

  it("include an overridden line in full, with its newest reason", () => {
    const decisions = [reasoned(2, "override", 150, "Seized bolts"), { ...reasoned(2, "override", 200, "Broken studs"), sequence: 2 }];
    expect(billed(order({ decisions }))).toContainEqual([lineId(2), 200, "Broken studs"]);
  });

  it("are not counted for supplies by a line that does not count", () => {
    const uncounted = order({ jobs: [jobOf(1, [orderLine(1, 100), orderLine(2, 200, { supplies: false })])] });
    expect(chargesIn(uncounted)).toEqual({ supplies: 10, total: 310 });
  });

  it("leave a job with nothing to bill, because its correction describes what was done", () => {
    const two = orderOf({ jobs: [jobOf(1, [orderLine(1, 100)]), jobOf(2, [], { correction: "Tightened" })], decisions: [decisionOn(1, "declined")] });
    expect(billedIn(two, TODAY).jobs).toMatchObject([{ lines: [] }, { correction: "Tightened", lines: [] }]);
  });

  it("are billed at the total that the agreed most is compared with", () => {
    const of = order({ decisions: [decisionOn(2, "declined")] });
    const { jobs } = billedIn(of, TODAY);
    const priced = jobs.flatMap((job) => job.lines.map((line) => ({ line: { ...line, price: line.toBill }, price: line.toBill })));
    expect(chargedOf(jobs)).toHaveLength(1);
    expect(totalUnder(of)(priced)).toBe(totalsOf(of, TODAY).total);
  });
});

describe("work on the shop's own fleet", () => {
  it("is charged at nothing, and asks nobody, whatever the standing sum is", () => {
    const lines = [orderLine(1, 400), orderLine(2, 300, { done: false })];
    const own = orderOf({ jobs: [jobOf(1, lines)], rules: flat, most: within(100), isInternal: true });
    expect(authorizationIn(own, TODAY)).toMatchObject({ toBill: 0, over: 0, overLines: 0, authorized: 0, applies: false });
    expect(chargesIn(own)).toEqual({ supplies: 0, total: 0 });
    expect(billedIn(own, TODAY).jobs.flatMap(({ lines: billed }) => billed.map(({ id, toBill }) => [id, toBill]))).toEqual([[lineId(1), 0]]);
    expect(authorizationIn({ ...own, isInternal: false }, TODAY)).toMatchObject({ toBill: 400_00, over: 400_00, applies: true });
  });
});
