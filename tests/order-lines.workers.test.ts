import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { estimateStore } from "~/modules/estimates/estimate.store.server";
import { recordApproval } from "~/modules/estimates/record-approval.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { assignVendor } from "~/modules/vendor-jobs/assignment/assign-vendor.server";
import { callOffJob } from "~/modules/vendor-jobs/cancel-job.server";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { vendorJobStore } from "~/modules/vendor-jobs/vendor-job.store.server";
import { runVendorJobCommand } from "~/modules/vendor-jobs/vendor-job-command.step.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { decidedOf } from "~/modules/work-orders/lines/line-decision";
import { billedIn, linesOf } from "~/modules/work-orders/lines/order-authorization";
import { reviveLines } from "~/modules/work-orders/lines/revive-lines.server";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { readDeferredWork } from "~/queries/staff/estimate-record.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { action as orderAction } from "~/routes/staff/work-order/route";
import { browserIn } from "./world/browser";
import { addJob, type EstimateShop, estimateShop, partLine, phoneAnswer, sentEstimate, writtenOrder } from "./world/estimates";
import { pagesOf } from "./world/pages";

const record = async (its: EstimateShop, id: Id<"workOrder">) => (await readOrderRecord(its.staff, id)) ?? expect.fail("no order");
const linesOn = async (its: EstimateShop, id: Id<"workOrder">) => linesOf((await record(its, id)).order);

/** Services whose nth batch does something first; `crash` fails instead. */
function interrupted<S extends { db: { batch(s: never): Promise<unknown> } }>(services: S, nth: number, first: () => unknown): S {
  let batches = 0;
  const batch = async (statements: never) => {
    batches += 1;
    if (batches === nth) await first();
    return services.db.batch(statements);
  };
  return { ...services, db: { ...services.db, batch } };
}
const crash = () => {
  throw new Error("crashed");
};

async function inProgress(its: EstimateShop, order: Id<"workOrder">) {
  for (const job of (await record(its, order)).order.jobs)
    await changeWorkOrder(its.staff, order, { intent: "save-job", seen: 999, job: { ...job, correction: "Replaced" } });
  expect((await changeWorkOrder(its.staff, order, { intent: "move", seen: 999, to: "in-progress", holdReason: null })).ok).toBe(true);
}
const completed = (services: EstimateShop["staff"], order: Id<"workOrder">, notDone: readonly string[] = []) =>
  completeOrder(services, order, { seen: 999, why: "The customer is on vacation", notDone });

describe("an estimate that goes to another order with its lines", () => {
  it("stays there when the customer opens it at the same moment", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await inProgress(its, order);
    const customer = await its.shop.as(its.decider);
    const racing = interrupted(customer, 1, () =>
      completed(
        its.staff,
        order,
        lines.map((line) => line.id),
      ),
    );
    await changeEstimate(racing, id, { intent: "view", revision: 1, by: "Renee" });
    const estimate = (await estimateStore(its.staff.db).find(id)) ?? expect.fail("no estimate");
    expect(estimate.workOrderId).not.toBe(order);
    expect((await linesOn(its, estimate.workOrderId)).map((line) => line.id)).toEqual(lines.map((line) => line.id));
  });

  it("and an approval of it decides its lines", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await inProgress(its, order);
    const customer = await its.shop.as(its.decider);
    const racing = interrupted(customer, 1, () =>
      completed(
        its.staff,
        order,
        lines.map((line) => line.id),
      ),
    );
    await changeEstimate(racing, id, { intent: "view", revision: 1, by: "Renee" });
    const answered = await changeEstimate(its.staff, id, { intent: "answer", revision: 1, ...phoneAnswer });
    expect(answered.ok).toBe(true);
    const after = (await estimateStore(its.staff.db).find(id)) ?? expect.fail("no estimate");
    expect((await record(its, after.workOrderId)).authorization.authorized).toBe(350_00);
  });
});

describe("an order that is completed with a part of an estimate not done", () => {
  it("takes the estimate along to a draft order, revised to what was not done and sent again", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    const [first = expect.fail("no line")] = lines;
    await inProgress(its, order);
    expect(await completed(its.staff, order, [first.id])).toMatchObject({ ok: true, value: { followUps: 1 } });
    const estimate = (await estimateStore(its.staff.db).find(id)) ?? expect.fail("no estimate");
    expect(estimate.revisions.map(({ state }) => state)).toEqual(["superseded", "sent"]);
    const { order: followUp, authorization } = await record(its, estimate.workOrderId);
    expect(followUp).toMatchObject({ state: "draft", jobs: [{ lines: [{ id: first.id, offer: { estimateId: id, price: 100_00, isOpen: true } }] }] });
    expect(authorization.quoted).toBe(100_00);
    // What was done is on no estimate anymore.
    const rest = await record(its, order);
    expect(linesOf(rest.order).map(({ offer, quoted }) => ({ offer, quoted }))).toEqual([1, 2].map(() => ({ offer: null, quoted: null })));
    const answered = await changeEstimate(its.staff, id, { intent: "answer", revision: 2, ...phoneAnswer });
    expect(answered.ok).toBe(true);
    expect(await record(its, estimate.workOrderId)).toMatchObject({ order: { state: "open" }, authorization: { authorized: 100_00 } });
  });

  it("leaves it to the shop to send the rest where the customer wanted changes", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    const [first = expect.fail("no line")] = lines;
    const asks = { ...phoneAnswer.answer, choice: { kind: "ask" as const }, note: "Cheaper, please" };
    await changeEstimate(its.staff, id, { intent: "answer", revision: 1, from: phoneAnswer.from, answer: asks });
    await inProgress(its, order);
    await completed(its.staff, order, [first.id]);
    const estimate = (await estimateStore(its.staff.db).find(id)) ?? expect.fail("no estimate");
    expect(estimate.revisions.map(({ state }) => state)).toEqual(["changes-requested", "draft"]);
    expect(estimate.revisions.at(-1)?.content.jobs.flatMap(({ lineIds }) => lineIds)).toEqual([first.id]);
    expect(estimate.workOrderId).not.toBe(order);
  });

  it("keeps the customer from approving what the estimate offers no more, where it was not revised", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await inProgress(its, order);
    await expect(completed(interrupted(its.staff, 2, crash), order, [lines[0]?.id ?? ""])).rejects.toThrow("crashed");
    await changeEstimate(its.staff, id, { intent: "answer", revision: 1, ...phoneAnswer });
    const estimate = (await estimateStore(its.staff.db).find(id)) ?? expect.fail("no estimate");
    const approved = estimate.revisions[0]?.decision?.approved ?? [];
    // Each approved line is authorized on the order where it is.
    const rows = await its.staff.db.query({ from: workOrders, columns: { id: workOrders.id }, limit: 10 });
    const all = (await Promise.all(rows.map((row) => record(its, row.id)))).flatMap(({ order: one }) =>
      linesOf(one).map((line) => ({ id: line.id, state: decidedOf(one.decisions.filter(({ lineId }) => lineId === line.id)).state })),
    );
    expect(all.filter(({ id: line, state }) => approved.includes(line) && state !== "authorized")).toEqual([]);
  });
});

describe("an approval by phone that was cut off", () => {
  it.each([
    ["after the draft", 2],
    ["after it was sent", 3],
  ])("is finished by the same form sent again: %s", async (_, nth) => {
    const its = await estimateShop();
    const { id: order } = await writtenOrder(its.staff, its.asset, [{ lines: [partLine("Find the leak", 100_00)] }]);
    const estimateId = newId("estimate");
    const approval = { estimateId, from: phoneAnswer.from, purchaseOrder: "", note: "", notToExceed: null };
    await expect(recordApproval(interrupted(its.staff, nth, crash), order, approval)).rejects.toThrow("crashed");
    expect(await recordApproval(its.staff, order, approval)).toMatchObject({ ok: true });
    expect((await record(its, order)).authorization.authorized).toBe(100_00);
  });
});

describe("declined work", () => {
  async function declined(its: EstimateShop) {
    const { id, order, lines } = await sentEstimate(its);
    await changeEstimate(its.staff, id, {
      intent: "answer",
      revision: 1,
      from: phoneAnswer.from,
      answer: { ...phoneAnswer.answer, choice: { kind: "decline" } },
    });
    return { order, lines };
  }

  it("is revived once, also on two orders at once", async () => {
    const its = await estimateShop();
    const { lines } = await declined(its);
    const [one, two] = [await writtenOrder(its.staff, its.asset, [{ lines: [] }]), await writtenOrder(its.staff, its.asset, [{ lines: [] }])];
    const ids = lines.map((line) => line.id);
    await reviveLines(
      interrupted(its.staff, 1, () => reviveLines(its.staff, two.id, ids)),
      one.id,
      ids,
    );
    const revived = [...(await linesOn(its, one.id)), ...(await linesOn(its, two.id))].flatMap(({ revivedFrom }) => revivedFrom ?? []);
    expect(revived).toHaveLength(new Set(revived).size);
  });

  it("is deferred again when the order that offered it again is canceled", async () => {
    const its = await estimateShop();
    const { lines } = await declined(its);
    const { id: quote } = await writtenOrder(its.staff, its.asset, [{ lines: [] }], { asDraft: true });
    await reviveLines(
      its.staff,
      quote,
      lines.map((line) => line.id),
    );
    expect(await readDeferredWork(its.staff.db, its.asset)).toHaveLength(0);
    expect((await cancelOrder(its.staff, quote, "The customer never called back")).ok).toBe(true);
    expect(await readDeferredWork(its.staff.db, its.asset)).toHaveLength(3);
  });

  it("is not what was done and invoiced before the answer came", async () => {
    const its = await estimateShop();
    const { id, order } = await sentEstimate(its);
    await inProgress(its, order);
    expect((await completed(its.staff, order)).ok).toBe(true);
    const invoice = newId("invoice");
    await draftInvoice(its.staff, { id: invoice, customerId: its.customer.id, orders: [order] });
    const shown = async () => (await readInvoiceRecord(its.staff.db, invoice, its.world.clock.now()))?.authorized;
    expect(await shown()).toBeNull();
    expect((await issueInvoice(its.staff, invoice, { terms: "net-30", why: "It had to go out" })).ok).toBe(true);
    const atIssue = { approved: 0, covered: 0, reasoned: 350_00 };
    expect(await shown()).toEqual(atIssue);
    await changeEstimate(its.staff, id, {
      intent: "answer",
      revision: 1,
      from: phoneAnswer.from,
      answer: { ...phoneAnswer.answer, choice: { kind: "decline" } },
    });
    expect(await shown()).toEqual(atIssue);
    expect([(await record(its, order)).authorization.toBill, (await readDeferredWork(its.staff.db, its.asset)).length]).toEqual([350_00, 0]);
  });
});

describe("a vendor's line", () => {
  it("pays one vendor, also where the work was given to another one before it was reassigned", async () => {
    const its = await estimateShop();
    const { id: order, jobs } = await writtenOrder(its.staff, its.asset, [{ lines: [partLine("Rebuild", 500_00, { kind: "outside", cost: null })] }]);
    const line = jobs[0]?.lines[0]?.id ?? expect.fail("no line");
    const vendors = [newId("vendor"), newId("vendor"), newId("vendor")] as const;
    for (const [at, id] of vendors.entries())
      expect(
        (
          await saveVendor(its.staff, {
            id,
            form: { ...noTerms, name: `Vendor ${at}`, phone: "", email: "", portalEnabled: false },
            version: null,
            plan: "pro-plus",
          })
        ).ok,
      ).toBe(true);
    const assignment = { title: "Rebuild", instructions: "Do it", dueDay: null, notToExceed: null, needsEstimate: false, sharesCustomer: false };
    const give = (id: Id<"vendorJob">, vendorId: Id<"vendor">, lineId: Id<"line"> | null, earlierId: Id<"vendorJob"> | null) =>
      assignVendor(its.staff, { id, workOrderId: order, vendorId, assignment, lineId, pricedElsewhere: false, earlierId, plan: "pro-plus" });
    const [one, two, three] = [newId("vendorJob"), newId("vendorJob"), newId("vendorJob")];
    expect((await give(one, vendors[0], line, null)).ok).toBe(true);
    expect((await runVendorJobCommand(its.staff, one, { intent: "accept" })).ok).toBe(true);
    expect((await callOffJob(its.staff, one, { intent: "call-off", seen: 2, reason: "Too slow", pays: false, goesOn: false })).ok).toBe(true);
    expect((await give(two, vendors[1], line, null)).ok).toBe(true);
    await give(three, vendors[2], null, one);
    const store = vendorJobStore(its.staff.db);
    const living = [await store.find(two), await store.find(three)].flatMap((job) => (job ? [job.lineId] : []));
    expect(living).toHaveLength(new Set(living).size);
  });
});

describe("outside work that the vendor declined", () => {
  it("is not billed when the order is completed without it", async () => {
    const its = await estimateShop();
    const { id: order, jobs } = await writtenOrder(its.staff, its.asset, [{ lines: [partLine("Rebuild", 500_00, { kind: "outside", cost: null })] }]);
    const line = jobs[0]?.lines[0]?.id ?? expect.fail("no line");
    const vendorId = newId("vendor");
    await saveVendor(its.staff, {
      id: vendorId,
      form: { ...noTerms, name: "Gearworks", phone: "", email: "", portalEnabled: false },
      version: null,
      plan: "pro-plus",
    });
    const assignment = { title: "Rebuild", instructions: "Do it", dueDay: null, notToExceed: null, needsEstimate: false, sharesCustomer: false };
    const id = newId("vendorJob");
    const given = await assignVendor(its.staff, {
      id,
      workOrderId: order,
      vendorId,
      assignment,
      lineId: line,
      pricedElsewhere: false,
      earlierId: null,
      plan: "pro-plus",
    });
    expect(given.ok).toBe(true);
    expect((await runVendorJobCommand(its.staff, id, { intent: "decline", reason: "No time" })).ok).toBe(true);
    await inProgress(its, order);
    expect((await completeOrder(its.staff, order, { seen: 999, why: "", notDone: [line] })).ok).toBe(true);
    expect((await record(its, order)).authorization.toBill).toBe(0);
  });
});

describe("completing an order", () => {
  async function desk(its: EstimateShop, role: "owner" | "technician") {
    const browser = browserIn(its.world);
    const email = role === "owner" ? its.shop.ownerEmail : `tech@${its.shop.id.slice(-8)}.test`;
    if (role === "technician") await its.shop.person("staff", email);
    browser.jar.set("__Host-staff", (await its.shop.session(email, "staff")).cookie.split("=")[1] ?? "");
    return browser;
  }
  const form = (asked: readonly string[], more: Record<string, string> = {}) => ({
    intent: "complete",
    version: "999",
    reading: "",
    unread: "on",
    why: "",
    asked: asked.join(" "),
    leftover: "follow-up",
    ...more,
  });

  it("asks about a line that somebody else wrote after the page was opened", async () => {
    const its = await estimateShop();
    const { id: order, jobs } = await writtenOrder(its.staff, its.asset, [{ lines: [partLine("Hose", 10_00)] }]);
    await inProgress(its, order);
    const asked = jobs[0]?.lines[0]?.id ?? "";
    const late = await addJob(its.staff, order, { lines: [partLine("Turbo", 2_000_00)] });
    await changeWorkOrder(its.staff, order, { intent: "save-job", seen: 999, job: { ...late, cause: "", vmrs: null, technician: null, correction: "x" } });
    const browser = await desk(its, "owner");
    await browser.post(orderAction, "/", form([asked], { [`done-${asked}`]: "on" }), { params: { orderId: order } });
    const turbo = (await linesOn(its, order)).find(({ text }) => text === "Turbo");
    expect(turbo?.done).not.toBe(true);
  });

  it("lets a technician withdraw nothing that the customer approved", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await changeEstimate(its.staff, id, { intent: "answer", revision: 1, ...phoneAnswer });
    await inProgress(its, order);
    const browser = await desk(its, "technician");
    await browser.post(
      orderAction,
      "/",
      form(
        lines.map((line) => line.id),
        { leftover: "withdraw" },
      ),
      { params: { orderId: order } },
    );
    const { order: after } = await record(its, order);
    expect(after.decisions.filter(({ outcome }) => outcome === "withdrawn")).toEqual([]);
  });

  it("lets the shop withdraw approved work, which nobody reads as declined by the customer", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await changeEstimate(its.staff, id, { intent: "answer", revision: 1, ...phoneAnswer });
    await inProgress(its, order);
    const [first = expect.fail("no line"), ...done] = lines;
    const browser = await desk(its, "owner");
    const answers = Object.fromEntries(done.map((line) => [`done-${line.id}`, "on"]));
    const asked = lines.map((line) => line.id);
    await browser.post(orderAction, "/", form(asked, { leftover: "withdraw", ...answers }), { params: { orderId: order } });
    const { order: after, authorization } = await record(its, order);
    expect(after.decisions.at(-1)).toMatchObject({ lineId: first.id, outcome: "withdrawn" });
    expect(authorization).toMatchObject({ authorized: 250_00, toBill: 250_00, over: 0 });
    expect(await readDeferredWork(its.staff.db, its.asset)).toMatchObject([{ line: { id: first.id }, deferredAs: "withdrawn" }]);
    expect(billedIn(after, "2030-03-01").declined).toEqual([]);
    const pages = await pagesOf(its.world.context);
    const { cookie } = await its.shop.session(its.decider.email, "customer");
    const portal = await (await pages(new Request(`http://localhost/portal/assets/${its.asset}`, { headers: { Cookie: cookie } }))).text();
    expect(portal).toContain("approved, not done");
    expect(portal).not.toMatch(/declined/i);
  });
});

describe("a line of another job", () => {
  it("counts once in the sums, and stays on its estimate, where a form names its id", async () => {
    const its = await estimateShop();
    const { order, lines } = await sentEstimate(its);
    const more = await addJob(its.staff, order, { lines: [partLine("Hose", 10_00)] });
    const [stolen = expect.fail("no line")] = lines;
    await changeWorkOrder(its.staff, order, {
      intent: "save-job",
      seen: 999,
      job: { ...more, cause: "", correction: "", vmrs: null, technician: null, lines: [...more.lines, stolen] },
    });
    const [row] = await its.staff.db.query({ from: workOrders, columns: { price: workOrders.price }, where: eq(workOrders.id, order), limit: 1 });
    expect(row?.price).toBe(360_00);
    expect((await linesOn(its, order)).find(({ id }) => id === stolen.id)?.offer).not.toBeNull();
  });
});
