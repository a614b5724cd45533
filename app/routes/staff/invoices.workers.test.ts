import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import type { Line } from "~/modules/work-orders/jobs/job";
import { browserIn } from "../../../tests/world/browser";
import { completedOrder } from "../../../tests/world/orders";
import { createWorld } from "../../../tests/world/world";
import { loader as portalInvoice } from "../customer/invoice";
import { loader as ownInvoices } from "../customer/invoices";
import { action as account, loader as accountPage } from "./account/route";
import { action, loader as staffInvoice } from "./invoice/route";
import { loader as newInvoice } from "./new-invoice";
import { loader as statementPage } from "./statement";

const today = "2030-03-01";

async function setUp(...more: readonly Line[]) {
  const world = await createWorld({ now: `${today}T09:00:00Z` });
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const services = await shop.asStaff();
  const hose = {
    kind: "part",
    text: "Hose",
    partNumber: null,
    quantity: toQuantity(1_000),
    each: toCents(50_00),
    cost: toCents(31_31),
    supplies: true,
  } as const;
  const completed = () => completedOrder(services, asset, [{ ...hose, id: newId("line") }, ...more]);
  const order = await completed();
  const invoiceId = newId("invoice");
  await draftInvoice(services, { id: invoiceId, customerId: customer.id, orders: [order] });
  const as = async (portal: "staff" | "customer", email: string) => {
    const browser = browserIn(world);
    browser.jar.set(`__Host-${portal}`, (await shop.session(email, portal)).cookie.split("=")[1] ?? "");
    return browser;
  };
  return { shop, customer, services, invoiceId, params: { invoiceId }, as, owner: await as("staff", shop.ownerEmail), completed };
}

test("a draft that is opened from an order starts with that order and nothing else", async () => {
  const { customer, owner, completed } = await setUp();
  const [first, second] = [await completed(), await completed()];
  const chosen = async (query: string) => {
    const { body } = await owner.get(newInvoice, `/invoices/new?customer=${customer.id}${query}`);
    return (body as Awaited<ReturnType<typeof newInvoice>>).chosen;
  };
  expect(await chosen(`&order=${second}`)).toEqual([second]);
  // Opened from the customer's work, it starts with all of it; so it does for an order that is not ready.
  for (const query of ["", `&order=${newId("workOrder")}`]) expect([...(await chosen(query))].sort()).toEqual([first, second].sort());
});

test("a contact sees an issued invoice without its costs, and nothing of it without the right to documents", async () => {
  const { shop, customer, services, invoiceId, params, as } = await setUp();
  const email = `accounts@${shop.id.slice(-8)}.test`;
  await addContact(services, { customerId: customer.id, name: "Accounts", email });
  await services.drainNow();
  const browser = await as("customer", email);
  expect((await browser.get(portalInvoice, "/", { params })).status).toBe(404);
  await issueInvoice(services, invoiceId, { terms: "net-30" });
  const [list, record] = [await browser.get(ownInvoices, "/"), await browser.get(portalInvoice, "/", { params })];
  expect(list.body).toMatchObject({ rows: [{ id: invoiceId, invoice: { status: "issued", balance: 50_00 } }] });
  expect(record.body).toMatchObject({ invoice: { balance: 50_00 } });
  expect(JSON.stringify([list.body, record.body])).not.toMatch(/cost|3131|margin/i);
  await shop.db.batch([shop.db.update(contacts, { mayDocuments: false }, eq(contacts.email, email))]);
  expect((await browser.get(ownInvoices, "/")).body).toMatchObject({ rows: [], refused: expect.stringMatching(/can't see documents/) });
  expect((await browser.get(portalInvoice, "/", { params })).status).toBe(403);
});

test("a payment form reports errors at their fields, and sent twice records one payment", async () => {
  const { services, invoiceId, params, owner } = await setUp();
  await issueInvoice(services, invoiceId, { terms: "receipt" });
  const send = (fields: Record<string, string>) =>
    owner.post(action, "/", { intent: "pay", method: "check", reference: "12", day: today, ...fields }, { params });
  const id = newId("entry");
  expect(await send({ id, amount: "none" })).toMatchObject({ status: 422, body: { problem: { fields: { amount: expect.stringMatching(/above zero/) } } } });
  expect(await send({ id, amount: "-5" })).toMatchObject({ status: 422 });
  expect(await send({ id, amount: "5", day: "2030-02-31" })).toMatchObject({
    status: 422,
    body: { problem: { fields: { day: expect.stringMatching(/^Choose a date\./) } } },
  });
  for (const _ of [1, 2]) expect(await send({ id, amount: "20.00" })).toMatchObject({ status: 200 });
  expect((await owner.get(staffInvoice, "/", { params })).body).toMatchObject({ invoice: { status: "partial", balance: 30_00 } });
  expect(await owner.post(action, "/", { intent: "void", why: "Mistake" }, { params })).toMatchObject({
    status: 409,
    body: { problem: { message: expect.stringMatching(/Reverse or unapply them first/) } },
  });
  expect(await owner.post(action, "/", { intent: "reverse", source: id, why: "Bounced" }, { params })).toMatchObject({ status: 200 });
  expect(await owner.post(action, "/", { intent: "void", why: "Mistake" }, { params })).toMatchObject({ status: 200 });
});

test("a payment far above what is open is asked about, and recorded once somebody confirmed that surplus", async () => {
  const { services, invoiceId, params, owner } = await setUp();
  await issueInvoice(services, invoiceId, { terms: "receipt" });
  const form = { intent: "pay", id: newId("entry"), amount: "50,000.00", method: "check", reference: "12", day: today };
  const asked = {
    status: 409,
    body: {
      problem: {
        message: expect.stringMatching(/49,950\.00 more than is open\. Record it anyway\?/),
        values: { amount: "50,000.00", doubts: "surplus:4995000" },
      },
    },
  };
  expect(await owner.post(action, "/", form, { params })).toMatchObject(asked);
  expect(await owner.post(action, "/", { ...form, confirmed: "surplus:100" }, { params })).toMatchObject(asked);
  expect((await owner.get(staffInvoice, "/", { params })).body).toMatchObject({ invoice: { balance: 50_00 } });
  for (const _ of [1, 2]) expect(await owner.post(action, "/", { ...form, confirmed: "surplus:4995000" }, { params })).toMatchObject({ status: 200 });
  expect((await owner.get(staffInvoice, "/", { params })).body).toMatchObject({ invoice: { status: "paid", balance: 0 }, credit: 49_950_00 });
});

test("a credit note stays with its invoice: it can't be unapplied and has to be reversed before the invoice is voided", async () => {
  const { customer, services, invoiceId, params, owner } = await setUp();
  await issueInvoice(services, invoiceId, { terms: "receipt" });
  const send = (fields: Record<string, string>) => owner.post(action, "/", fields, { params });
  const refused = (message: RegExp) => ({ status: 409, body: { problem: { message: expect.stringMatching(message) } } });
  const source = newId("entry");
  const [mistake, page] = [{ intent: "void", why: "Mistake" }, () => owner.get(staffInvoice, "/", { params })];
  const paid = { intent: "pay", id: newId("entry"), amount: "50", method: "check", reference: "12", day: today };
  expect(await send(paid)).toMatchObject({ status: 200 });
  // The invoice is paid, so the whole note becomes credit; then the check bounces.
  expect(await send({ intent: "credit-note", id: source, amount: "50.00", why: "Wrong part" })).toMatchObject({ status: 200 });
  expect(await send({ intent: "reverse", source: paid.id, why: "Bounced" })).toMatchObject({ status: 200 });
  expect((await page()).body).toMatchObject({ invoice: { applied: 0 }, credit: 50_00, allowed: { void: expect.stringMatching(/^Reverse its credit note/) } });
  expect(await send(mistake)).toMatchObject(refused(/^Reverse its credit note first/));
  expect(await send({ intent: "apply-credit" })).toMatchObject({ status: 200 });
  expect(await send({ intent: "release", source, why: "Take it off" })).toMatchObject(refused(/Reverse it instead/));
  expect(await send(mistake)).toMatchObject(refused(/^Reverse its credit note first/));
  expect(await send({ intent: "reverse", source, why: "Wrong invoice" })).toMatchObject({ status: 200 });
  expect(await send(mistake)).toMatchObject({ status: 200 });
  expect((await owner.get(accountPage, "/", { params: { customerId: customer.id } })).body).toMatchObject({ owed: 0, credit: 0 });
});

test("issuing an invoice reports who gets it by email, or that no one does", async () => {
  const first = await setUp();
  const issue = ({ owner, params }: typeof first) => owner.post(action, "/", { intent: "issue", terms: "receipt", seen: "5000" }, { params });
  // The total changed after the page was loaded, so the invoice is not issued.
  expect(await first.owner.post(action, "/", { intent: "issue", terms: "receipt", seen: "4000" }, { params: first.params })).toMatchObject({
    status: 409,
    body: { problem: { message: expect.stringMatching(/is now \$50\.00/) } },
  });
  expect(await issue(first)).toMatchObject({ body: { done: `Invoice issued and emailed with its PDF to ${first.customer.email}.` } });
  const second = await setUp();
  const accountsEmail = `accounts@${second.shop.id.slice(-8)}.test`;
  await addContact(second.services, { customerId: second.customer.id, name: "Accounts", email: accountsEmail });
  await second.services.drainNow();
  expect(await issue(second)).toMatchObject({ body: { done: expect.stringMatching(new RegExp(`to ${accountsEmail}\\.$`)) } });
  const third = await setUp();
  await third.shop.db.batch([third.shop.db.update(customers, { email: null }, eq(customers.id, third.customer.id))]);
  expect(await issue(third)).toMatchObject({ body: { done: "Invoice issued, but not emailed: the customer has no email address on file." } });
});

test("account forms keep typed values after an error, count a resend once, and refuse other roles and shops", async () => {
  const { shop, customer, services, invoiceId, owner, as } = await setUp();
  await issueInvoice(services, invoiceId, { terms: "receipt" });
  const params = { customerId: customer.id };
  const send = (fields: Record<string, string>, of = owner) => of.post(account, "/", fields, { params });
  const money = { method: "check", reference: "77", day: today };
  const deposit = newId("entry");
  for (const _ of [1, 2]) expect(await send({ intent: "pay", id: deposit, amount: "80.00", ...money })).toMatchObject({ status: 200 });
  // After the browser's Back button, the old form holds the old id; a different payment typed into it is refused.
  expect(await send({ intent: "pay", id: deposit, amount: "5.00", ...money, method: "cash" })).toMatchObject({
    status: 409,
    body: { problem: { message: expect.stringMatching(/already used for something else/), values: { intent: "pay", amount: "5.00", method: "cash" } } },
  });
  const forms = (await owner.get(accountPage, "/", { params })).body as {
    fresh: Record<string, string>;
    sources: { fresh: Record<string, string> }[];
    entries: { fresh: Record<string, string> }[];
  }; // the page's data
  const ids = [forms, ...forms.sources, ...forms.entries].flatMap(({ fresh }) => Object.values(fresh));
  // Three for the page, two for its one source, two for its one entry.
  expect(new Set(ids).size).toBe(7);
  for (const day of ["9999-12-31", "2002-03-01"])
    expect(await send({ intent: "pay", id: newId("entry"), amount: "5", ...money, day })).toMatchObject({
      status: 422,
      body: { problem: { fields: { day: expect.stringMatching(/in the future|more than 10 years ago/) }, values: { amount: "5", day } } },
    });
  const put = { intent: "allocate", id: newId("entry"), source: deposit, invoice: invoiceId };
  expect(await send({ ...put, amount: "1,050.5" })).toMatchObject({
    status: 409,
    body: { problem: { message: expect.stringMatching(/at most \$50\.00/), values: { intent: "allocate", source: deposit, amount: "1,050.5" } } },
  });
  for (const _ of [1, 2]) expect(await send({ ...put, amount: "50" })).toMatchObject({ status: 200 });
  const back = { intent: "refund", id: newId("entry"), source: deposit, amount: "30.00", ...money };
  expect(await send({ ...back, why: "" })).toMatchObject({ status: 422, body: { problem: { fields: { why: expect.stringMatching(/Enter a reason/) } } } });
  for (const _ of [1, 2]) expect(await send({ ...back, why: "Asked for it" })).toMatchObject({ status: 200 });
  expect((await owner.get(accountPage, "/", { params })).body).toMatchObject({ owed: 0, credit: 0, entries: { length: 3 } });
  expect((await owner.get(staffInvoice, "/", { params: { invoiceId } })).body).toMatchObject({ invoice: { status: "paid" } });
  // Unapplied on the invoice's page, the money is credit again.
  expect(await owner.post(action, "/", { intent: "release", source: deposit, why: "Meant for another" }, { params: { invoiceId } })).toMatchObject({
    status: 200,
  });
  expect((await owner.get(accountPage, "/", { params })).body).toMatchObject({ owed: 50_00, credit: 50_00 });

  // Credit is paid out as money; one that was reversed by mistake counts again.
  const [out, goodwill] = [{ ...back, intent: "pay-out", id: newId("entry"), amount: "20.00", why: "Wants a check" }, newId("entry")];
  for (const _ of [1, 2]) expect(await send(out)).toMatchObject({ status: 200, body: { done: "$20.00 paid out. The refund is recorded." } });
  expect(await send({ ...out, id: newId("entry"), amount: "50.01" })).toMatchObject({ status: 409, body: { problem: { values: { intent: "pay-out" } } } });
  await send({ intent: "give-credit", id: goodwill, amount: "5", why: "Waited" });
  await send({ intent: "reverse", source: goodwill, why: "The other customer's" });
  const again = { intent: "reinstate", source: goodwill };
  expect(await send({ ...again, why: "" })).toMatchObject({ status: 422, body: { problem: { fields: { why: expect.stringMatching(/Enter a reason/) } } } });
  expect(await send({ ...again, why: "It was theirs" })).toMatchObject({ status: 200 });
  expect(await send({ ...again, why: "It was theirs" })).toMatchObject({
    status: 409,
    body: { problem: { message: "This isn't reversed, so there's nothing to undo." } },
  });
  expect((await owner.get(accountPage, "/", { params })).body).toMatchObject({ owed: 50_00, credit: 35_00 });

  const technician = `tech@${shop.id.slice(-8)}.test`;
  await shop.person("staff", technician);
  const technicianBrowser = await as("staff", technician);
  expect((await technicianBrowser.get(accountPage, "/", { params })).status).toBe(403);
  expect((await send({ intent: "give-credit", id: newId("entry"), amount: "5", why: "Nice" }, technicianBrowser)).status).toBe(403);
  const elsewhere = await setUp();
  expect(await send({ intent: "give-credit", id: newId("entry"), amount: "5", why: "Nice" }, elsewhere.owner)).toMatchObject({ status: 404 });
  expect((await elsewhere.owner.get(statementPage, "/", { params })).status).toBe(404);
  for (const period of ["from=2000-01-01&through=1999-01-01", "from=9997-12-30&through=9999-12-31"])
    expect((await owner.get(statementPage, `/?${period}`, { params })).status).toBe(200);
});

test("people who can write invoices can settle cores; an error keeps the typed values", async () => {
  const line = newId("line");
  const core = {
    id: line,
    kind: "core",
    text: "Hose core",
    partNumber: null,
    quantity: toQuantity(2_000),
    each: toCents(20_00),
    cost: null,
    supplies: false,
  } as const;
  const { shop, services, invoiceId, params, as, owner } = await setUp(core);
  await issueInvoice(services, invoiceId, { terms: "net-30" });
  const send = (fields: Record<string, string>, of = owner) =>
    of.post(action, "/", { intent: "return-core", line, id: newId("coreReturn"), ...fields }, { params });
  const technician = `tech@${shop.id.slice(-8)}.test`;
  await shop.person("staff", technician);
  expect((await send({}, await as("staff", technician))).status).toBe(403);
  expect(await send({ quantity: "some" })).toMatchObject({ status: 422, body: { problem: { fields: { quantity: "Enter how many, such as 1." } } } });
  expect(await send({ quantity: "3" })).toMatchObject({
    status: 409,
    body: { problem: { message: "That's more than is outstanding. Enter 2 at most.", values: { intent: "return-core", line, quantity: "3" } } },
  });
  expect((await send({ line: newId("line") })).status).toBe(404);
  expect((await send({ id: "cor_1" })).status).toBe(422);
  expect((await send({ quantity: "1" })).status).toBe(200);
  expect((await send({ intent: "forfeit-core" })).status).toBe(200);
  expect((await owner.get(staffInvoice, "/", { params })).body).toMatchObject({ invoice: { balance: 70_00 }, cores: [{ state: "credited", out: 0 }] });
  expect(await send({ intent: "reopen-core", why: "" })).toMatchObject({
    status: 422,
    body: { problem: { fields: { why: expect.stringMatching(/Enter a reason/) } } },
  });
  expect(await send({ intent: "reopen-core", why: "It turned up" })).toMatchObject({ status: 200, body: { done: "Undone. The core is outstanding again." } });
  expect((await owner.get(staffInvoice, "/", { params })).body).toMatchObject({ cores: [{ state: "open", out: 1_000 }] });
});

test("one check over several invoices is recorded in one form; a mistyped one is corrected, and the statement shows only what is right", async () => {
  const { customer, services, invoiceId, owner, completed } = await setUp();
  await issueInvoice(services, invoiceId, { terms: "receipt" });
  const second = newId("invoice");
  await draftInvoice(services, { id: second, customerId: customer.id, orders: [await completed()] });
  await issueInvoice(services, second, { terms: "receipt" });
  const params = { customerId: customer.id };
  const send = (fields: Record<string, string>) => owner.post(account, "/", fields, { params });
  const check = { intent: "receive", id: newId("entry"), method: "check", reference: "900", day: today };
  const refused = (fields: object) => ({ body: { problem: { fields } } });
  expect(await send({ ...check, amount: "80" })).toMatchObject(refused({ amount: expect.stringMatching(/at least one invoice/) }));
  expect(await send({ ...check, amount: "80", [`on-${second}`]: "x" })).toMatchObject(refused({ [`on-${second}`]: expect.stringMatching(/above zero/) }));
  expect(await send({ ...check, amount: "80", [`on-${second}`]: "60" })).toMatchObject(refused({ [`on-${second}`]: "INV-2 needs $50.00 at most." }));
  expect(await send({ ...check, amount: "30", [`on-${second}`]: "40" })).toMatchObject(refused({ amount: expect.stringMatching(/get \$40\.00 together/) }));
  const both = { [`pick-${invoiceId}`]: "on", [`pick-${second}`]: "on" };
  for (const done of [
    `Payment recorded on 2 invoices. 1 paid in full. $20.00 is still open on INV-2. Receipt emailed to ${customer.email}.`,
    "This payment is already recorded.",
  ])
    expect(await send({ ...check, amount: "80", ...both, receipt: "on" })).toMatchObject({ status: 200, body: { done } });
  const again = { ...check, id: newId("entry"), amount: "80", [`pick-${second}`]: "on" };
  const asked = await send(again);
  expect(asked).toMatchObject({ status: 409, body: { problem: { fields: { confirmed: expect.stringMatching(/already recorded for/) } } } });
  const right = {
    intent: "correct",
    entry: check.id,
    id: newId("entry"),
    amount: "100",
    method: "check",
    reference: "900",
    day: today,
    why: "Typed 80 for 100",
  };
  expect(await send({ ...right, why: "" })).toMatchObject({ status: 422, body: { problem: { fields: { why: expect.any(String) } } } });
  expect(await send(right)).toMatchObject({ status: 200, body: { done: "Corrected to $100.00. Statements show only that." } });
  expect((await owner.get(accountPage, "/", { params })).body).toMatchObject({ owed: 0, credit: 0 });
  const { statement } = (await owner.get(statementPage, "/", { params })).body as Awaited<ReturnType<typeof statementPage>>;
  expect(statement.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["invoice", 50_00],
    ["invoice", 50_00],
    ["payment", -100_00],
  ]);
  expect(await send({ intent: "correct", entry: right.id, never: "on", why: "It was another shop's" })).toMatchObject({
    status: 200,
    body: { done: "Removed. Statements no longer show it." },
  });
  expect((await owner.get(accountPage, "/", { params })).body).toMatchObject({ owed: 100_00, credit: 0 });
});
