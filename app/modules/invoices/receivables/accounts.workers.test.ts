import fc from "fast-check";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { DAY, dayOf } from "~/kernel/time";
import { customerStore } from "~/modules/customers/customer.store.server";
import { saveCustomer } from "~/modules/customers/save-customer.server";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { readAccount } from "~/queries/staff/account.server";
import { readCustomerOrders } from "~/queries/staff/customer-orders.server";
import { readReceivables } from "~/queries/staff/invoice-list.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { draftEstimate, type EstimateShop, estimateShop, offered, partLine, phoneAnswer, sendEstimate, writtenOrder } from "../../../../tests/world/estimates";
import { completedOrder } from "../../../../tests/world/orders";
import { closeInvoice } from "../close-invoice.server";
import { draftInvoice } from "../draft-invoice.server";
import { dayAfter } from "../invoice";
import { readInvoiceRecord } from "../invoice-record.read.server";
import { issueInvoice } from "../issue-invoice.server";
import { readStatement } from "../statements/statement.read.server";
import { changeAccount } from "./change-account.server";
import { readDepositReceived } from "./deposits.read.server";
import { doubtKey } from "./doubts";
import type { LedgerCommand } from "./ledger-command";

async function issued({ staff, customer }: EstimateShop, orders: readonly Id<"workOrder">[]) {
  const id = newId("invoice");
  expect(await draftInvoice(staff, { id, customerId: customer.id, orders: [...orders] })).toMatchObject({ ok: true });
  expect(await issueInvoice(staff, id, { terms: "net-30" })).toMatchObject({ ok: true });
  return id;
}

/** Runs a command as somebody does who answers yes to what looks unusual. */
async function record({ staff, customer }: EstimateShop, command: LedgerCommand) {
  const asked = await changeAccount(staff, customer.id, command);
  if (asked.ok || asked.error.kind !== "doubtful") return asked;
  return changeAccount(staff, customer.id, { ...command, confirmed: doubtKey(asked.error.doubts) } as LedgerCommand); // the same command
}

/** Everything on it was repaired; it can be completed. */
async function begin({ staff }: EstimateShop, id: Id<"workOrder">) {
  const { order } = (await readOrderRecord(staff, id)) ?? expect.fail("no order");
  for (const job of order.jobs) await changeWorkOrder(staff, id, { intent: "save-job", seen: 999, job: { ...job, correction: "Replaced" } });
  expect(await changeWorkOrder(staff, id, { intent: "move", seen: 999, to: "in-progress", holdReason: null })).toMatchObject({ ok: true });
}

const check = (day: string, reference = "1041") => ({ method: "check", reference, day }) as const;

test("a deposit pays the first invoice with work of its estimate when it is issued, and what is left the next", async () => {
  const its = await estimateShop();
  const { staff, asset, world } = its;
  const invoiceOf = async (id: Id<"invoice">) => (await readInvoiceRecord(staff.db, id, world.clock.now()))?.invoice;
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00), partLine("Seals", 100_00)] }]);
  const estimate = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
    { deposit: toCents(400_00) },
  );
  await sendEstimate(staff, estimate);
  expect(await changeEstimate(staff, estimate, { intent: "answer", revision: 1, ...phoneAnswer })).toMatchObject({ ok: true });
  await record(its, { intent: "pay", id: newId("entry"), on: [], forEstimate: estimate, amount: toCents(400_00), ...check("2030-03-01") });
  await record(its, { intent: "pay", id: newId("entry"), on: [], amount: toCents(90_00), ...check("2030-03-01", "1042") });
  expect(await readDepositReceived(staff.db, estimate)).toBe(400_00);

  const other = await issued(its, [await completedOrder(staff, asset, [partLine("Hose", 50_00)])]);
  expect(await invoiceOf(other)).toMatchObject({ applied: 0, status: "issued" });

  const seals = jobs[0]?.lines[1]?.id ?? expect.fail("no second line");
  await begin(its, order);
  expect(await completeOrder(staff, order, { seen: 999, why: "Later", notDone: [seals], leftover: "follow-up" })).toMatchObject({ ok: true });
  expect(await invoiceOf(await issued(its, [order]))).toMatchObject({ total: 330_00, applied: 330_00, status: "paid" });

  const followUp = (await readCustomerOrders(staff.db, its.customer.id)).find(({ state }) => state === "open") ?? expect.fail("no follow-up");
  await begin(its, followUp.id);
  expect(await completeOrder(staff, followUp.id, { seen: 999, why: "As asked", notDone: [], leftover: "withdraw" })).toMatchObject({ ok: true });
  expect(await invoiceOf(await issued(its, [followUp.id]))).toMatchObject({ total: 110_00, applied: 70_00, status: "partial" });
});

type Move = { id: string; day: string; amount: number };
const step = fc.record({
  what: fc.constantFrom("invoice", "pay", "pay", "deposit", "credit", "note", "refund", "reverse", "reinstate", "correct", "remove", "void", "day"),
  pick: fc.nat(9),
  amount: fc.integer({ min: 1, max: 250_00 }),
  back: fc.nat(40),
});

test("on random accounts every statement closes with the ledger's balance, and all balances add up to the receivables", async () => {
  let cases = 0;
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30, size: "max" }), async (steps) => {
      const its = await estimateShop();
      const { staff, customer, asset, world } = its;
      const zone = staff.db.scope.organization.zone;
      const today = () => dayOf(world.clock.now(), zone);
      // What the customer's account moved by, each on the day it counts from.
      const moves: Move[] = [];
      const invoices: Id<"invoice">[] = [];
      const sources: { id: Id<"entry">; kind: "payment" | "credit" | "refund"; day: string; amount: number }[] = [];
      const first = today();
      for (const { what, pick, amount, back } of steps) {
        cases++;
        const id = newId("entry");
        const day = dayAfter(today(), -back);
        const money = { amount: toCents(amount), ...check(day, id), why: "why" };
        const invoiceId = invoices[pick % Math.max(1, invoices.length)];
        const source = sources[pick % Math.max(1, sources.length)];
        const own = (kind: "payment" | "credit" | "refund") => sources.push({ id, kind, day: kind === "credit" ? today() : day, amount });
        const was = accepted;
        const isDone = async (command: LedgerCommand) => {
          const { ok } = await record(its, command);
          if (ok) accepted++;
          return ok;
        };
        if (what === "day") world.clock.pass(3 * DAY);
        else if (what === "invoice") {
          const made = await issued(its, [await completedOrder(staff, asset, [partLine("Part", amount)])]);
          const total = (await readInvoiceRecord(staff.db, made, world.clock.now()))?.invoice.total ?? 0;
          invoices.push(made);
          moves.push({ id: made, day: today(), amount: total });
        } else if (what === "void" && invoiceId) {
          const voided = await closeInvoice(staff, invoiceId, { intent: "void", why: "Mistake" });
          if (voided.ok) moves.push({ id: "void", day: today(), amount: -(moves.find((one) => one.id === invoiceId)?.amount ?? 0) });
        } else if (what === "pay" && invoiceId) {
          const on = [...new Set([invoiceId, invoices[(pick + 1) % invoices.length] ?? invoiceId])].map((one) => ({ invoiceId: one, amount: null }));
          if (await isDone({ intent: "pay", id, on, ...money })) own("payment");
        } else if (what === "deposit" && (await isDone({ intent: "pay", id, on: [], ...money }))) own("payment");
        else if (what === "credit" && (await isDone({ intent: "give-credit", id, amount: toCents(amount), why: "why" }))) own("credit");
        else if (what === "note" && invoiceId && (await isDone({ intent: "credit-note", id, invoiceId, amount: toCents(amount), why: "why" }))) own("credit");
        else if (what === "refund" && source && (await isDone({ intent: "refund", id, sourceId: source.id, ...money }))) own("refund");
        else if (what === "reverse" && source && (await isDone({ intent: "reverse", sourceId: source.id, why: "why" })))
          moves.push({ id: "reversal", day: today(), amount: source.amount });
        else if (what === "reinstate" && source && (await isDone({ intent: "reinstate", sourceId: source.id, why: "why" })))
          moves.push({ id: "again", day: today(), amount: -source.amount });
        else if (what === "remove" && source && (await isDone({ intent: "remove", entryId: source.id, why: "why" }))) {
          const at = moves.findIndex((one) => one.id === source.id);
          moves.splice(at, 1);
        } else if (what === "correct" && source && (await isDone({ intent: "correct", id, entryId: source.id, ...money }))) {
          moves.splice(
            moves.findIndex((one) => one.id === source.id),
            1,
          );
          own(source.kind);
        }
        const added = accepted > was ? sources.at(-1) : undefined;
        if (added?.id === id) moves.push({ id, day: added.day, amount: added.kind === "refund" ? added.amount : -added.amount });
      }
      const balanceAt = (through: string) => moves.filter(({ day }) => day <= through).reduce((sum, move) => sum + move.amount, 0);
      for (const days of [-45, -20, -1, 0, 2, 7, 30, 200]) {
        const [from, through] = [dayAfter(first, days - 30), dayAfter(first, days)];
        const found = await readStatement(staff.db, customer.id, { from, through });
        const statement = found.ok ? found.value : expect.fail(found.error.kind);
        expect({ days, opening: statement.opening, closing: statement.closing }).toEqual({
          days,
          opening: balanceAt(dayAfter(from, -1)),
          closing: balanceAt(through),
        });
        const within = moves.filter(({ day }) => day >= from && day <= through).map((move) => move.amount);
        expect(statement.lines.map((line): Cents => line.amount).sort()).toEqual(within.sort());
      }
      const account = (await readAccount(staff.db, customer.id, { now: world.clock.now(), before: null })) ?? expect.fail("no account");
      expect(account.owed - account.credit).toBe(balanceAt("2099-12-31"));
      const owed = Object.values(await readReceivables(staff.db, world.clock.now())).reduce((sum, one) => sum + one, 0);
      const balances = await Promise.all(invoices.map(async (id) => (await readInvoiceRecord(staff.db, id, world.clock.now()))?.invoice.balance ?? 0));
      expect(owed).toBe(balances.reduce<number>((sum, one) => sum + one, 0));
      expect(account.owed).toBe(owed);
    }),
    { numRuns: 10, seed: 20_261 },
  );
  console.info(`statements: ${cases} steps on 10 random accounts, ${accepted} money commands accepted, 8 periods of each compared`);
  expect(accepted).toBeGreaterThan(40);
});

test("over the credit limit an invoice is issued only as due on receipt where the shop blocks it; a payment frees the credit", async () => {
  const its = await estimateShop();
  const { staff, customer, asset } = its;
  const form = { name: "Lakeside", email: "", phone: "", laborRate: "", taxCertificate: "", shares: true, creditLimit: "100", terms: "net-15" };
  const saved = await customerStore(staff.db).find(customer.id);
  expect(await saveCustomer(staff, { id: customer.id, form, seen: saved?.version ?? 0 })).toMatchObject({ ok: true });
  const { version, rules } = await readShopRules(staff.db);
  await changeShopRules(staff, { seen: version, rules: { ...rules, creditRule: "block" } });
  const drafted = async () => {
    const id = newId("invoice");
    await draftInvoice(staff, { id, customerId: customer.id, orders: [await completedOrder(staff, asset, [partLine("Hose", 60_00)])] });
    return id;
  };
  const record = async (id: Id<"invoice">) => (await readInvoiceRecord(staff.db, id, its.world.clock.now())) ?? expect.fail("no invoice");
  const [first, second, third] = [await drafted(), await drafted(), await drafted()];
  expect(await record(first)).toMatchObject({ suggestedTerms: "net-15", creditConcern: null });
  expect(await issueInvoice(staff, first, { terms: "net-15" })).toMatchObject({ ok: true });
  const concern = `With this invoice, Lakeside is over its credit limit of $100.00 by $32.00.`;
  expect(await record(second)).toMatchObject({ suggestedTerms: "receipt", creditConcern: concern });
  const refused = { ok: false, error: { kind: "not-allowed", message: `${concern} Issue it as due on receipt.` } };
  expect(await issueInvoice(staff, second, { terms: "net-15" })).toEqual(refused);
  expect(await issueInvoice(staff, second, { terms: "receipt" })).toMatchObject({ ok: true });
  await changeAccount(staff, customer.id, {
    intent: "pay",
    id: newId("entry"),
    on: [
      { invoiceId: first, amount: null },
      { invoiceId: second, amount: null },
    ],
    amount: toCents(132_00),
    ...check("2030-03-01"),
  });
  expect(await issueInvoice(staff, third, { terms: "net-15" })).toMatchObject({ ok: true });
});

test("an expired tax exemption certificate keeps estimates and invoices from going out without tax until it is renewed", async () => {
  const its = await estimateShop();
  const { staff, customer, asset } = its;
  const save = async (taxCertificateThrough: string) => {
    const form = { name: "Lakeside", email: "", phone: "", laborRate: "", taxCertificate: "IN-1", taxCertificateThrough, shares: true };
    const version = (await customerStore(staff.db).find(customer.id))?.version ?? 0;
    expect(await saveCustomer(staff, { id: customer.id, form, seen: version })).toMatchObject({ ok: true });
  };
  const id = newId("invoice");
  await draftInvoice(staff, { id, customerId: customer.id, orders: [await completedOrder(staff, asset, [partLine("Hose", 60_00)])] });
  await save("2030-02-28");
  expect(await issueInvoice(staff, id, { terms: "net-30" })).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/expired on .*28 Feb 2030/) },
  });
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00)] }]);
  const estimate = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
  );
  const send = () => changeEstimate(staff, estimate, { intent: "send", seen: 999, total: null });
  expect(await send()).toMatchObject({ ok: false, error: { kind: "not-allowed", message: expect.stringMatching(/expired on .*28 Feb 2030/) } });
  await save("2030-12-31");
  expect(await send()).toMatchObject({ ok: true });
  expect(await issueInvoice(staff, id, { terms: "net-30" })).toMatchObject({ ok: true });
});

test("the mail of an invoice that a deposit paid a part of asks for the rest", async () => {
  const its = await estimateShop();
  const { staff, asset, world, shop, decider } = its;
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 300_00)] }]);
  const estimate = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
    { deposit: toCents(100_00) },
  );
  await sendEstimate(staff, estimate);
  await changeEstimate(staff, estimate, { intent: "answer", revision: 1, ...phoneAnswer });
  await record(its, { intent: "pay", id: newId("entry"), on: [], forEstimate: estimate, amount: toCents(100_00), ...check("2030-03-01") });
  await begin(its, order);
  await completeOrder(staff, order, { seen: 999, why: "Done", notDone: [], leftover: "withdraw" });
  await issued(its, [order]);
  await world.drainOutbox(shop);
  const mail = (await world.mail(decider.email)).find(({ subject }) => subject.startsWith("Invoice")) ?? expect.fail("no mail");
  const [total, rest, paid] = [330_00, 230_00, 100_00].map((amount) => formatMoney(toCents(amount), "NZD", "en-NZ"));
  expect(mail.subject).toContain(`: ${rest}, due`);
  expect(mail.text).toContain(`The total is ${total}; your deposit paid ${paid} of it.`);
});
