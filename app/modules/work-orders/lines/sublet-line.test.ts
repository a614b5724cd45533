import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { changeOf, decisionOn, jobId, jobOf, lineId, offeredLine, orderLine, orderOf, refusalOf, usd } from "../../../../tests/world/order-values";
import type { OrderLine } from "../jobs/job";
import { applied, type Order } from "../order";
import { linesOf } from "./order-authorization";
import { dropSublet, followsCost, placeSublet, type SubletCost, setSubletCost } from "./sublet-line";

const vendorJobId = "vj_1" as Id<"vendorJob">;
const outside = (dollars: number, more: Partial<OrderLine> = {}) => orderLine(1, dollars, { kind: "outside", text: "Rebuild", supplies: false, ...more });
const orderWith = (...lines: OrderLine[]) => orderOf({ state: "in-progress", version: 4, jobs: [jobOf(1, lines)] });
const sublet = { lineId: lineId(1), jobId: jobId(9), vendorJobId, text: "Rebuild", pricedElsewhere: false };
const placed = (order: Order, more: Partial<typeof sublet> = {}) => applied(order, changeOf(placeSublet(order, { ...sublet, ...more })));
const costing = (order: Order, more: Partial<SubletCost>) => applied(order, setSubletCost(order, { ...sublet, cost: usd(500), price: usd(600), ...more }));
const lineIn = (order: Order) => linesOf(order).find(({ id }) => id === lineId(1));

describe("the line of outside work", () => {
  it("is added to the job that is not finished, with an open price that follows the vendor's invoice", () => {
    const order = orderOf({ version: 4, jobs: [jobOf(1, [], { correction: "Done" }), jobOf(2, [orderLine(2, 100)])] });
    const next = placed(order);
    expect(next.jobs.map(({ lines }) => lines.map(({ id }) => id))).toEqual([[], [lineId(2), lineId(1)]]);
    expect(lineIn(next)).toMatchObject({
      kind: "outside",
      text: "Rebuild",
      each: 0,
      cost: null,
      vendorJobId,
      priceFollows: true,
      priceOpen: true,
      version: 5,
      writtenIn: 5,
    });
  });

  it("costs the customer nothing where the shop priced the work in other lines", () => {
    expect(lineIn(placed(orderWith(), { pricedElsewhere: true }))).toMatchObject({ each: 0, priceFollows: false, priceOpen: false });
  });

  it("is the order's own where one was chosen, at the price that it has", () => {
    expect(lineIn(placed(orderWith(outside(800))))).toMatchObject({ each: usd(800), vendorJobId, priceFollows: false, priceOpen: false, version: 5 });
    expect(lineIn(placed(orderWith(outside(0))))).toMatchObject({ vendorJobId, priceFollows: true, priceOpen: true });
  });

  it("is added, with a job for it, to an order whose jobs were all removed", () => {
    expect(lineIn(placed(orderOf({ jobs: [] })))).toMatchObject({ vendorJobId });
  });

  it("is refused on a locked order", () => {
    expect(refusalOf(placeSublet({ ...orderWith(), state: "completed" }, sublet))).toMatchObject({ kind: "not-allowed" });
  });
});

describe("the cost of outside work", () => {
  it("brings the customer's price along where that follows it, until the approval is taken back", () => {
    const set = costing(placed(orderWith()), {});
    expect(lineIn(set)).toMatchObject({ cost: usd(500), each: usd(600), priceOpen: false });
    expect(lineIn(costing(set, { cost: null }))).toMatchObject({ cost: null, priceOpen: true });
  });

  it("leaves the price of a line that was written, offered, authorized or declined", () => {
    for (const order of [
      placed(orderWith(outside(800))),
      orderWith({ ...offeredLine(1, 800), priceFollows: true }),
      { ...orderWith(outside(800, { priceFollows: true })), decisions: [decisionOn(1, "approved", 800)] },
      { ...orderWith(outside(800, { priceFollows: true })), decisions: [decisionOn(1, "declined")] },
    ]) {
      expect(followsCost(order, lineId(1))).toBe(false);
      expect(lineIn(costing(order, {}))).toMatchObject({ cost: usd(500), each: usd(800) });
    }
  });

  it("counts on an invoiced order too, whose price stays", () => {
    const order: Order = { ...placed(orderWith()), state: "invoiced" };
    expect(lineIn(costing(order, {}))).toMatchObject({ cost: usd(500), each: 0, priceOpen: false });
  });

  it("counts where the line was removed meanwhile", () => {
    const next = costing(orderWith(orderLine(2, 100)), {});
    expect(linesOf(next).map(({ id, cost }) => [id, cost])).toEqual([
      [lineId(2), null],
      [lineId(1), usd(500)],
    ]);
  });
});

describe("outside work that ends without a cost", () => {
  const dropped = (order: Order) => applied(order, changeOf(dropSublet(order, lineId(1))));

  it("takes its line off the order", () => {
    const order = placed(orderWith(orderLine(2, 100)));
    expect(linesOf(dropped(order)).map(({ id }) => id)).toEqual([lineId(2)]);
    expect(refusalOf(dropSublet(dropped(order), lineId(1)))).toEqual({ kind: "stale" });
  });

  it("leaves a line that was priced, offered or decided, for the shop to do itself", () => {
    const bare = outside(0, { vendorJobId, priceFollows: true, priceOpen: true });
    for (const order of [
      orderWith({ ...bare, each: usd(800) }),
      orderWith({ ...bare, offer: offeredLine(1, 0).offer }),
      { ...orderWith(bare), decisions: [decisionOn(1, "declined")] },
    ])
      expect(lineIn(dropped(order))).toMatchObject({ vendorJobId: null, priceFollows: false, priceOpen: false });
  });
});
