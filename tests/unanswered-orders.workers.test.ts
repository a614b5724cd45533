import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { DAY, later } from "~/kernel/time";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { estimateStore } from "~/modules/estimates/estimate.store.server";
import { closeUnansweredOrders } from "~/modules/vendor-jobs/close-unanswered.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { expireOffers } from "~/modules/work-orders/lines/expire-offers.server";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { recordLineDecision } from "~/modules/work-orders/lines/record-line-decision.server";
import { reviveLines } from "~/modules/work-orders/lines/revive-lines.server";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { forJob } from "~/platform/scope/scope.server";
import { readBoard } from "~/queries/staff/board.server";
import { readDeferredWork } from "~/queries/staff/estimate-record.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { sweepOffers } from "../workers/background";
import { draftEstimate, type EstimateShop, estimateShop, offered, partLine, phoneAnswer, sendEstimate, writtenOrder } from "./world/estimates";

const ZONE = "Pacific/Chatham";
const jobOf = ({ world, shop }: EstimateShop) => ({ db: scopedDatabase(world.env.TENANTS, forJob(shop.id, "Automatic")), clock: world.clock, zone: ZONE });
const record = async ({ staff }: EstimateShop, id: Id<"workOrder">) => (await readOrderRecord(staff, id)) ?? expect.fail("no order");

/** A quote of two lines on an order, valid for some days more; by default on a draft order. */
async function quoted(its: EstimateShop, { validThrough = "2030-03-10", asDraft = true } = {}) {
  const lines = [partLine("Front drums", 100_00), partLine("Rear drums", 200_00)];
  const { id: order, jobs } = await writtenOrder(its.staff, its.asset, [{ lines }], { asDraft });
  const [job = expect.fail("no job")] = jobs;
  const id = await draftEstimate(its.staff, order, [offered(job)], { validThrough });
  await sendEstimate(its.staff, id);
  return { id, order, lines };
}
const answer = (its: EstimateShop, id: Id<"estimate">, choice: "approve" | "decline") =>
  changeEstimate(its.staff, id, { intent: "answer", revision: 1, from: phoneAnswer.from, answer: { ...phoneAnswer.answer, choice: { kind: choice } } });

describe("a quote that the customer declined", () => {
  it("is canceled with its order by itself, once, and its lines are deferred", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await quoted(its);
    const { world, shop, decider } = its;
    await answer(its, id, "decline");
    await world.drainOutbox(shop);
    const mails = (await world.mail(decider.email)).length;
    expect(await closeUnansweredOrders(jobOf(its))).toBe(1);
    expect(await closeUnansweredOrders(jobOf(its))).toBe(0);
    expect((await record(its, order)).order.state).toBe("canceled");
    expect((await readDeferredWork(its.staff.db, its.asset)).map(({ line, deferredAs }) => [line.id, deferredAs]).sort()).toEqual(
      lines.map((line) => [line.id, "declined"]).sort(),
    );
    const [entry] = await its.staff.db.query({
      from: journal,
      columns: { actor: journal.actor, body: journal.body },
      where: eq(journal.event, "work-order.canceled"),
      limit: 1,
    });
    expect(entry).toMatchObject({ actor: { name: "Automatic" }, body: { why: "Nobody approved its estimates." } });
    await world.drainOutbox(shop);
    expect(await world.mail(decider.email)).toHaveLength(mails);
    expect((await readBoard(its.staff.db, world.clock.now())).map((card) => card.id)).not.toContain(order);
  });
});

describe("a quote that nobody answered", () => {
  it("is canceled 30 days after its last day, in the shop's zone, and its lines are deferred as not answered", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await quoted(its, { validThrough: "2030-03-10" });
    // April 10 begins in the shop, where it is the 9th in most of the world.
    its.world.clock.set(later(its.world.clock.now(), 39 * DAY));
    expect(await closeUnansweredOrders(jobOf(its))).toBe(0);
    its.world.clock.pass(DAY);
    expect(await closeUnansweredOrders(jobOf(its))).toBe(1);
    const { order: after, authorization } = await record(its, order);
    expect(after.state).toBe("canceled");
    expect(linesOf(after).map(({ offer }) => offer)).toEqual([null, null]);
    expect(authorization).toMatchObject({ toBill: 0, over: 0 });
    expect(await readDeferredWork(its.staff.db, its.asset)).toMatchObject(lines.map(() => ({ deferredAs: "unanswered" })));
    expect((await estimateStore(its.staff.db).find(id))?.revisions).toMatchObject([{ state: "withdrawn", withdrawn: { by: "Automatic" } }]);
    await its.world.drainOutbox(its.shop);
    expect((await its.world.mail(its.decider.email)).filter(({ subject }) => /withdr/i.test(subject))).toEqual([]);
  });

  it("and that offered deferred work again, is the deferred work from then on", async () => {
    const its = await estimateShop();
    const first = await quoted(its);
    await answer(its, first.id, "decline");
    await closeUnansweredOrders(jobOf(its));
    const { id: again } = await writtenOrder(its.staff, its.asset, [{ lines: [] }], { asDraft: true });
    await reviveLines(its.staff, again, [first.lines[0]?.id ?? ""]);
    const job = (await record(its, again)).order.jobs.find((one) => one.lines.length > 0) ?? expect.fail("no job");
    await sendEstimate(its.staff, await draftEstimate(its.staff, again, [offered(job)], { validThrough: "2030-03-10" }));
    its.world.clock.pass(50 * DAY);
    expect(await closeUnansweredOrders(jobOf(its))).toBe(1);
    expect((await readDeferredWork(its.staff.db, its.asset)).map(({ line }) => line.id).sort()).toEqual([job.lines[0]?.id, first.lines[1]?.id].sort());
  });

  it("is left alone where the unit is at the shop, something was agreed, or the shop writes an estimate", async () => {
    const its = await estimateShop();
    const [arrived, agreed, writing, other] = [await quoted(its), await quoted(its), await quoted(its), await quoted(its, { asDraft: false })];
    await changeWorkOrder(its.staff, arrived.order, { intent: "arrive" });
    its.world.clock.pass(60 * DAY);
    const approved = await recordLineDecision(its.staff, agreed.order, {
      lineId: agreed.lines[0]?.id ?? expect.fail("no line"),
      by: "Renee",
      reason: "",
      outcome: "approved",
      how: "phone",
    });
    expect(approved.ok).toBe(true);
    await changeEstimate(its.staff, writing.id, { intent: "revise", validThrough: "2030-12-31" });
    expect(await closeUnansweredOrders(jobOf(its))).toBe(0);
    expect((await record(its, other.order)).order.state).toBe("open");
  });
});

describe("an offer whose last day is over", () => {
  it("is shown by the board and the list as not authorized, and holds its order no more", async () => {
    const its = await estimateShop();
    const { order } = await quoted(its, { validThrough: "2030-03-10", asDraft: false });
    expect((await changeWorkOrder(its.staff, order, { intent: "move", seen: 999, to: "on-hold", holdReason: "approval" })).ok).toBe(true);
    const stored = async () =>
      (
        await its.staff.db.query({
          from: workOrders,
          columns: { overLines: workOrders.overLines, state: workOrders.state },
          where: eq(workOrders.id, order),
          limit: 1,
        })
      )[0];
    expect(await expireOffers(jobOf(its))).toBe(0);
    expect(await stored()).toEqual({ overLines: 0, state: "on-hold" });
    its.world.clock.pass(20 * DAY);
    expect(await expireOffers(jobOf(its))).toBe(1);
    expect(await expireOffers(jobOf(its))).toBe(0);
    expect(await stored()).toEqual({ overLines: 2, state: "open" });
    expect((await record(its, order)).authorization.overLines).toBe(2);
  });

  it("is found each hour in every shop", async () => {
    const [one, two] = [await estimateShop(), await estimateShop()];
    const orders = [await quoted(one), await quoted(two)];
    one.world.clock.pass(60 * DAY);
    await sweepOffers(one.world.env, one.world.context.platform);
    expect((await record(one, orders[0]?.order ?? expect.fail("no order"))).order.state).toBe("canceled");
    expect((await record(two, orders[1]?.order ?? expect.fail("no order"))).order.state).toBe("canceled");
  });
});
