import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { decisionOn, jobId, jobOf, lineId, NOW, offeredLine, orderLine, orderOf, person, TODAY, usd } from "../../../../tests/world/order-values";
import { applied, type Change, type Order } from "../order";
import { movedOnApproval, moveLines } from "./move-lines";
import { answerLines } from "./offer-lines";
import { linesOf } from "./order-authorization";

const to = { id: "wo_2" as Id<"workOrder">, state: "open", now: NOW, today: TODAY } as const;
const newJobIds = () => {
  let count = 10;
  return () => jobId(++count);
};
const moving = (order: Order, change: Change, moved: readonly Id<"line">[]) => moveLines(order, change, moved, { ...to, newJobId: newJobIds() });
const linesIn = (order: Pick<Order, "jobs">) => order.jobs.map(({ lines }) => lines.map(({ id }) => id));

/** Completed with lines 1 done, 2 and 4 not recorded, 3 not done; of job 2, lines 4 and 5 are on the estimate. */
const locked = orderOf({
  state: "completed",
  version: 7,
  completedAt: NOW,
  rulesVersion: 2,
  lead: person(1),
  purchaseOrder: "PO-7",
  most: { standing: usd(10), named: usd(500), approved: usd(100) },
  jobs: [
    jobOf(1, [orderLine(1, 100, { done: true }), offeredLine(2, 50), orderLine(3, 20, { done: false })], {
      cause: "Chafed",
      correction: "Replaced",
      technician: person(2),
    }),
    jobOf(2, [offeredLine(4, 70), offeredLine(5, 30)], { complaint: "Horn is silent", correction: "Checked" }),
  ],
  decisions: [decisionOn(1, "approved", 100), decisionOn(5, "declined")],
});
const answer = {
  estimateId: "est_1" as Id<"estimate">,
  revision: 1,
  approved: [
    { id: lineId(2), price: usd(50) },
    { id: lineId(4), price: usd(70) },
  ],
  declined: [lineId(5)],
  unchosen: [],
  asksForChanges: false,
  most: null,
  purchaseOrder: "",
  reason: "",
  by: "Renee",
  how: "portal",
} as const;
const approval = answerLines(locked, answer, NOW, TODAY);

describe("lines that move when an approval comes for a locked order", () => {
  it("are those just approved that nobody recorded as done", () => {
    expect(movedOnApproval(locked, approval)).toEqual([lineId(2), lineId(4)]);
    const done = orderOf({ ...locked, jobs: [jobOf(1, [orderLine(2, 50, { done: true }), orderLine(4, 70, { done: false })])] });
    expect(movedOnApproval(done, approval)).toEqual([lineId(4)]);
    expect(movedOnApproval(locked, { ...approval, decisions: undefined })).toEqual([]);
  });
});

describe("moving lines to another order", () => {
  const { change, follower } = moving(locked, approval, [lineId(2), lineId(4)]);

  it("opens an order of the same unit and customer, with the complaints, as if nothing was done yet", () => {
    expect(follower).toMatchObject({
      id: to.id,
      assetId: locked.assetId,
      customerId: locked.customerId,
      title: "Air leak at rear axle",
      state: "open",
      stateSince: NOW,
      lead: null,
      purchaseOrder: "PO-7",
      completedAt: null,
      rulesVersion: null,
      clocks: [],
      version: 1,
    });
    expect(follower.jobs).toMatchObject([
      { id: jobId(11), position: 1, complaint: "Air leak at rear axle", cause: "", correction: "", technician: null },
      { id: jobId(12), position: 2, complaint: "Horn is silent", correction: "" },
    ]);
  });

  it("names the jobs that go on, and whether something of them was done before", () => {
    expect(moving(locked, approval, [lineId(2), lineId(4)]).continued).toEqual([
      { from: jobId(1), to: jobId(11), wasDone: true },
      { from: jobId(2), to: jobId(12), wasDone: false },
    ]);
  });

  it("keeps the ids and decisions of the lines", () => {
    expect(linesIn(follower)).toEqual([[lineId(2)], [lineId(4)]]);
    expect(linesOf(follower)).toMatchObject([
      { done: null, version: 1, writtenIn: 1, quoted: usd(50), offer: null },
      { done: null, version: 1, writtenIn: 1, quoted: usd(70), offer: null },
    ]);
    expect(follower.decisions.map(({ lineId: of, outcome, amount }) => [of, outcome, amount])).toEqual([
      [lineId(2), "approved", usd(50)],
      [lineId(4), "approved", usd(70)],
    ]);
  });

  it("opens a draft for lines that the customer did not approve", () => {
    expect(moveLines(locked, approval, [lineId(3)], { ...to, state: "draft", newJobId: newJobIds() }).follower).toMatchObject({
      state: "draft",
      decisions: [],
    });
  });

  it("takes along the standing sum, and not what was agreed about the other order", () => {
    expect(follower.most).toEqual({ standing: usd(10), named: null, approved: null });
  });

  it("leaves the other lines and what was written about the work, once each", () => {
    const rest = applied(locked, change);
    expect(linesIn(rest)).toEqual([[lineId(1), lineId(3)], [lineId(5)]]);
    expect(rest.jobs).toMatchObject([{ id: jobId(1), cause: "Chafed", correction: "Replaced" }, { id: jobId(2) }]);
    expect(change.moved).toEqual([lineId(2), lineId(4)]);
    // Line 5 was declined with the same answer.
    expect(linesOf(rest).at(-1)).toMatchObject({ id: lineId(5), offer: null, version: 8 });
  });

  it("leaves a job without lines where all of them move, and one that no line leaves as it is", () => {
    const parts = moving(locked, approval, [lineId(4), lineId(5)]);
    expect(linesIn(applied(locked, parts.change))).toEqual([[lineId(1), lineId(2), lineId(3)], []]);
    expect(linesIn(parts.follower)).toEqual([[lineId(4), lineId(5)]]);
  });
});
