import { and, asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { journal } from "~/platform/database/tenant.tables";
import { readPortalInvoice } from "~/queries/customer/invoices.server";
import { readAccount } from "~/queries/staff/account.server";
import { readInvoiceList } from "~/queries/staff/invoice-list.server";
import { completedOrder } from "../../../../tests/world/orders";
import { createWorld } from "../../../../tests/world/world";
import { closeInvoice } from "../close-invoice.server";
import { draftInvoice } from "../draft-invoice.server";
import { readInvoiceRecord } from "../invoice-record.read.server";
import { issueInvoice } from "../issue-invoice.server";
import { changeAccount } from "../receivables/change-account.server";
import { readStatement } from "../statements/statement.read.server";
import type { CoreCommand } from "./core";
import { settleCore } from "./settle-core.server";

/** A shop with 10 % tax on parts, and its invoices over a starter of 438.00 and two cores of 60.00. */
async function shopWithCores(sharedWorld?: Awaited<ReturnType<typeof createWorld>>) {
  const world = sharedWorld ?? (await createWorld({ now: "2030-03-01T09:00:00Z" }));
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const tax = { ...firstRules.tax, parts: toBasisPoints(1_000) };
  expect((await changeShopRules(staff, { seen: 0, rules: { ...firstRules, tax } })).ok).toBe(true);
  const core = {
    kind: "core",
    text: "Starter core",
    partNumber: null,
    quantity: toQuantity(2_000),
    each: toCents(60_00),
    cost: null,
    supplies: false,
  } as const;
  const drafted = async () => {
    const lineId = newId("line");
    const part = { ...core, id: newId("line"), kind: "part", text: "Starter", quantity: toQuantity(1_000), each: toCents(438_00) } as const;
    const order = await completedOrder(staff, asset, [part, { ...core, id: lineId }], { complaint: "Starter drags" });
    const id = newId("invoice");
    await draftInvoice(staff, { id, customerId: customer.id, orders: [order] });
    return { id, lineId };
  };
  const issued = async () => {
    const it = await drafted();
    expect((await issueInvoice(staff, it.id, { terms: "net-30" })).ok).toBe(true);
    return it;
  };
  const settle = (it: { id: Id<"invoice">; lineId: Id<"line"> }, type: CoreCommand["intent"], quantity: number | null = null, id = newId("coreReturn")) =>
    settleCore(staff, it.id, { intent: type, id, lineId: it.lineId, quantity: quantity === null ? null : toQuantity(quantity), why: "It turned up" });
  const record = async (id: Id<"invoice">) => (await readInvoiceRecord(staff.db, id, world.clock.now())) ?? expect.fail("no such invoice");
  const withCoresOut = async () =>
    (await readInvoiceList(staff.db, { filter: "cores", query: "", after: null, now: world.clock.now() })).rows.map(({ id }) => id);
  return { world, shop, customer, staff, drafted, issued, settle, record, withCoresOut };
}

const done = { ok: true, value: null };

test("a returned core is credited with its tax, one by one: off the balance first, then as the customer's credit", async () => {
  const { world, shop, customer, staff, issued, settle, record, withCoresOut } = await shopWithCores();
  const it = await issued();
  expect((await record(it.id)).invoice).toMatchObject({ total: 613_80 });
  expect(await withCoresOut()).toEqual([it.id]);

  // The same form submitted twice at once is one return.
  const same = newId("coreReturn");
  expect(await Promise.all([settle(it, "return", 1_000, same), settle(it, "return", 1_000, same)])).toEqual([done, done]);
  expect(await record(it.id)).toMatchObject({
    invoice: { balance: 547_80 },
    cores: [{ state: "open", out: 1_000, outWorth: 66_00, returns: [{ quantity: 1_000, credited: 66_00, undone: false }] }],
  });
  expect(await settle(it, "return", 1_001)).toEqual({ ok: false, error: { kind: "too-many", most: 1_000 } });

  const money = { method: "check", reference: null, day: "2030-03-01" } as const;
  await changeAccount(staff, customer.id, { intent: "pay", id: newId("entry"), on: [{ invoiceId: it.id, amount: null }], amount: toCents(547_80), ...money });
  expect(await settle(it, "return")).toEqual(done);
  expect(await record(it.id)).toMatchObject({ invoice: { status: "paid" }, credit: 66_00, cores: [{ state: "credited", out: 0 }] });
  expect(await withCoresOut()).toEqual([]);
  for (const command of ["return", "forfeit"] as const) expect(await settle(it, command)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });

  const account = (await readAccount(staff.db, customer.id, { now: world.clock.now(), before: null })) ?? expect.fail("no account");
  expect(account).toMatchObject({ owed: 0, credit: 66_00 });
  const statement = await readStatement(staff.db, customer.id, { from: "2030-01-01", through: "2030-12-31" });
  expect(statement).toMatchObject({ ok: true, value: { closing: -66_00 } });
  expect(statement.ok && statement.value.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["invoice", 613_80],
    ["credit-note", -66_00],
    ["payment", -547_80],
    ["credit-note", -66_00],
  ]);
  const journalRows = await shop.db.query({
    from: journal,
    columns: { event: journal.event },
    where: and(eq(journal.recordKind, "account"), eq(journal.recordId, customer.id)),
    orderBy: [asc(journal.version)],
    limit: 9,
  });
  expect(journalRows.map(({ event }) => event)).toEqual(["core.returned", "payment.recorded", "core.returned"]);

  // The customer sees the return without who recorded it; another customer sees nothing.
  const own = await readPortalInvoice((await shop.as(customer)).db, it.id, world.clock.now());
  expect(own?.cores).toMatchObject([{ state: "credited", isOut: false, returns: [{ credited: 66_00 }, { credited: 66_00 }] }]);
  expect(JSON.stringify(own)).not.toContain("actor");
  expect(await readPortalInvoice((await shop.as(await shop.customer())).db, it.id, world.clock.now())).toBeNull();

  // Reversing the credit note puts the core out again.
  const note = account.entries.find(({ kind }) => kind === "credit-note") ?? expect.fail("no credit note");
  expect(await changeAccount(staff, customer.id, { intent: "reverse", sourceId: note.id, why: "The other shop's part" })).toMatchObject({ ok: true });
  expect(await record(it.id)).toMatchObject({ credit: 0, cores: [{ state: "open", out: 1_000, outWorth: 66_00 }] });
  expect(await withCoresOut()).toEqual([it.id]);
  // The reversal can't be undone; only a new return gives the credit again.
  expect(await changeAccount(staff, customer.id, { intent: "reinstate", sourceId: note.id, why: "It was ours" })).toMatchObject({
    ok: false,
    error: { kind: "not-allowed", message: expect.stringMatching(/Record the core's return on its invoice/) },
  });
  expect((await readAccount(staff.db, customer.id, { now: world.clock.now(), before: null }))?.summary[note.id]?.mayReinstate).toBe(false);
});

test("a core can only be settled on the shop's own issued invoice; a forfeit moves no money", async () => {
  const ours = await shopWithCores();
  const { world, staff, customer, drafted, issued, settle, record, withCoresOut } = ours;
  const [draft, gone, it, full] = [await drafted(), await issued(), await issued(), await issued()];
  await closeInvoice(staff, gone.id, { intent: "void", why: "Wrong unit" });
  expect(await settle(draft, "return")).toMatchObject({
    ok: false,
    error: { kind: "not-allowed", message: expect.stringMatching(/^The invoice isn't issued/) },
  });
  expect(await settle(gone, "return")).toEqual({ ok: false, error: { kind: "not-allowed", message: "The invoice is void, so this core wasn't charged." } });
  expect((await withCoresOut()).sort()).toEqual([it.id, full.id].sort());

  expect(await settle({ ...it, lineId: full.lineId }, "return")).toEqual({ ok: false, error: { kind: "not-found" } });
  const theirs = await shopWithCores(world);
  expect(await theirs.settle(it, "return")).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await theirs.withCoresOut()).toEqual([]);

  expect(await settle(it, "forfeit", 1_000)).toEqual(done);
  expect(await settle(it, "forfeit")).toEqual(done);
  expect(await record(it.id)).toMatchObject({ invoice: { balance: 613_80 }, credit: 0, cores: [{ state: "forfeited" }] });
  expect(await withCoresOut()).toEqual([full.id]);

  // Undoing a forfeit: the same form twice is one, and the reason is internal.
  const mistake = newId("coreReturn");
  expect(await Promise.all([settle(it, "reopen", 1_000, mistake), settle(it, "reopen", 1_000, mistake)])).toEqual([done, done]);
  expect(await record(it.id)).toMatchObject({ cores: [{ state: "open", out: 1_000, forfeited: 1_000, mayReopen: true }] });
  expect((await withCoresOut()).sort()).toEqual([it.id, full.id].sort());
  expect(JSON.stringify(await record(it.id))).toContain("It turned up");
  expect(JSON.stringify(await readPortalInvoice((await ours.shop.as(customer)).db, it.id, world.clock.now()))).not.toMatch(/turned up|creditNote|actor/);
  expect(await settle(it, "reopen", 1_001)).toEqual({ ok: false, error: { kind: "too-many", most: 1_000 } });
  expect(await settle(gone, "reopen")).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  expect(await settle(it, "return")).toEqual(done);
  expect(await withCoresOut()).toEqual([full.id]);

  // What credit notes already gave back is not given again.
  await changeAccount(staff, customer.id, { intent: "credit-note", id: newId("entry"), invoiceId: full.id, amount: toCents(600_00), why: "Wrong starter" });
  expect(await settle(full, "return")).toMatchObject({ ok: false, error: { kind: "not-credited", why: { kind: "too-much", most: 13_80 } } });
  expect((await record(full.id)).invoice).toMatchObject({ balance: 13_80 });
});
