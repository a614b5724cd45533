import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { approvedOrder, check, completed, depositOf, drafted, record, saveTerms } from "../../../../tests/world/accounts";
import { estimateShop } from "../../../../tests/world/estimates";
import { readInvoiceRecord } from "../invoice-record.read.server";
import { issueInvoice } from "../issue-invoice.server";
import { changeAccount } from "./change-account.server";
import { readDepositReceived } from "./deposits.read.server";

test("a deposit for an estimate that does not exist is refused, not a crash", async () => {
  const its = await estimateShop();
  const answer = await record(its, depositOf(newId("estimate"), 10_00)).catch((e: unknown) => `threw: ${e}`);
  expect(answer).toMatchObject({ ok: false });
});

test("a deposit for another customer's estimate is refused", async () => {
  const its = await estimateShop();
  const { estimate } = await approvedOrder(its, { Drums: 300_00 });
  const answer = await changeAccount(its.staff, its.other.id, depositOf(estimate, 10_00)).catch((e: unknown) => `threw: ${e}`);
  expect({ answer, received: await readDepositReceived(its.staff.db, estimate) }).toMatchObject({ answer: { ok: false }, received: 0 });
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
  const { staff } = its;
  await saveTerms(its, { creditLimit: "100", terms: "net-15" });
  const { version, rules } = await readShopRules(staff.db);
  await changeShopRules(staff, { seen: version, rules: { ...rules, creditRule: "block" } });
  const [a, b] = [await drafted(its), await drafted(its)];
  const both = await Promise.all([issueInvoice(staff, a, { terms: "net-15" }), issueInvoice(staff, b, { terms: "net-15" })]);
  expect(both.filter(({ ok }) => ok).length).toBe(1);
});

test("a deposit recorded while its invoice is issued pays it", async () => {
  const its = await estimateShop();
  const { staff, world } = its;
  const { id: order, estimate } = await approvedOrder(its, { Drums: 300_00 }, 100_00);
  await completed(its, order);
  const id = await drafted(its, [order]);
  const [i, d] = await Promise.all([issueInvoice(staff, id, { terms: "net-15" }), record(its, depositOf(estimate, 100_00))]);
  expect([i.ok, d.ok]).toEqual([true, true]);
  expect((await readInvoiceRecord(staff.db, id, world.clock.now()))?.invoice.applied).toBe(100_00);
});

test("issuing twice at once with a deposit applies it once", async () => {
  const its = await estimateShop();
  const { staff, world } = its;
  const { id: order, estimate } = await approvedOrder(its, { Drums: 300_00 }, 100_00);
  const entry = newId("entry");
  await record(its, depositOf(estimate, 100_00, entry));
  await completed(its, order);
  const id = await drafted(its, [order]);
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
  const { staff, world } = its;
  const { id: order, estimate } = await approvedOrder(its, { Drums: 300_00 }, 100_00);
  await completed(its, order);
  const id = await drafted(its, [order]);
  let isFirst = true;
  const db = {
    ...staff.db,
    batch: async (statements: Parameters<typeof staff.db.batch>[0]) => {
      if (isFirst) {
        isFirst = false;
        await record(its, depositOf(estimate, 100_00));
      }
      return staff.db.batch(statements);
    },
  };
  expect(await issueInvoice({ ...staff, db }, id, { terms: "net-15" })).toMatchObject({ ok: true });
  expect((await readInvoiceRecord(staff.db, id, world.clock.now()))?.invoice.applied).toBe(100_00);
});
