import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { findDeferredWork } from "~/modules/work-orders/lines/deferred-work.store.server";
import { reviveLines } from "~/modules/work-orders/lines/revive-lines.server";
import { draftEstimate, estimateShop, offered, partLine, phoneAnswer, sendEstimate, writtenOrder } from "./world/estimates";

async function declined() {
  const its = await estimateShop();
  const { staff, asset } = its;
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00)] }]);
  const estimate = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
  );
  await sendEstimate(staff, estimate);
  expect(
    await changeEstimate(staff, estimate, {
      intent: "answer",
      revision: 1,
      from: phoneAnswer.from,
      answer: { ...phoneAnswer.answer, choice: { kind: "decline" } },
    }),
  ).toMatchObject({ ok: true });
  return { ...its, order, line: jobs[0]?.lines[0]?.id ?? expect.fail("none") };
}
const texts = async ({ staff, asset }: Awaited<ReturnType<typeof declined>>) => (await findDeferredWork(staff.db, asset)).map(({ line }) => line.text);

test("deferred work that was offered again on an order which is canceled is deferred again", async () => {
  const its = await declined();
  const { staff, asset, line } = its;
  expect(await texts(its)).toEqual(["Drums"]);
  const { id: later } = await writtenOrder(staff, asset, [{ lines: [partLine("Oil", 50_00)] }]);
  expect(await reviveLines(staff, later, [line])).toMatchObject({ ok: true });
  expect(await texts(its)).toEqual([]);
  expect(await cancelOrder(staff, later, "Not wanted")).toMatchObject({ ok: true });
  expect(await texts(its)).toEqual(["Drums"]);
});

test("two people who offer the same deferred work again at once add it once", async () => {
  const its = await declined();
  const { staff, asset, line } = its;
  const a = await writtenOrder(staff, asset, [{ lines: [partLine("Oil", 50_00)] }]);
  const b = await writtenOrder(staff, asset, [{ lines: [partLine("Oil", 50_00)] }]);
  const both = await Promise.all([reviveLines(staff, a.id, [line]), reviveLines(staff, b.id, [line])]);
  const count = both.map((one) => (one.ok ? one.value.jobs.flatMap(({ lines }) => lines).filter(({ text }) => text === "Drums").length : 0));
  expect(count.reduce((x, y) => x + y, 0)).toBe(1);
  void newId;
});
