import { expect, test } from "vitest";
import { paths } from "~/kernel/paths";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { startClock } from "~/modules/work-orders/jobs/start-clock.server";
import { readMyJobs } from "~/queries/staff/my-jobs.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { estimateShop, partLine, writtenOrder } from "../../../../tests/world/estimates";
import { pagesOf } from "../../../../tests/world/pages";

/** An order of one job, and a technician at its page without JavaScript. */
async function technicianAtWork() {
  const { staff, shop, asset, world } = await estimateShop();
  const { id } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 412_34)] }]);
  const email = `tech@${shop.id.slice(-8)}.test`;
  await shop.person("staff", email);
  const { cookie, session } = await shop.session(email, "staff");
  const pages = await pagesOf(world.context);
  const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
  const send = (form?: Record<string, string>) =>
    pages(new Request(`http://localhost${paths.staff.myJob(id)}`, { headers, ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}) }));
  const job = async () => (await readOrderRecord(staff, id))?.order.jobs[0] ?? expect.fail("no job");
  return { staff, id, send, job, me: session.membership };
}

test("an order is among the jobs of who leads it, has a job of it or is on its clock", async () => {
  const { staff, id, job, me } = await technicianAtWork();
  const mine = async () => (await readMyJobs(staff.db, me.id)).map((order) => [order.id, Boolean(order.isClocked)]);
  expect(await mine()).toEqual([]);
  const technician = { id: me.id, name: me.name };
  expect((await changeWorkOrder(staff, id, { intent: "save-job", seen: 99, job: { ...(await job()), technician } })).ok).toBe(true);
  expect(await mine()).toEqual([[id, false]]);
  expect((await changeWorkOrder(staff, id, { intent: "save-job", seen: 99, job: { ...(await job()), technician: null } })).ok).toBe(true);
  expect(await mine()).toEqual([]);
  expect((await startClock(staff, { workOrderId: id, jobId: (await job()).id, technician })).ok).toBe(true);
  expect(await mine()).toEqual([[id, true]]);
});

test("the page has no price and no cost, and its findings change nothing else of the job", async () => {
  const { send, job } = await technicianAtWork();
  const before = await job();
  const html = await (await send()).text();
  expect(html).toContain("Drums");
  expect(html).not.toMatch(/412[.,]?34|43[.,]?21/);
  const answer = await send({ intent: "findings", job: before.id, cause: "Worn", correction: "Replaced", seenCause: "", seenCorrection: "" });
  expect(answer.status).toBe(200);
  const after = await job();
  expect(after).toEqual({ ...before, cause: "Worn", correction: "Replaced", version: after.version });
});

test("of two who write on one job, each keeps what only they wrote; where both wrote, the second sees both texts", async () => {
  const { staff, id, send, job } = await technicianAtWork();
  const begun = await job();
  expect((await changeWorkOrder(staff, id, { intent: "save-job", seen: 99, job: { ...begun, cause: "Drum is cracked" } })).ok).toBe(true);
  const findings = { intent: "findings", job: begun.id, row: "job", seenCause: "", seenCorrection: "" };
  expect((await send({ ...findings, cause: "", correction: "Replaced" })).status).toBe(200);
  expect(await job()).toMatchObject({ cause: "Drum is cracked", correction: "Replaced" });
  const refused = await send({ ...findings, cause: "Lining is worn", correction: "", seenCorrection: "" });
  expect(refused.status).toBe(409);
  const html = await refused.text();
  expect(html).toContain("Lining is worn");
  expect(html).toContain("Drum is cracked");
  expect(await job()).toMatchObject({ cause: "Drum is cracked", correction: "Replaced" });
  // Saved again, on purpose, it replaces theirs.
  expect((await send({ ...findings, cause: "Lining is worn", correction: "Replaced", seenCause: "Drum is cracked", seenCorrection: "Replaced" })).status).toBe(
    200,
  );
  expect(await job()).toMatchObject({ cause: "Lining is worn", correction: "Replaced" });
});
