import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "~/kernel/days";
import { type Id, newId } from "~/kernel/ids";
import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { DAY, dayOf } from "~/kernel/time";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { readAccount } from "~/queries/staff/account.server";
import { readCustomerBalances } from "~/queries/staff/customer-balances.server";
import { readCustomerOrders } from "~/queries/staff/customer-orders.server";
import { readReceivables } from "~/queries/staff/invoice-list.server";
import { approvedOrder, check, completed, depositOf, drafted, issued, record, saveTerms } from "../../../../tests/world/accounts";
import { estimateShop, partLine } from "../../../../tests/world/estimates";
import { completedOrder } from "../../../../tests/world/orders";
import { closeInvoice } from "../close-invoice.server";
import { readInvoiceRecord } from "../invoice-record.read.server";
import { issueInvoice } from "../issue-invoice.server";
import { readStatement } from "../statements/statement.read.server";
import { changeAccount } from "./change-account.server";
import { readDepositReceived } from "./deposits.read.server";
import type { LedgerCommand } from "./ledger-command";

test("a deposit pays the first invoice with work of its estimate when it is issued, and what is left the next", async () => {
  const its = await estimateShop();
  const { staff, asset, world } = its;
  const invoiceOf = async (id: Id<"invoice">) => (await readInvoiceRecord(staff.db, id, world.clock.now()))?.invoice;
  const { id: order, jobs, estimate } = await approvedOrder(its, { Drums: 300_00, Seals: 100_00 }, 400_00);
  await record(its, depositOf(estimate, 400_00));
  await record(its, { intent: "pay", id: newId("entry"), on: [], amount: toCents(90_00), ...check("2030-03-01", "1042") });
  expect(await readDepositReceived(staff.db, estimate)).toBe(400_00);

  const other = await issued(its, [await completedOrder(staff, asset, [partLine("Hose", 50_00)])]);
  expect(await invoiceOf(other)).toMatchObject({ applied: 0, status: "issued" });

  const seals = jobs[0]?.lines[1]?.id ?? expect.fail("no second line");
  await completed(its, order, [seals]);
  expect(await invoiceOf(await issued(its, [order]))).toMatchObject({ total: 330_00, applied: 330_00, status: "paid" });

  const followUp = (await readCustomerOrders(staff.db, its.customer.id)).find(({ state }) => state === "open") ?? expect.fail("no follow-up");
  await completed(its, followUp.id);
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
        const day = addDays(today(), -back);
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
        const [from, through] = [addDays(first, days - 30), addDays(first, days)];
        const found = await readStatement(staff.db, customer.id, { from, through });
        const statement = found.ok ? found.value : expect.fail(found.error.kind);
        expect({ days, opening: statement.opening, closing: statement.closing }).toEqual({
          days,
          opening: balanceAt(addDays(from, -1)),
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
      const { rows } = await readCustomerBalances(staff.db, { now: world.clock.now(), after: null });
      expect(rows.map(({ id, balance }) => [id, balance])).toEqual(owed > 0 ? [[customer.id, balanceAt("2099-12-31")]] : []);
    }),
    { numRuns: 10, seed: 20_261 },
  );
  console.info(`statements: ${cases} steps on 10 random accounts, ${accepted} money commands accepted, 8 periods of each compared`);
  expect(accepted).toBeGreaterThan(40);
});

test("over the credit limit an invoice is issued only as due on receipt where the shop blocks it; a payment frees the credit", async () => {
  const its = await estimateShop();
  const { staff, customer } = its;
  await saveTerms(its, { creditLimit: "100", terms: "net-15" });
  const { version, rules } = await readShopRules(staff.db);
  await changeShopRules(staff, { seen: version, rules: { ...rules, creditRule: "block" } });
  const recordOf = async (id: Id<"invoice">) => (await readInvoiceRecord(staff.db, id, its.world.clock.now())) ?? expect.fail("no invoice");
  const [first, second, third] = [await drafted(its), await drafted(its), await drafted(its)];
  expect(await recordOf(first)).toMatchObject({ suggestedTerms: "net-15", creditConcern: null });
  expect(await issueInvoice(staff, first, { terms: "net-15" })).toMatchObject({ ok: true });
  const concern = `With this invoice, Lakeside is over its credit limit of $100.00 by $32.00.`;
  expect(await recordOf(second)).toMatchObject({ suggestedTerms: "receipt", creditConcern: concern });
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

test("the mail of an invoice that a deposit paid a part of asks for the rest", async () => {
  const its = await estimateShop();
  const { world, shop, decider } = its;
  const { id: order, estimate } = await approvedOrder(its, { Drums: 300_00 }, 100_00);
  await record(its, depositOf(estimate, 100_00));
  await completed(its, order);
  await issued(its, [order]);
  await world.drainOutbox(shop);
  const mail = (await world.mail(decider.email)).find(({ subject }) => subject.startsWith("Invoice")) ?? expect.fail("no mail");
  const [total, rest, paid] = [330_00, 230_00, 100_00].map((amount) => formatMoney(toCents(amount), "NZD", "en-NZ"));
  expect(mail.subject).toContain(`: ${rest}, due`);
  expect(mail.text).toContain(`The total is ${total}; your deposit paid ${paid} of it.`);
});
