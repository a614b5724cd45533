import { describe, expect, it } from "vitest";
import { newId } from "~/kernel/ids";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { addJob, estimateShop, partLine, phoneAnswer, writtenOrder } from "../../../tests/world/estimates";
import { estimateStore } from "./estimate.store.server";
import { recordApproval } from "./record-approval.server";

async function setUp() {
  const it = await estimateShop();
  const { id: order } = await writtenOrder(it.staff, it.asset, [{ lines: [partLine("Find the leak", 100_00)] }], { asDraft: true });
  const estimateId = newId("estimate");
  const { from } = phoneAnswer;
  const approve = (notToExceed: number | null, more = {}) =>
    recordApproval(it.staff, order, { estimateId, from, purchaseOrder: "PO-7", note: "", notToExceed: notToExceed as never, ...more });
  const record = async () => (await readOrderRecord(it.staff, order)) ?? expect.fail("no order");
  const mails = async () => {
    await it.world.drainOutbox(it.shop);
    return (await it.world.mail(it.decider.email)).map((mail) => mail.subject).filter((subject) => !subject.includes("portal"));
  };
  return { ...it, order, estimateId, approve, record, mails };
}

describe("an approval by phone before an estimate", () => {
  it("is an estimate that is sent and answered at once, up to the sum that was named", async () => {
    const { staff, order, estimateId, approve, record, mails } = await setUp();
    expect(await approve(500_00)).toMatchObject({ ok: true });
    const estimate = await estimateStore(staff.db).find(estimateId);
    expect(estimate?.revisions).toMatchObject([
      {
        state: "approved",
        offer: { snapshot: { groups: [{ lines: [{ text: "Find the leak", price: 100_00 }] }] } },
        decision: { who: "Renee", how: "phone", notToExceed: 500_00 },
      },
    ]);
    expect(await mails()).toEqual([]);
    // Tax is 10 %, so 110.00 is used of the 500.00.
    await addJob(staff, order, { lines: [partLine("Hose", 300_00)] });
    await addJob(staff, order, { lines: [partLine("Pump", 200_00)] });
    const { order: opened, authorization } = await record();
    expect([opened.state, opened.purchaseOrder]).toEqual(["open", "PO-7"]);
    expect(authorization).toMatchObject({ authorized: 400_00, toBill: 600_00, over: 200_00 });
  });

  it("is recorded once, also when the form is sent twice", async () => {
    const { approve, record } = await setUp();
    await approve(null);
    expect(await approve(null)).toMatchObject({ ok: true });
    expect((await record()).order.decisions).toHaveLength(1);
  });

  it("leaves nothing behind where the sum is less than what is approved", async () => {
    const { staff, estimateId, approve, record } = await setUp();
    expect(await approve(109_99)).toMatchObject({ ok: false, error: { kind: "incomplete" } });
    expect(await estimateStore(staff.db).find(estimateId)).toBeNull();
    expect((await record()).order).toMatchObject({ state: "draft", decisions: [] });
    expect(await approve(110_00)).toMatchObject({ ok: true });
  });

  it("needs a line to approve", async () => {
    const { approve } = await setUp();
    await approve(null);
    expect(await approve(null, { estimateId: newId("estimate") })).toMatchObject({ ok: false, error: { kind: "incomplete" } });
  });
});
