import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { customerStore } from "~/modules/customers/customer.store.server";
import { saveCustomer } from "~/modules/customers/save-customer.server";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { draftEstimate, type EstimateShop, estimateShop, offered, partLine, phoneAnswer, sendEstimate, writtenOrder } from "../../../../tests/world/estimates";
import { completedOrder } from "../../../../tests/world/orders";
import { draftInvoice } from "../draft-invoice.server";
import { readInvoiceRecord } from "../invoice-record.read.server";
import { issueInvoice } from "../issue-invoice.server";
import { changeAccount } from "./change-account.server";
import { readDepositReceived } from "./deposits.read.server";
import { doubtKey } from "./doubts";
import type { LedgerCommand } from "./ledger-command";

const check = (day: string, reference = "1041") => ({ method: "check", reference, day }) as const;
async function record({ staff, customer }: EstimateShop, command: LedgerCommand) {
  const asked = await changeAccount(staff, customer.id, command);
  if (asked.ok || asked.error.kind !== "doubtful") return asked;
  return changeAccount(staff, customer.id, { ...command, confirmed: doubtKey(asked.error.doubts) } as LedgerCommand);
}
async function begin({ staff }: EstimateShop, id: Id<"workOrder">) {
  const { order } = (await readOrderRecord(staff, id)) ?? expect.fail("no order");
  for (const job of order.jobs) await changeWorkOrder(staff, id, { intent: "save-job", seen: 999, job: { ...job, correction: "Replaced" } });
  await changeWorkOrder(staff, id, { intent: "move", seen: 999, to: "in-progress", holdReason: null });
}
const drafted = async ({ staff, customer, asset }: EstimateShop, price = 60_00) => {
  const id = newId("invoice");
  expect(await draftInvoice(staff, { id, customerId: customer.id, orders: [await completedOrder(staff, asset, [partLine("Hose", price)])] })).toMatchObject({
    ok: true,
  });
  return id;
};

test("a deposit for an estimate that does not exist is refused, not a crash", async () => {
  const its = await estimateShop();
  const answer = await record(its, {
    intent: "pay",
    id: newId("entry"),
    on: [],
    forEstimate: newId("estimate"),
    amount: toCents(10_00),
    ...check("2030-03-01"),
  }).catch((e: unknown) => `threw: ${e}`);
  expect(answer).toMatchObject({ ok: false });
});

test("a deposit for another customer's estimate is refused", async () => {
  const its = await estimateShop();
  const { staff, asset } = its;
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00)] }]);
  const estimate = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
  );
  await sendEstimate(staff, estimate);
  const other = its.other.id;
  const answer = await changeAccount(staff, other, {
    intent: "pay",
    id: newId("entry"),
    on: [],
    forEstimate: estimate,
    amount: toCents(10_00),
    ...check("2030-03-01"),
  }).catch((e: unknown) => `threw: ${e}`);
  expect({ answer, received: await readDepositReceived(staff.db, estimate) }).toMatchObject({ answer: { ok: false }, received: 0 });
});

test("a payment that names 150 invoices is refused, not a crash", async () => {
  const its = await estimateShop();
  const on = Array.from({ length: 150 }, () => ({ invoiceId: newId("invoice"), amount: null }));
  const answer = await record(its, { intent: "pay", id: newId("entry"), on, amount: toCents(10_00), ...check("2030-03-01") }).catch(
    (e: unknown) => `threw: ${String((e as Error).cause ?? e).slice(0, 200)}`,
  );
  expect(answer).toMatchObject({ ok: false });
});

test("two invoices issued at once stay within the credit limit that blocks", async () => {
  const its = await estimateShop();
  const { staff, customer } = its;
  const form = { name: "Lakeside", email: "", phone: "", laborRate: "", taxCertificate: "", shares: true, creditLimit: "100", terms: "net-15" };
  const saved = await customerStore(staff.db).find(customer.id);
  expect(await saveCustomer(staff, { id: customer.id, form, seen: saved?.version ?? 0 })).toMatchObject({ ok: true });
  const { version, rules } = await readShopRules(staff.db);
  await changeShopRules(staff, { seen: version, rules: { ...rules, creditRule: "block" } });
  const [a, b] = [await drafted(its), await drafted(its)];
  const both = await Promise.all([issueInvoice(staff, a, { terms: "net-15" }), issueInvoice(staff, b, { terms: "net-15" })]);
  expect(both.filter(({ ok }) => ok).length).toBe(1);
});

test("a deposit recorded while its invoice is issued pays it", async () => {
  const its = await estimateShop();
  const { staff, asset, customer, world } = its;
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00)] }]);
  const estimate = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
    { deposit: toCents(100_00) },
  );
  await sendEstimate(staff, estimate);
  await changeEstimate(staff, estimate, { intent: "answer", revision: 1, ...phoneAnswer });
  await begin(its, order);
  expect(await completeOrder(staff, order, { seen: 999, why: "x", notDone: [], leftover: "follow-up" })).toMatchObject({ ok: true });
  const id = newId("invoice");
  await draftInvoice(staff, { id, customerId: customer.id, orders: [order] });
  const [i, d] = await Promise.all([
    issueInvoice(staff, id, { terms: "net-15" }),
    record(its, { intent: "pay", id: newId("entry"), on: [], forEstimate: estimate, amount: toCents(100_00), ...check("2030-03-01") }),
  ]);
  expect([i.ok, d.ok]).toEqual([true, true]);
  expect((await readInvoiceRecord(staff.db, id, world.clock.now()))?.invoice.applied).toBe(100_00);
});

test("issuing twice at once with a deposit applies it once", async () => {
  const its = await estimateShop();
  const { staff, asset, customer, world } = its;
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00)] }]);
  const estimate = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
    { deposit: toCents(100_00) },
  );
  await sendEstimate(staff, estimate);
  await changeEstimate(staff, estimate, { intent: "answer", revision: 1, ...phoneAnswer });
  const entry = newId("entry");
  await record(its, { intent: "pay", id: entry, on: [], forEstimate: estimate, amount: toCents(100_00), ...check("2030-03-01") });
  await begin(its, order);
  await completeOrder(staff, order, { seen: 999, why: "x", notDone: [], leftover: "follow-up" });
  const id = newId("invoice");
  await draftInvoice(staff, { id, customerId: customer.id, orders: [order] });
  const all = await Promise.all([
    issueInvoice(staff, id, { terms: "net-15" }),
    issueInvoice(staff, id, { terms: "net-15" }),
    record(its, { intent: "refund", id: newId("entry"), sourceId: entry, amount: toCents(40_00), ...check("2030-03-02"), why: "x" }),
    record(its, { intent: "correct", id: newId("entry"), entryId: entry, amount: toCents(90_00), ...check("2030-03-02"), why: "x" }),
  ]);
  const { invoice } = (await readInvoiceRecord(staff.db, id, world.clock.now())) ?? expect.fail("none");
  expect(all[0].ok || all[1].ok).toBe(true);
  expect(all[2].ok && all[3].ok).toBe(false);
  expect([60_00, 90_00, 100_00]).toContain(invoice.applied);
  expect(invoice.applied).toBe(await readDepositReceived(staff.db, estimate));
});

test("a deposit recorded between deciding and issuing pays the invoice", async () => {
  const its = await estimateShop();
  const { staff, asset, customer, world } = its;
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00)] }]);
  const estimate = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
    { deposit: toCents(100_00) },
  );
  await sendEstimate(staff, estimate);
  await changeEstimate(staff, estimate, { intent: "answer", revision: 1, ...phoneAnswer });
  await begin(its, order);
  await completeOrder(staff, order, { seen: 999, why: "x", notDone: [], leftover: "follow-up" });
  const id = newId("invoice");
  await draftInvoice(staff, { id, customerId: customer.id, orders: [order] });
  let isFirst = true;
  const db = {
    ...staff.db,
    batch: async (statements: Parameters<typeof staff.db.batch>[0]) => {
      if (isFirst) {
        isFirst = false;
        await record(its, { intent: "pay", id: newId("entry"), on: [], forEstimate: estimate, amount: toCents(100_00), ...check("2030-03-01") });
      }
      return staff.db.batch(statements);
    },
  };
  expect(await issueInvoice({ ...staff, db }, id, { terms: "net-15" })).toMatchObject({ ok: true });
  expect((await readInvoiceRecord(staff.db, id, world.clock.now()))?.invoice.applied).toBe(100_00);
});
