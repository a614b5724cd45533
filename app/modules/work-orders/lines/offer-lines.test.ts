import { describe, expect, it } from "vitest";
import { toBasisPoints } from "~/kernel/money";
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
  rulesWith,
  START,
  TODAY,
  TOMORROW,
  usd,
  YESTERDAY,
} from "../../../../tests/world/order-values";
import { applied, type Change, type Order } from "../order";
import { jobsWith } from "./jobs-with";
import { agreedTotal, answerLines, bindLines, type LineAnswer, offerLines, withdrawLines } from "./offer-lines";
import { linesOf } from "./order-authorization";

const [first, second] = [estimateId(1), estimateId(2)];
const plain = orderOf({ version: 4, jobs: [jobOf(1, [orderLine(1, 100), orderLine(2, 50)]), jobOf(2, [orderLine(3, 20)])] });
const drafted = (n: number, dollars: number) =>
  orderLine(n, dollars, { offer: { estimateId: first, price: null, validThrough: null, isOpen: false, quotedBefore: null } });
const offersOf = (order: Order) => linesOf(order).map(({ offer }) => offer && [offer.estimateId, offer.price, offer.isOpen]);
const orderAfter = (order: Order, change: Change) => applied(order, change);

describe("jobs with other lines", () => {
  it("are the ones of which a line changed, at the order's next version", () => {
    const jobs = jobsWith(plain, (line) => (line.id === lineId(2) ? { ...line, done: true } : line));
    expect(jobs.map(({ id, lines }) => [id, lines.map(({ version }) => version)])).toEqual([[plain.jobs[0]?.id, [1, 5]]]);
    expect(jobsWith(plain, (line) => line)).toEqual([]);
  });
});

describe("choosing lines for a draft", () => {
  it("puts them on it, and takes others that were never sent off it", () => {
    const order = orderOf({ jobs: [jobOf(1, [drafted(1, 100), offeredLine(2, 50), orderLine(3, 20)])] });
    const chosen = orderAfter(order, changeOf(bindLines(order, first, [lineId(3)])));
    expect(offersOf(chosen)).toEqual([null, [first, usd(50), true], [first, null, false]]);
    expect(linesOf(chosen).map(({ quoted }) => quoted)).toEqual([null, usd(50), null]);
  });

  it("leaves a line that was sent on the same estimate as it was sent", () => {
    const order = orderOf({ jobs: [jobOf(1, [offeredLine(1, 100)])] });
    expect(changeOf(bindLines(order, first, [lineId(1)])).jobs).toEqual([]);
  });

  it("refuses a line of another estimate, one that is gone, and a locked order", () => {
    const order = orderOf({ jobs: [jobOf(1, [drafted(1, 100), orderLine(2, 50)])] });
    expect(refusalOf(bindLines(order, second, [lineId(1), lineId(2)]))).toEqual({ kind: "not-allowed", message: expect.stringContaining('"Line 1"') });
    expect(refusalOf(bindLines(order, second, [lineId(9)]))).toEqual({ kind: "stale" });
    expect(refusalOf(bindLines({ ...order, state: "completed" }, first, [lineId(2)]))).toMatchObject({ kind: "not-allowed" });
  });
});

describe("sending an estimate", () => {
  const offer = { estimateId: first, lines: [lineId(1), lineId(3)], validThrough: TOMORROW };

  it("offers lines at their present prices, with discount", () => {
    const cheaper = orderOf({ jobs: [jobOf(1, [orderLine(1, 100, { discount: toBasisPoints(1_000) })])] });
    const sent = orderAfter(cheaper, changeOf(offerLines(cheaper, { ...offer, lines: [lineId(1)] })));
    expect(linesOf(sent)).toMatchObject([{ quoted: usd(90), offer: { estimateId: first, price: usd(90), validThrough: TOMORROW, isOpen: true } }]);
  });

  it("frees lines of the estimate that are not sent again, and leaves those of other estimates", () => {
    const order = orderOf({ jobs: [jobOf(1, [offeredLine(1, 100), offeredLine(2, 50), offeredLine(3, 20, { estimateId: second })])] });
    const sent = orderAfter(order, changeOf(offerLines(order, { ...offer, lines: [lineId(1)] })));
    expect(offersOf(sent)).toEqual([[first, usd(100), true], null, [second, usd(20), true]]);
    expect(linesOf(sent).map(({ quoted }) => quoted)).toEqual([usd(100), null, usd(20)]);
  });

  it("names the lines in the activity, and is refused on a locked order", () => {
    expect(changeOf(offerLines(plain, offer)).event.body).toMatchObject({ lines: ["Line 1", "Line 3"] });
    expect(refusalOf(offerLines({ ...plain, state: "invoiced" }, offer))).toMatchObject({ kind: "not-allowed" });
  });
});

describe("withdrawing an estimate", () => {
  const lines = [offeredLine(1, 100), drafted(2, 50), offeredLine(3, 20, { estimateId: second })];

  it("frees its lines, as if they had never been quoted", () => {
    const order = orderOf({ jobs: [jobOf(1, lines)] });
    const withdrawn = orderAfter(order, changeOf(withdrawLines(order, first, NOW, TODAY)));
    expect(offersOf(withdrawn)).toEqual([null, null, [second, usd(20), true]]);
    expect(linesOf(withdrawn).map(({ quoted }) => quoted)).toEqual([null, null, usd(20)]);
  });

  it("ends a hold for approval with the last open offer, back to the state before it", () => {
    const held = orderOf({ state: "on-hold", holdReason: "approval", heldFrom: "in-progress", jobs: [jobOf(1, lines)] });
    const one = orderAfter(held, changeOf(withdrawLines(held, first, NOW, TODAY)));
    expect(one).toMatchObject({ state: "on-hold", holdReason: "approval" });
    expect(orderAfter(one, changeOf(withdrawLines(one, second, NOW, TODAY)))).toMatchObject({
      state: "in-progress",
      holdReason: null,
      heldFrom: null,
      stateSince: NOW,
    });
    // An offer that expired doesn't wait for an answer.
    const expired = { ...held, jobs: [jobOf(1, [offeredLine(1, 100), offeredLine(3, 20, { estimateId: second, validThrough: YESTERDAY })])] };
    expect(orderAfter(expired, changeOf(withdrawLines(expired, first, NOW, TODAY)))).toMatchObject({ state: "in-progress" });
    const forParts = { ...held, holdReason: "parts" as const };
    expect(orderAfter(forParts, changeOf(withdrawLines(forParts, first, NOW, TODAY)))).toMatchObject({ state: "on-hold", holdReason: "parts" });
  });
});

describe("answering an estimate", () => {
  const answer = (more: Partial<LineAnswer>): LineAnswer => ({
    estimateId: first,
    revision: 2,
    approved: [],
    declined: [],
    unchosen: [],
    asksForChanges: false,
    most: null,
    purchaseOrder: "",
    reason: "",
    by: "Renee",
    how: "portal",
    ...more,
  });
  const order = orderOf({ version: 4, jobs: [jobOf(1, [offeredLine(1, 100), offeredLine(2, 50), orderLine(3, 20)])] });
  const answered = (of: Order, more: Partial<LineAnswer>) => answerLines(of, answer(more), NOW, TODAY);
  const both = { approved: [{ id: lineId(1), price: usd(100) }], declined: [lineId(2)] };

  it("authorizes the sent price, declines the rest, and takes both off the estimate", () => {
    const grown = orderOf({ jobs: [jobOf(1, [{ ...offeredLine(1, 100), each: usd(130) }, offeredLine(2, 50), orderLine(3, 20)])] });
    const change = answered(grown, { ...both, reason: "Too much" });
    const common = { sequence: 1, estimateId: first, revision: 2, by: "Renee", how: "portal", splits: false, reason: "Too much", at: NOW, ground: null };
    expect(change.decisions).toEqual([
      { lineId: lineId(1), outcome: "approved", amount: usd(100), ...common },
      { lineId: lineId(2), outcome: "declined", amount: 0, ...common },
    ]);
    const next = orderAfter(grown, change);
    expect(linesOf(next).map(({ offer, quoted }) => [offer, quoted])).toEqual([
      [null, usd(100)],
      [null, usd(50)],
      [null, null],
    ]);
    expect(change.event.body).toMatchObject({ who: "Renee", approved: ["Line 1"], declined: ["Line 2"] });
  });

  it("declines only the difference of a line that was approved before", () => {
    const supplement = { ...order, decisions: [decisionOn(2, "approved", 40)] };
    expect(answered(supplement, both).decisions?.map(({ sequence, outcome, amount }) => [sequence, outcome, amount])).toEqual([
      [1, "approved", usd(100)],
      [2, "difference-declined", 0],
    ]);
  });

  it("decides nothing about lines that are not on this estimate", () => {
    const other = orderOf({ jobs: [jobOf(1, [orderLine(1, 100), offeredLine(2, 50, { estimateId: second })])] });
    expect(answered(other, both)).toMatchObject({ decisions: [], jobs: [] });
  });

  it("leaves the lines bound, but not open, while the customer wants changes", () => {
    const change = answered(order, { asksForChanges: true });
    expect(change.decisions).toEqual([]);
    expect(offersOf(orderAfter(order, change))).toEqual([[first, usd(100), false], [first, usd(50), false], null]);
  });

  it("ends a hold for approval, also where the customer wants changes", () => {
    const held: Order = { ...order, state: "on-hold", holdReason: "approval", heldFrom: "open" };
    for (const more of [both, { asksForChanges: true }, { declined: [lineId(1), lineId(2)] }])
      expect(orderAfter(held, answered(held, more))).toMatchObject({ state: "open", holdReason: null, heldFrom: null });
    expect(orderAfter(held, answered(held, { declined: [lineId(1)] }))).toMatchObject({ state: "on-hold" });
  });

  it("opens a draft and fills an empty purchase order, if something is approved", () => {
    const draft: Order = { ...order, state: "draft" };
    expect(orderAfter(draft, answered(draft, { ...both, purchaseOrder: "PO-7" }))).toMatchObject({
      state: "open",
      stateSince: NOW,
      purchaseOrder: "PO-7",
      headVersion: 5,
    });
    expect(orderAfter(draft, answered(draft, { declined: [lineId(1)], purchaseOrder: "PO-7" }))).toMatchObject({
      state: "draft",
      stateSince: START,
      purchaseOrder: null,
    });
    const theirs = { ...order, purchaseOrder: "PO-1" };
    expect(orderAfter(theirs, answered(theirs, { ...both, purchaseOrder: "PO-7" }))).toMatchObject({ purchaseOrder: "PO-1", headVersion: 1 });
  });

  it("keeps what the customer agreed to at most: the total now approved, and the most they named", () => {
    expect(answered(order, both).order?.most).toEqual({ standing: null, named: null, approved: usd(100) });
    // The most they named before covers line 3.
    const named = { ...order, most: { standing: usd(10), named: usd(300), approved: usd(30) } };
    expect(answered(named, { ...both, most: usd(500) }).order?.most).toEqual({ standing: usd(10), named: usd(500), approved: usd(120) });
    expect(answered(named, both).order?.most).toEqual({ standing: usd(10), named: usd(300), approved: usd(120) });
    expect(answered(named, { declined: [lineId(1)], most: usd(500) }).order?.most).toEqual(named.most);
  });
});

describe("the total that a customer has agreed to", () => {
  it("is what was authorized or covered before, and what is approved now", () => {
    const lines = [orderLine(1, 100), orderLine(2, 50), orderLine(3, 20), orderLine(4, 10)];
    const order = orderOf({ jobs: [jobOf(1, lines)], decisions: [decisionOn(1, "approved", 90)], most: { standing: usd(150), named: null, approved: null } });
    // 90 authorized, 10 it grew by and 50 of line 2 covered; line 3 does not fit any more, and line 4 comes after it.
    expect(agreedTotal(order, [], TODAY)).toBe(usd(150));
    expect(agreedTotal(order, [decisionOn(3, "approved", 20)], TODAY)).toBe(usd(170));
    expect(agreedTotal(order, [decisionOn(1, "declined", 0, { sequence: 2 })], TODAY)).toBe(usd(50));
  });

  it("includes supplies and tax, and no line at nothing counts for them", () => {
    const rules = rulesWith({ supplies: { kind: "flat", amount: usd(12), taxed: false } });
    const order = orderOf({ jobs: [jobOf(1, [orderLine(1, 100), orderLine(2, 0)])], rules });
    expect(agreedTotal(order, [], TODAY)).toBe(0);
    expect(agreedTotal(order, [decisionOn(1, "approved", 100)], TODAY)).toBe(usd(112));
    expect(agreedTotal(order, [decisionOn(2, "approved", 0)], TODAY)).toBe(0);
  });
});
