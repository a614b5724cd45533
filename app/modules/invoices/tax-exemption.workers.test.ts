import { expect, test } from "vitest";
import { dayOf } from "~/kernel/time";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { taxChangeOf } from "~/modules/work-orders/jobs/tax-change";
import { readCustomerWarnings } from "~/queries/staff/customer-warnings.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { approvedOrder, completed, drafted, saveTerms } from "../../../tests/world/accounts";
import { draftEstimate, type EstimateShop, estimateShop, offered, partLine, writtenOrder } from "../../../tests/world/estimates";
import { readInvoiceRecord } from "./invoice-record.read.server";
import { issueInvoice } from "./issue-invoice.server";

type Order = Parameters<typeof readOrderRecord>[1];
/** how the order's page shows that tax changed, with what tax adds beyond the customer's approval. */
async function shownOn({ staff, customer, world }: EstimateShop, id: Order) {
  const { order, authorization } = (await readOrderRecord(staff, id)) ?? expect.fail("no order");
  const today = dayOf(world.clock.now(), staff.db.scope.organization.zone);
  const { certificateExpired } = await readCustomerWarnings(staff.db, customer.id, today);
  return { change: taxChangeOf(order, certificateExpired !== null, today), over: authorization.chargesOver };
}

test("an expired tax exemption certificate keeps estimates and invoices from going out without tax until it is renewed", async () => {
  const its = await estimateShop();
  const { staff, asset } = its;
  const id = await drafted(its);
  await saveTerms(its, { taxCertificate: "IN-1", taxCertificateThrough: "2030-02-28" });
  expect(await issueInvoice(staff, id, { terms: "net-30" })).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/expired on .*28 Feb 2030/) },
  });
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00)] }]);
  const offer = jobs.map((job) => offered(job));
  const estimate = await draftEstimate(staff, order, offer);
  const send = () => changeEstimate(staff, estimate, { intent: "send", seen: 999, total: null });
  expect(await send()).toMatchObject({ ok: false, error: { kind: "not-allowed", message: expect.stringMatching(/expired on .*28 Feb 2030/) } });
  expect(await shownOn(its, order)).toEqual({ change: { kind: "expired", before: 300_00, after: 330_00 }, over: 0 });
  await saveTerms(its, { taxCertificate: "IN-1", taxCertificateThrough: "2030-12-31" });
  expect(await send()).toMatchObject({ ok: true });
  expect(await issueInvoice(staff, id, { terms: "net-30" })).toMatchObject({ ok: true });
  expect(await shownOn(its, order)).toEqual({ change: null, over: 0 });
});

test("an order shows that tax is charged since it was opened tax free; beyond an approved total the invoice takes a reason", async () => {
  const its = await estimateShop();
  const { staff, world } = its;
  await saveTerms(its, { taxCertificate: "IN-1", taxCertificateThrough: "2030-12-31" });
  const { id: order } = await approvedOrder(its, { Drums: 300_00 });
  await completed(its, order);
  expect(await shownOn(its, order)).toEqual({ change: null, over: 0 });
  await saveTerms(its, { taxCertificate: "" });
  expect(await shownOn(its, order)).toEqual({ change: { kind: "charged", before: 300_00, after: 330_00 }, over: 30_00 });

  const id = await drafted(its, [order]);
  const record = async () => (await readInvoiceRecord(staff.db, id, world.clock.now())) ?? expect.fail("no invoice");
  const text = "WO-1000: tax and supplies bring the approved work $30.00 above what the customer approved.";
  expect(await record()).toMatchObject({ over: [text], asksReason: true, allowed: { issue: true } });
  expect(await issueInvoice(staff, id, { terms: "net-30" })).toMatchObject({
    ok: false,
    error: { kind: "needs-reason", message: `${text} Enter the reason to bill it anyway.` },
  });
  expect(await issueInvoice(staff, id, { terms: "net-30", why: "Their certificate is void, Renee knows" })).toMatchObject({ ok: true });
  expect((await record()).invoice.total).toBe(330_00);
  const { activity } = (await readOrderRecord(staff, order)) ?? expect.fail("no order");
  expect(activity.find(({ title }) => title === "Invoiced")).toMatchObject({ detail: "Their certificate is void, Renee knows" });
  expect((await shownOn(its, order)).change).toBeNull();
});

test("where the shop blocks unauthorized work, tax beyond the approved total takes a reason; where it warns, none", async () => {
  for (const overRule of ["block", "warn"] as const) {
    const its = await estimateShop();
    const { version, rules } = await readShopRules(its.staff.db);
    await changeShopRules(its.staff, { seen: version, rules: { ...rules, overRule } });
    await saveTerms(its, { taxCertificate: "IN-1" });
    const { id: order } = await approvedOrder(its, { Drums: 300_00 });
    await completed(its, order);
    await saveTerms(its, { taxCertificate: "" });
    const id = await drafted(its, [order]);
    expect((await issueInvoice(its.staff, id, { terms: "net-30" })).ok).toBe(overRule === "warn");
    if (overRule === "block") expect((await issueInvoice(its.staff, id, { terms: "net-30", why: "Agreed by phone" })).ok).toBe(true);
  }
});

test("an order that was opened with tax shows that none is charged once a certificate is entered, and needs no reason", async () => {
  const its = await estimateShop();
  const { id: order } = await approvedOrder(its, { Drums: 300_00 });
  await completed(its, order);
  await saveTerms(its, { taxCertificate: "IN-1" });
  expect(await shownOn(its, order)).toEqual({ change: { kind: "exempt", before: 330_00, after: 300_00 }, over: 0 });
  expect(await issueInvoice(its.staff, await drafted(its, [order]), { terms: "net-30" })).toMatchObject({ ok: true });
});
