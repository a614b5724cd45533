import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { everything } from "~/modules/customers/contacts/contact-rights";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { decide as decideOrder } from "~/modules/work-orders/decide-order";
import { totalsOf } from "~/modules/work-orders/jobs/totals";
import { decideLine } from "~/modules/work-orders/lines/decide-line";
import { movedOnApproval, moveLines } from "~/modules/work-orders/lines/move-lines";
import { followsCost, placeSublet } from "~/modules/work-orders/lines/sublet-line";
import { applied as orderAfter } from "~/modules/work-orders/order";
import {
  answerCommand,
  attempt,
  authorizationOf,
  byLine,
  done,
  drafted,
  edited,
  emptyDraft,
  jobId,
  line,
  lineId,
  orderWith,
  START,
  send,
  sent,
  totalOf,
  write,
} from "./estimates.fixtures";

const TODAY = "2026-11-22";
describe("two estimates that wait on one order", () => {
  it("can be given to a colleague where the two together pass a contact's limit", () => {
    const order = orderWith([[line(1, { each: toCents(600_00), supplies: false })], [line(2, { each: toCents(600_00), supplies: false })]]);
    const first = sent(order, [1]);
    const second = done(
      done({ ...emptyDraft(first.order), estimate: { ...emptyDraft(first.order).estimate, id: "est_2" as Id<"estimate"> } }, write(first.order, [2])),
      send,
    );
    const afterFirst = done({ ...first, order: second.order }, answerCommand());
    const both = { ...second, order: afterFirst.order };
    const rights = { ...everything, decideLimit: toCents(1_000_00) };
    const answer = attempt(both, answerCommand(), START, rights);
    expect(answer).toMatchObject({ ok: false, error: { kind: "right" } });
    expect(attempt(both, { intent: "ask-colleague", revision: 1, by: "Renee" }, START, rights)).toMatchObject({ ok: true });
  });
});

describe("a line whose price nobody knows yet", () => {
  it("is not approved at nothing by phone", () => {
    const order = orderWith([[line(1, { kind: "outside", each: toCents(0), cost: null })]]);
    const open = { ...order, jobs: order.jobs.map((job) => ({ ...job, lines: job.lines.map((one) => ({ ...one, priceOpen: true, priceFollows: true })) })) };
    const decided = decideLine(open, { lineId: lineId(1), by: "Renee", reason: "", outcome: "approved", how: "phone" }, START, TODAY);
    expect(decided).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  });
});

describe("a sublet line that is chosen for a draft", () => {
  it("still follows the vendor's invoice, because nobody was offered a price", () => {
    const order = orderWith([[line(1, { kind: "outside", each: toCents(0), cost: null })]]);
    const { order: chosen } = drafted(order);
    const placed = placeSublet(chosen, {
      lineId: lineId(1),
      jobId: "job_9" as Id<"job">,
      vendorJobId: "vjb_1" as Id<"vendorJob">,
      text: "Rebuild",
      pricedElsewhere: false,
    });
    if (!placed.ok) throw new Error("refused");
    expect(followsCost(orderAfter(chosen, placed.value), lineId(1))).toBe(true);
  });
});

describe("an approval of a locked order", () => {
  it("takes the limit that was named to the order that the work goes to", () => {
    const written = orderWith([[line(1, { supplies: false })], [line(2, { supplies: false })]]);
    const waiting = sent(written, [1]);
    const open = { ...waiting.order, state: "completed" as const };
    const its = {
      ...waiting,
      order: { ...open, jobs: open.jobs.map((job) => ({ ...job, lines: job.lines.map((one) => ({ ...one, done: one.id !== lineId(1) })) })) },
    };
    expect(authorizationOf(its).over).toBe(100_00);
    const decided = attempt(its, answerCommand({ notToExceed: toCents(1_000_00) }));
    if (!decided.ok || !decided.value.order) throw new Error("refused");
    const moved = movedOnApproval(its.order, decided.value.order);
    expect(moved).toEqual([lineId(1)]);
    const parts = moveLines(its.order, decided.value.order, moved, {
      id: "wo_2" as Id<"workOrder">,
      state: "open",
      now: START,
      today: TODAY,
      newJobId: () => "job_9" as Id<"job">,
    });
    const stays = orderAfter(its.order, parts.change);
    // The line that nobody approved is not authorized by a limit that was named for other work.
    expect(authorizationOf({ order: stays }).over).toBe(100_00);
    expect(parts.follower.most.named).toBe(1_000_00);
  });

  it("leaves a vendor's line on the order that its vendor job names", () => {
    const order = orderWith([[line(1, { kind: "outside" })]]);
    const waiting = sent(order);
    const its = {
      ...waiting.order,
      state: "completed" as const,
      jobs: waiting.order.jobs.map((job) => ({ ...job, lines: job.lines.map((one) => ({ ...one, vendorJobId: "vjb_1" as Id<"vendorJob"> })) })),
    };
    const decided = attempt({ ...waiting, order: its }, answerCommand());
    if (!decided.ok || !decided.value.order) throw new Error("refused");
    expect(movedOnApproval(its, decided.value.order)).toEqual([]);
  });
});

describe("a line at a full discount", () => {
  it("adds the same supplies on the estimate as on the order", () => {
    const rules = { ...firstRules, supplies: { kind: "flat" as const, amount: toCents(25_00), taxed: false } };
    const order = orderWith([[line(1, { discount: toBasisPoints(10_000) })]], { rules: { version: 1, rules } });
    const waiting = sent(order);
    const answered = done(waiting, answerCommand());
    expect(totalOf(waiting)).toBe(totalsOf(answered.order, TODAY).total);
  });
});

describe("a line of another job of the order", () => {
  it("is not taken over by a form that names its id", () => {
    const its = sent();
    const written = { id: jobId(1), complaint: "Complaint 1", cause: "", correction: "", vmrs: null, technician: null, lines: [line(1), line(2), line(3)] };
    expect(decideOrder(its.order, { intent: "save-job", seen: 99, job: written }, START).ok).toBe(false);
  });
});

describe("a declined line", () => {
  it("stays on its order, because it is the unit's deferred work", () => {
    const declined = done(sent(orderWith([[line(1), line(2)]])), answerCommand(byLine([1], [2])));
    const written = { id: jobId(1), complaint: "Complaint 1", cause: "", correction: "", vmrs: null, technician: null, lines: [line(1)] };
    expect(decideOrder(declined.order, { intent: "save-job", seen: 99, job: written }, START).ok).toBe(false);
    expect(decideOrder({ ...declined.order, jobs: declined.order.jobs }, { intent: "remove-job", seen: 99, jobId: jobId(1) }, START).ok).toBe(false);
  });
});

describe("a supplement after a credit was approved", () => {
  it("starts from what the customer agreed to, credits included", () => {
    const order = orderWith([[line(1, { supplies: false }), line(2, { kind: "fee", quantity: toQuantity(-1_000), each: toCents(30_00), supplies: false })]]);
    const agreed = done(sent(order), answerCommand());
    const more = edited(agreed, 2, [line(3, { supplies: false })]);
    const supplement = done(
      done({ ...emptyDraft(more.order), estimate: { ...emptyDraft(more.order).estimate, id: "est_2" as Id<"estimate"> } }, write(more.order, [3])),
      send,
    );
    const answered = attempt(supplement, answerCommand({ notToExceed: toCents(170_00) }));
    expect(answered.ok).toBe(true);
    const { snapshot } = supplement.estimate.revisions[0]?.offer ?? expect.fail("not sent");
    const before = snapshot.agreed.reduce((sum, { price }) => sum + price, 0);
    expect(before).toBe(70_00);
  });
});
