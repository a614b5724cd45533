import { describe, expect, it } from "vitest";
import {
  changeOf,
  decisionOn,
  estimateId,
  jobOf,
  lineId,
  NOW,
  offeredLine,
  orderLine,
  orderOf,
  refusalOf,
  TODAY,
  usd,
  YESTERDAY,
} from "../../../../tests/world/order-values";
import { applied, type Order } from "../order";
import { decideLine, type LineCommand } from "./decide-line";
import { authorizationIn } from "./order-authorization";

const approve = (n: number, reason = ""): LineCommand => ({ lineId: lineId(n), by: "Renee", reason, outcome: "approved", how: "phone" });
const decline = (n: number, reason = ""): LineCommand => ({ ...approve(n, reason), outcome: "declined", how: "in person" });
const reasoned = (n: number, ground: "override" | "warranty" | "internal", reason = "Our mistake"): LineCommand => ({
  lineId: lineId(n),
  by: "Joan",
  reason,
  outcome: "reasoned",
  ground,
});
const changed = (order: Order, command: LineCommand) => changeOf(decideLine(order, command, NOW, TODAY));
const orderAfter = (order: Order, command: LineCommand) => applied(order, changed(order, command));
const refused = (order: Order, command: LineCommand) => refusalOf(decideLine(order, command, NOW, TODAY));
const sumsOf = (order: Order) => {
  const { authorized, toBill, over } = authorizationIn(order, TODAY);
  return { authorized: authorized / 100, toBill: toBill / 100, over: over / 100 };
};

const order = orderOf({ jobs: [jobOf(1, [orderLine(1, 100), orderLine(2, 50)])] });

describe("recording a customer's answer about one line", () => {
  it("approves it at its present price, which the customer then agreed to", () => {
    const change = changed(order, approve(1));
    expect(change.decisions).toEqual([decisionOn(1, "approved", 100, { how: "phone", at: NOW })]);
    const approved = applied(order, change);
    expect(approved.most).toEqual({ standing: null, named: null, approved: usd(100) });
    expect(sumsOf(approved)).toEqual({ authorized: 100, toBill: 150, over: 50 });
  });

  it("declines it, so that it is not billed", () => {
    expect(sumsOf(orderAfter(orderAfter(order, approve(1)), decline(2)))).toEqual({ authorized: 100, toBill: 100, over: 0 });
  });

  it("counts decisions by line, and adds the later one", () => {
    const twice = orderAfter(orderAfter(orderAfter(order, approve(1)), decline(1, "Changed their mind")), approve(1));
    expect(twice.decisions.map(({ sequence, outcome }) => [sequence, outcome])).toEqual([
      [1, "approved"],
      [2, "declined"],
      [3, "approved"],
    ]);
    expect(sumsOf(twice)).toEqual({ authorized: 100, toBill: 150, over: 50 });
  });

  it("lowers what was approved by a withdrawn line, and keeps a limit while a line of the answer that named it is approved", () => {
    const both = orderOf({
      jobs: [jobOf(1, [orderLine(1, 400), orderLine(2, 300), orderLine(3, 50)])],
      decisions: [1, 2].map((n) => decisionOn(n, "approved", n === 1 ? 400 : 300, { estimateId: estimateId(1), revision: 1 })),
      most: { standing: null, named: usd(900), approved: usd(700) },
      mostNamedOn: estimateId(1),
    });
    expect(sumsOf(both)).toEqual({ authorized: 750, toBill: 750, over: 0 });
    const one = orderAfter(both, decline(2, "Too dear"));
    expect(one).toMatchObject({ most: { named: usd(900), approved: usd(400) }, mostNamedOn: estimateId(1) });
    expect(sumsOf(one)).toEqual({ authorized: 450, toBill: 450, over: 0 });
    const none = orderAfter(one, decline(1, "Sold"));
    expect(none).toMatchObject({ most: { named: null, approved: null }, mostNamedOn: null });
    expect(sumsOf(none)).toEqual({ authorized: 0, toBill: 50, over: 50 });
  });

  it("keeps a limit when a line is withdrawn that another answer approved, and ends it with its own", () => {
    const two = orderOf({
      jobs: [jobOf(1, [orderLine(1, 400), orderLine(2, 300)])],
      decisions: [decisionOn(1, "approved", 400, { estimateId: estimateId(1) }), decisionOn(2, "approved", 300, { estimateId: estimateId(2) })],
      most: { standing: null, named: usd(900), approved: usd(700) },
      mostNamedOn: estimateId(2),
    });
    expect(orderAfter(two, decline(1, "Later")).most).toEqual({ standing: null, named: usd(900), approved: usd(300) });
    expect(orderAfter(two, decline(2, "Later")).most).toEqual({ standing: null, named: null, approved: usd(400) });
  });

  it("needs a reason to change an approval, and withdrawing the only one ends what was agreed", () => {
    const named = orderAfter({ ...order, most: { standing: usd(20), named: usd(500), approved: null } }, approve(1));
    expect(named.most).toEqual({ standing: usd(20), named: usd(500), approved: usd(150) });
    for (const command of [decline(1), approve(1)]) expect(refused(named, command)).toEqual({ kind: "no-reason" });
    expect(orderAfter(named, decline(1, "Too dear")).most).toEqual({ standing: usd(20), named: null, approved: null });
  });

  it("is refused while an estimate with the line waits for an answer, not once that expired or the customer wants changes", () => {
    const offered = (offer: Parameters<typeof offeredLine>[2] = {}) => orderOf({ jobs: [jobOf(1, [offeredLine(1, 100, offer)])] });
    expect(refused(offered(), approve(1))).toEqual({ kind: "not-allowed", message: expect.stringContaining("waits for an answer") });
    expect(refused(offered({ validThrough: YESTERDAY }), approve(1))).toBeNull();
    expect(refused(offered({ isOpen: false }), approve(1))).toBeNull();
  });

  it("is possible until the order is invoiced", () => {
    expect(refused({ ...order, state: "completed" }, decline(1))).toBeNull();
    for (const state of ["invoiced", "canceled"] as const) expect(refused({ ...order, state }, decline(1))).toMatchObject({ kind: "not-allowed" });
    expect(refused(order, approve(9))).toEqual({ kind: "not-found" });
  });
});

describe("the shop's own decision about a line", () => {
  it("needs a reason", () => {
    for (const ground of ["override", "warranty", "internal"] as const) expect(refused(order, reasoned(1, ground, ""))).toEqual({ kind: "no-reason" });
  });

  it("bills warranty and internal work at nothing", () => {
    for (const ground of ["warranty", "internal"] as const) {
      const free = orderAfter(orderAfter(order, approve(2)), reasoned(1, ground));
      expect(sumsOf(free)).toEqual({ authorized: 50, toBill: 50, over: 0 });
      expect(free.decisions.at(-1)).toMatchObject({ ground, amount: usd(100), reason: "Our mistake", by: "Joan", how: "in person" });
    }
  });

  it("overrides what a line is over, and adds to an earlier override what it grew by since", () => {
    const once = orderAfter(orderAfter(order, approve(2)), reasoned(1, "override"));
    expect(once.decisions.at(-1)).toMatchObject({ amount: usd(100) });
    expect(sumsOf(once)).toEqual({ authorized: 50, toBill: 150, over: 0 });
    const grown = { ...once, jobs: [jobOf(1, [orderLine(1, 130), orderLine(2, 50)])] };
    expect(sumsOf(grown).over).toBe(30);
    const twice = orderAfter(grown, reasoned(1, "override", "Seized bolts"));
    expect(twice.decisions.at(-1)).toMatchObject({ sequence: 2, amount: usd(130) });
    expect(sumsOf(twice).over).toBe(0);
  });

  it("overrides only what an approved line grew by", () => {
    const grown = { ...orderAfter(order, approve(1)), jobs: [jobOf(1, [orderLine(1, 130)])] };
    expect(orderAfter(grown, reasoned(1, "override")).decisions.at(-1)).toMatchObject({ amount: usd(30) });
  });

  it("leaves what the customer agreed to at most, and a declined line as it is", () => {
    const most = { standing: null, named: usd(500), approved: usd(10) };
    expect(orderAfter({ ...order, most }, reasoned(1, "warranty")).most).toEqual(most);
    expect(refused(orderAfter(order, decline(1)), reasoned(1, "override"))).toEqual({ kind: "not-allowed", message: expect.stringContaining("declined") });
  });
});

describe("a line that was offered all or nothing with another", () => {
  const together = (n: number, dollars: number) => orderLine(n, dollars, { quoted: usd(dollars), offeredWith: estimateId(1) });
  const alone = orderLine(3, 30, { quoted: usd(30) });
  const approved = orderOf({
    jobs: [jobOf(1, [together(1, 100), together(2, 50), alone])],
    decisions: [decisionOn(1, "approved", 100), decisionOn(2, "approved", 50), decisionOn(3, "approved", 30)],
  });
  const confirmed = { ...decline(1, "Too dear"), split: true };

  it("is withdrawn by itself only once staff confirm it, and the decision shows it", () => {
    expect(refused(approved, decline(1, "Too dear"))).toMatchObject({ kind: "not-allowed", message: expect.stringMatching(/all or nothing/) });
    const change = changed(approved, confirmed);
    expect(change.decisions).toMatchObject([{ lineId: lineId(1), outcome: "declined", splits: true }]);
    expect(change.event.body).toMatchObject({ splits: true });
  });

  it("needs no confirmation where it joins the others, or they are split already", () => {
    const split = orderAfter(approved, confirmed);
    expect(changed(split, decline(2, "That one too")).decisions?.[0]?.splits).toBe(false);
    expect(changed(split, approve(1, "They want it after all")).decisions?.[0]?.splits).toBe(false);
  });

  it("leaves a line that was offered by itself alone, and the shop's own decisions", () => {
    expect(changed(approved, decline(3, "Not now")).decisions?.[0]?.splits).toBe(false);
    expect(changed(approved, reasoned(1, "warranty")).decisions?.[0]?.splits).toBe(false);
  });
});
