import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import type { Place } from "~/kernel/list-order";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { customers } from "~/modules/customers/customer.tables";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { readPortalInvoice, readPortalInvoices, readPortalInvoicesOfOrder } from "~/queries/customer/invoices.server";
import { type AccountCursor, readAccount, readCustomerReceivables, readPortalBalance } from "~/queries/staff/account.server";
import { readInvoiceList, readReceivables } from "~/queries/staff/invoice-list.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { readReadyToInvoice, readReadyWork } from "~/queries/staff/ready-to-invoice.server";
import { completedOrder } from "../../../tests/world/orders";
import { createWorld } from "../../../tests/world/world";
import { closeInvoice } from "./close-invoice.server";
import { draftInvoice } from "./draft-invoice.server";
import { readInvoiceRecord } from "./invoice-record.read.server";
import { issueInvoice } from "./issue-invoice.server";
import { changeAccount } from "./receivables/change-account.server";
import type { LedgerCommand } from "./receivables/ledger-command";
import { readStatement, type StatementDatabase } from "./statements/statement.read.server";

const terms = { terms: "net-30" } as const;

async function shopWithWork(world?: Awaited<ReturnType<typeof createWorld>>) {
  const sharedWorld = world ?? (await createWorld({ now: "2030-03-01T09:00:00Z" }));
  const shop = await sharedWorld.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  /** A completed order with 100.00 of labor and by default one hose of 50.00. */
  const completed = async (of = asset, hoses = 1) => {
    const line = {
      kind: "labor",
      text: "Replace hose",
      partNumber: null,
      quantity: toQuantity(1_000),
      each: toCents(100_00),
      cost: null,
      supplies: true,
    } as const;
    const lines = [
      { ...line, id: newId("line") },
      { ...line, id: newId("line"), kind: "part", text: "Hose", quantity: toQuantity(hoses * 1_000), each: toCents(50_00), cost: toCents(31_31) } as const,
    ];
    return completedOrder(staff, of, lines);
  };
  const drafted = async (...orders: Id<"workOrder">[]) => {
    const id = newId("invoice");
    expect(await draftInvoice(staff, { id, customerId: customer.id, orders })).toEqual({ ok: true, value: null });
    return id;
  };
  const issued = async () => {
    const id = await drafted(await completed());
    expect(await issueInvoice(staff, id, terms)).toEqual({ ok: true, value: null });
    return id;
  };
  const record = async (id: Id<"invoice">) => {
    const found = await readInvoiceRecord(staff.db, id, sharedWorld.clock.now());
    if (!found) throw new Error("no such invoice");
    return found;
  };
  const payment = (invoiceId: Id<"invoice">, amount: number, id = newId("entry")): LedgerCommand => ({
    intent: "pay",
    id,
    on: [{ invoiceId, amount: null }],
    amount: toCents(amount),
    method: "check",
    reference: "1041",
    day: "2030-03-01",
  });
  const pay = (...args: Parameters<typeof payment>) => changeAccount(staff, customer.id, payment(...args));
  const state = async (id: Id<"workOrder">) => (await readOrderRecord(staff, id))?.order.state;
  return { world: sharedWorld, shop, customer, asset, staff, completed, drafted, issued, record, payment, pay, state };
}

test("twenty invoices issued at once get numbers without gaps or duplicates", async () => {
  const { staff, completed, drafted, record } = await shopWithWork();
  const ids: Id<"invoice">[] = [];
  for (let n = 0; n < 20; n++) ids.push(await drafted(await completed()));
  const results = await Promise.all(ids.map((id) => issueInvoice(staff, id, terms)));
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  const numbers = await Promise.all(ids.map(async (id) => (await record(id)).invoice.number));
  expect(numbers.sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(Array.from({ length: 20 }, (_, n) => 1 + n));
});

test("a refused issue takes no number, and one submitted twice takes one", async () => {
  const { staff, completed, drafted, record } = await shopWithWork();
  const order = await completed();
  const draft = await drafted(order);
  await changeWorkOrder(staff, order, { intent: "reopen", why: "Leaks again" });
  expect(await issueInvoice(staff, draft, terms)).toMatchObject({
    ok: false,
    error: { kind: "not-allowed", message: expect.stringMatching(/^WO-\d+: This order isn't completed/) },
  });
  await runOrderCommand(staff, order, { intent: "move", seen: 99, to: "completed", holdReason: null });
  const both = await Promise.all([1, 2].map(() => issueInvoice(staff, draft, terms)));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await record(draft)).invoice.number).toBe(1);
  const next = await drafted(await completed());
  await issueInvoice(staff, next, terms);
  expect((await record(next)).invoice.number).toBe(2);
});

test("issuing an invoice marks its orders invoiced, voiding makes them completed again", async () => {
  const { staff, completed, drafted, state, record, customer } = await shopWithWork();
  const order = await completed();
  const id = await drafted(order);
  expect(await state(order)).toBe("completed");
  expect(await draftInvoice(staff, { id: newId("invoice"), customerId: customer.id, orders: [order] })).toEqual({ ok: false, error: { kind: "order-taken" } });
  await issueInvoice(staff, id, terms);
  expect(await state(order)).toBe("invoiced");
  expect(await changeWorkOrder(staff, order, { intent: "reopen", why: "Leaks again" })).toMatchObject({ ok: false });
  expect(await closeInvoice(staff, id, { intent: "void", why: "" })).toEqual({ ok: false, error: { kind: "no-reason" } });
  expect(await closeInvoice(staff, id, { intent: "void", why: "Wrong customer" })).toEqual({ ok: true, value: null });
  expect(await state(order)).toBe("completed");
  expect((await record(id)).invoice).toMatchObject({ number: 1, status: "void", voidReason: "Wrong customer" });
  const again = await drafted(order);
  await issueInvoice(staff, again, terms);
  expect((await record(again)).invoice.number).toBe(2);
});

test("a discarded draft releases its order and takes no number", async () => {
  const { staff, customer, completed, drafted, record } = await shopWithWork();
  const order = await completed();
  const id = await drafted(order);
  expect([await readReadyToInvoice(staff.db), await readReadyWork(staff.db, customer.id)]).toEqual([[], null]);
  await closeInvoice(staff, id, { intent: "discard" });
  expect((await record(id)).invoice).toMatchObject({ number: null, status: "void" });
  const next = await completed();
  expect(await readReadyToInvoice(staff.db)).toEqual([{ customerId: customer.id, customer: expect.any(String), price: 300_00, count: 2 }]);
  expect(await readReadyWork(staff.db, customer.id)).toMatchObject({ orders: [{ id: order, price: 150_00 }, { id: next }], more: false });
});

test("refuses to issue a negative total, a total other than the page showed, or an invoice to the shop's own fleet", async () => {
  const { shop, staff, customer, completed, drafted, record } = await shopWithWork();
  const below = await drafted(await completed(undefined, -3));
  expect(await issueInvoice(staff, below, terms)).toMatchObject({
    ok: false,
    error: { kind: "not-allowed", message: expect.stringMatching(/total is negative/) },
  });
  expect(await record(below)).toMatchObject({ invoice: { number: null, status: "draft" }, allowed: { issue: expect.stringMatching(/total is negative/) } });
  const draft = await drafted(await completed());
  expect(await issueInvoice(staff, draft, { ...terms, seen: toCents(140_00) })).toEqual({ ok: false, error: { kind: "other-total", total: 150_00 } });
  expect(await issueInvoice(staff, draft, { ...terms, seen: toCents(150_00) })).toEqual({ ok: true, value: null });
  const order = await completed();
  await shop.db.batch([shop.db.update(customers, { isSelf: true }, eq(customers.id, customer.id))]);
  expect(await draftInvoice(staff, { id: newId("invoice"), customerId: customer.id, orders: [order] })).toEqual({ ok: false, error: { kind: "own-fleet" } });
  expect([await readReadyToInvoice(staff.db), await readReadyWork(staff.db, customer.id)]).toEqual([[], null]);
});

test("an issued invoice doesn't change with later rates, taxes or customer names", async () => {
  const { shop, customer, staff, issued, completed, drafted, record } = await shopWithWork();
  const before = await issued();
  const was = await record(before);
  expect(was.contents.charges).toMatchObject({ tax: 0, total: 150_00 });
  const rules = { ...firstRules, tax: { ...firstRules.tax, parts: toBasisPoints(1_000) } };
  await shop.db.batch([shop.db.update(customers, { name: "Renamed" }, eq(customers.id, customer.id))]);
  expect((await changeShopRules(staff, { seen: 0, rules })).ok).toBe(true);
  expect((await record(before)).contents).toEqual(was.contents);
  const after = await drafted(await completed());
  expect((await record(after)).contents.charges).toMatchObject({ tax: 5_00, total: 155_00 });
  expect((await record(after)).contents.customer).toBe("Renamed");
});

test("the same payment recorded twenty-five times at once is one, and two different ones are both saved", async () => {
  const { issued, pay, record } = await shopWithWork();
  const id = await issued();
  const same = newId("entry");
  const results = await Promise.all(Array.from({ length: 25 }, () => pay(id, 40_00, same)));
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect((await record(id)).invoice).toMatchObject({ status: "partial", balance: 110_00 });
  const two = await Promise.all([pay(id, 10_00), pay(id, 20_00)]);
  expect(two.every(({ ok }) => ok)).toBe(true);
  expect((await record(id)).invoice.balance).toBe(80_00);
});

test("when a payment and a void happen at once one wins, and no void invoice has money on it", async () => {
  for (let n = 0; n < 5; n++) {
    const { staff, issued, pay, record } = await shopWithWork();
    const id = await issued();
    const [paid, closed] = await Promise.all([pay(id, 10_00), closeInvoice(staff, id, { intent: "void", why: "Mistake" })]);
    const { invoice } = await record(id);
    expect([paid.ok, closed.ok].filter(Boolean)).toHaveLength(1);
    expect(invoice).toMatchObject(paid.ok ? { status: "partial", applied: 10_00 } : { status: "void", applied: 0 });
  }
});

test("an overpayment becomes credit for the next invoice; a bounced check reopens both", async () => {
  const { staff, customer, issued, pay, record } = await shopWithWork();
  const [first, second] = [await issued(), await issued()];
  const check = newId("entry");
  await pay(first, 200_00, check);
  expect(await record(first)).toMatchObject({ invoice: { status: "paid", balance: 0 }, credit: 50_00 });
  await changeAccount(staff, customer.id, { intent: "apply-credit", invoiceId: second });
  expect(await record(second)).toMatchObject({ invoice: { status: "partial", balance: 100_00 }, credit: 0 });
  await changeAccount(staff, customer.id, { intent: "reverse", sourceId: check, why: "Bounced" });
  expect((await record(first)).invoice).toMatchObject({ status: "issued", balance: 150_00 });
  expect(await record(second)).toMatchObject({ invoice: { status: "issued", balance: 150_00 }, credit: 0 });
});

test("an unapplied credit note can be refunded; undoing a reversal puts the check back on its invoice", async () => {
  const { world, shop, staff, customer, issued, pay, record } = await shopWithWork();
  const [id, check, note] = [await issued(), newId("entry"), newId("entry")];
  const command = (asked: LedgerCommand) => changeAccount(staff, customer.id, asked);
  const done = { ok: true };
  await pay(id, 150_00, check);
  expect(await command({ intent: "credit-note", id: note, invoiceId: id, amount: toCents(50_00), why: "Wrong hose" })).toMatchObject(done);
  const money = { method: "cash", reference: "R-9", day: "2030-03-01" } as const;
  const payOut = (amount: number) =>
    command({ intent: "refund", id: newId("entry"), sourceId: note, amount: toCents(amount), why: "Asked for cash", ...money });
  // Two people refund the same credit at once: one succeeds.
  const both = await Promise.all([payOut(50_00), payOut(50_00)]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(await record(id)).toMatchObject({ invoice: { status: "paid" }, credit: 0 });

  expect(await command({ intent: "reverse", sourceId: check, why: "Bounced" })).toMatchObject(done);
  expect((await record(id)).invoice.balance).toBe(150_00);
  const again = { intent: "reinstate", sourceId: check, why: "The bank mixed it up" } as const;
  const twice = await Promise.all([command(again), command(again)]);
  expect(twice.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect((await record(id)).invoice).toMatchObject({ status: "paid", balance: 0 });
  const account = (await readAccount(staff.db, customer.id, { now: world.clock.now(), before: null })) ?? expect.fail("no account");
  expect(account).toMatchObject({ owed: 0, credit: 0, summary: { [check]: { worth: 150_00, mayReverse: true, mayReinstate: false } } });
  const own = (await shop.as(customer)).db;
  const statement = await readStatement(own, null, { from: "2030-01-01", through: "2030-12-31" });
  expect(statement.ok && statement.value.lines.map(({ kind, of, reference, amount }) => [kind, of, reference, amount])).toEqual([
    ["invoice", null, null, 150_00],
    ["payment", null, "1041", -150_00],
    ["credit-note", null, null, -50_00],
    ["refund", null, "R-9", 50_00],
    ["reversal", "payment", "1041", 150_00],
    ["reinstatement", "payment", "1041", -150_00],
  ]);
  expect(statement).toMatchObject({ value: { closing: 0 } });
  // The customer sees the note, though all of it was credit, and the refund.
  const payments = (await readPortalInvoice(own, id, world.clock.now()))?.payments.map(({ kind, of, amount, reference }) => [kind, of, amount, reference]);
  expect(payments).toEqual([
    ["allocation", "payment", 150_00, "1041"],
    ["release", "payment", -150_00, "1041"],
    ["refund", "refund", -50_00, "R-9"],
    ["credit-note", "credit-note", 50_00, null],
    ["allocation", "payment", 150_00, "1041"],
  ]);
});

test("is overdue from the shop's midnight on, and aged by day", async () => {
  const { world, staff, issued, record, pay } = await shopWithWork();
  const id = await issued();
  const { invoice } = await record(id);
  expect(invoice.dueDay).toBe("2030-03-31");
  world.clock.pass((invoice.dueAt ?? 0) - world.clock.now() - 1);
  expect((await record(id)).invoice.status).toBe("issued");
  world.clock.pass(1);
  expect((await record(id)).invoice.status).toBe("overdue");
  const list = async (filter: "overdue" | "open" | "paid") =>
    (await readInvoiceList(staff.db, { filter, query: "", after: null, now: world.clock.now() })).rows.map((row) => row.id);
  expect([await list("overdue"), await list("open"), await list("paid")]).toEqual([[id], [id], []]);
  // A search narrows the filtered list, also when it matches a number.
  const found = async (filter: "overdue" | "paid", query: string) =>
    (await readInvoiceList(staff.db, { filter, query, after: null, now: world.clock.now() })).rows.map((row) => row.id);
  expect([await found("overdue", "INV-1"), await found("paid", "INV-1"), await found("overdue", "nobody")]).toEqual([[id], [], []]);
  world.clock.pass(40 * 86_400_000);
  expect(await readReceivables(staff.db, world.clock.now())).toMatchObject({ "31-60": 150_00, current: 0, "1-30": 0 });
  await pay(id, 150_00);
  expect([await list("overdue"), await list("open"), await list("paid")]).toEqual([[], [], [id]]);
  expect(await readReceivables(staff.db, world.clock.now())).toMatchObject({ "31-60": 0 });
});

test("two shops can't see, issue, pay or void each other's invoices", async () => {
  const ours = await shopWithWork();
  const theirs = await shopWithWork(ours.world);
  const id = await theirs.issued();
  const draft = await theirs.drafted(await theirs.completed());
  const now = ours.world.clock.now();
  expect(await readInvoiceRecord(ours.staff.db, id, now)).toBeNull();
  expect(await issueInvoice(ours.staff, draft, terms)).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await closeInvoice(ours.staff, id, { intent: "void", why: "Not ours" })).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await ours.pay(id, 10_00)).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await draftInvoice(ours.staff, { id: newId("invoice"), customerId: theirs.customer.id, orders: [await theirs.completed()] })).toEqual({
    ok: false,
    error: { kind: "not-found" },
  });
  expect((await readInvoiceList(ours.staff.db, { filter: "all", query: "", after: null, now })).rows).toEqual([]);
  expect(await readReadyToInvoice(ours.staff.db)).toEqual([]);
  expect(await readReadyWork(ours.staff.db, theirs.customer.id)).toBeNull();
  expect(Object.values(await readReceivables(ours.staff.db, now))).toEqual([0, 0, 0, 0, 0]);
  // Both shops' first invoice is number 1.
  const own = await ours.issued();
  expect([(await ours.record(own)).invoice.number, (await theirs.record(id)).invoice.number]).toEqual([1, 1]);
});

test("a customer sees its own issued invoices and payments, and no cost, note, draft or other customer", async () => {
  const { world, shop, staff, customer, issued, completed, drafted, pay } = await shopWithWork();
  const [id, voided] = [await issued(), await issued()];
  await closeInvoice(staff, voided, { intent: "void", why: "Mistake of ours" });
  const draft = await drafted(await completed());
  await pay(id, 40_00);
  const { db } = await shop.as(customer);
  const now = world.clock.now();
  const list = await readPortalInvoices(db, { filter: "all", before: null, now });
  expect(list.rows.map((row) => [row.id, row.status, row.balance])).toEqual([
    [voided, "void", 0],
    [id, "partial", 110_00],
  ]);
  const own = await readPortalInvoice(db, id, now);
  expect(own).toMatchObject({ invoice: { balance: 110_00 }, payments: [{ amount: 40_00, method: "check" }] });
  expect(JSON.stringify([list, own])).not.toMatch(/cost|3131|margin|actor|Mistake/);
  expect(await readPortalInvoice(db, draft, now)).toBeNull();
  const order = own?.contents.groups[0]?.orderId ?? expect.fail("no order on it");
  expect(await readPortalInvoicesOfOrder(db, order, now)).toMatchObject([{ id, status: "partial" }]);
  const neighbor = await shop.as(await shop.customer());
  expect(await readPortalInvoice(neighbor.db, id, now)).toBeNull();
  expect(await readPortalInvoicesOfOrder(neighbor.db, order, now)).toEqual([]);
  expect((await readPortalInvoices(neighbor.db, { filter: "all", before: null, now })).rows).toEqual([]);
});

test("an account shows balance, credit and activity, and consecutive statements add up to it", async () => {
  const { world, shop, staff, customer, issued, pay } = await shopWithWork();
  const command = async (asked: LedgerCommand) => expect(await changeAccount(staff, customer.id, asked)).toMatchObject({ ok: true });
  const read = async (before: AccountCursor | null = null) => {
    const account = await readAccount(staff.db, customer.id, { now: world.clock.now(), before });
    return account ?? expect.fail("no such account");
  };
  const money = { method: "check", reference: "77", day: "2030-03-01" } as const;
  const deposit = newId("entry");
  await command({ intent: "pay", id: deposit, on: [], amount: toCents(200_00), ...money });
  await command({ intent: "give-credit", id: newId("entry"), amount: toCents(20_00), why: "Waited a day" });
  const [first, second, gone] = [await issued(), await issued(), await issued()];
  world.clock.pass(86_400_000);
  await command({ intent: "allocate", id: newId("entry"), sourceId: deposit, invoiceId: first, amount: toCents(150_00) });
  await command({ intent: "refund", id: newId("entry"), sourceId: deposit, amount: toCents(30_00), why: "Asked for it", ...money });
  await closeInvoice(staff, gone, { intent: "void", why: "Mistake" });
  world.clock.pass(40 * 86_400_000);
  const bounced = newId("entry");
  await pay(second, 40_00, bounced);
  await command({ intent: "reverse", sourceId: bounced, why: "Bounced" });
  await command({ intent: "credit-note", id: newId("entry"), invoiceId: second, amount: toCents(50_00), why: "Wrong hose" });

  const account = await read();
  expect(account).toMatchObject({ owed: 100_00, overdue: 100_00, credit: 40_00, openCount: 1, open: [{ id: second, balance: 100_00, status: "overdue" }] });
  expect(account.sources.map(({ kind, free }) => [kind, free])).toEqual([
    ["payment", 20_00],
    ["credit", 20_00],
  ]);
  expect(account.summary[deposit]).toEqual({ worth: 170_00, isLiving: true, mayReverse: false, mayReinstate: false });
  expect(account.summary[bounced]).toEqual({ worth: 0, isLiving: false, mayReverse: false, mayReinstate: true });
  expect(account.entries.map(({ kind }) => kind)).toEqual([
    "allocation",
    "credit-note",
    "reversal",
    "release",
    "allocation",
    "payment",
    "refund",
    "allocation",
    "credit",
    "payment",
  ]);
  // The cursor works within the entries of one change.
  const middle = account.entries[3] ?? expect.fail("no fourth entry");
  expect((await read(middle)).entries).toEqual(account.entries.slice(4));

  const statement = async (from: string, through: string, db: StatementDatabase = staff.db, wanted: Id<"customer"> | null = customer.id) => {
    const found = await readStatement(db, wanted, { from, through });
    return found.ok ? found.value : expect.fail(found.error.kind);
  };
  const whole = await statement("2030-01-01", "2030-12-31");
  expect(whole.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["invoice", 150_00],
    ["invoice", 150_00],
    ["invoice", 150_00],
    ["payment", -200_00],
    ["credit", -20_00],
    ["refund", 30_00],
    // Recorded in April, but the money came in on March 1.
    ["payment", -40_00],
    ["void", -150_00],
    ["reversal", 40_00],
    ["credit-note", -50_00],
  ]);
  expect(whole.closing).toBe(account.owed - account.credit);
  // 09:00 in London is 23:00 on this island, so entries of the next hour are in another period.
  const [one, two, three] = [
    await statement("2030-01-01", "2030-03-01"),
    await statement("2030-03-02", "2030-03-31"),
    await statement("2030-04-01", "2030-12-31"),
  ];
  expect([one.opening, one.closing, two.closing, three.closing]).toEqual([0, 220_00, 70_00, whole.closing]);
  expect([two.opening, three.opening]).toEqual([one.closing, two.closing]);
  expect(three.lines.map(({ of, number }) => [of, number])).toEqual([
    ["payment", 2],
    [null, 2],
  ]);
  // A contact reads only their own customer's statement, whatever id is given; another shop's staff none.
  const own = await statement("2030-01-01", "2030-12-31", (await shop.as(customer)).db, null);
  expect(own).toEqual(whole);
  expect(JSON.stringify(own)).not.toMatch(/Waited|Bounced|Wrong hose|Mistake/);
  const neighbor = await shop.as(await shop.customer());
  expect((await statement("2030-01-01", "2030-12-31", neighbor.db, customer.id)).lines).toEqual([]);
  const theirs = await (await world.shop()).asStaff();
  expect(await readStatement(theirs.db, customer.id, { from: "2030-01-01", through: "2030-12-31" })).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await readAccount(theirs.db, customer.id, { now: world.clock.now(), before: null })).toBeNull();
  expect(await readPortalBalance((await shop.as(customer)).db, world.clock.now())).toEqual({ owed: 100_00, overdue: 100_00, credit: 40_00, reserved: 0 });
  expect(await readCustomerReceivables(staff.db, customer.id, world.clock.now())).toMatchObject({
    owed: 100_00,
    newest: [{ status: "void" }, { id: second }, { id: first }],
  });
});

test("lists overdue invoices first, then drafts, then the newest numbers, across pages", async () => {
  const { world, staff, issued, drafted, completed, pay } = await shopWithWork();
  const [late, paid] = [await issued(), await issued()];
  await pay(paid, 150_00);
  world.clock.pass(40 * 86_400_000);
  const [open, draft, discarded] = [await issued(), await drafted(await completed()), await drafted(await completed())];
  await closeInvoice(staff, discarded, { intent: "discard" });
  const list = async (after: Place | null) => readInvoiceList(staff.db, { filter: "all", query: "", after, now: world.clock.now() });
  const ids = [late, draft, open, paid, discarded];
  expect((await list(null)).rows.map(({ id }) => id)).toEqual(ids);
  const places: Place[] = [
    [1, 1, late],
    [0, 1_000_000_000_000, draft],
    [0, 3, open],
    [0, 2, paid],
  ];
  for (const [at, place] of places.entries()) expect((await list(place)).rows.map(({ id }) => id)).toEqual(ids.slice(at + 1));
});
