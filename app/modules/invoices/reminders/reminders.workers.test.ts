import { eq } from "drizzle-orm";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules, type ShopRules } from "~/modules/organizations/shop-rules/shop-rules";
import { issuedInvoices } from "../../../../tests/world/invoices";
import { completedOrder } from "../../../../tests/world/orders";
import { closeInvoice } from "../close-invoice.server";
import { draftInvoice } from "../draft-invoice.server";
import { readInvoiceRecord } from "../invoice-record.read.server";
import { issueInvoice } from "../issue-invoice.server";
import { changeAccount } from "../receivables/change-account.server";
import { sendReminders } from "./send-reminders.server";

type Made = Awaited<ReturnType<typeof issuedInvoices>>;
const remindersTo = async ({ world }: Made, email: string) =>
  (await world.mail(email)).filter(({ subject }) => subject.startsWith("Reminder")).map(({ subject }) => subject.replace(/Shop \d+/, "the shop"));
/** Noon of a day in Chatham, 12:45 ahead of UTC. */
const onDay = ({ world }: Made, day: string) => world.clock.pass(Date.parse(`${day}T00:00:00Z`) - world.clock.now());
const pass = ({ world, shop }: Made, onItsWay: Made["invoices"] = []) =>
  sendReminders({ ...world.context.platform, db: shop.db, onItsWay: async () => onItsWay });
const rule = ({ staff }: Made, rules: Partial<ShopRules>) => changeShopRules(staff, { seen: 0, rules: { ...firstRules, ...rules } });
const both = { remindBefore: 3, remindLate: "weekly" } as const;
const pay = ({ staff, customer, invoices }: Made, amount: number) =>
  changeAccount(staff, customer.id, {
    intent: "pay",
    id: newId("entry"),
    on: invoices.map((invoiceId) => ({ invoiceId, amount: null })),
    amount: toCents(amount),
    method: "check",
    reference: "77",
    day: "2030-03-02",
  });
const sent = async (made: Made) => {
  const left = await pass(made);
  await made.world.drainOutbox(made.shop);
  return left;
};

test("each reminder goes out once, before the due day and each week after it, and is in the invoice's activity", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, staff, customer, invoices } = made;
  await rule(made, both);
  onDay(made, "2030-03-27");
  expect(await pass(made)).toBe(0);
  onDay(made, "2030-03-28");
  expect([await pass(made), await pass(made)]).toEqual([1, 0]);
  await fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(["lost"]) });
  await world.drainOutbox(shop);
  await pay(made, 20_00);
  world.clock.pass(60_000);
  await world.drainOutbox(shop);
  onDay(made, "2030-04-06");
  expect(await pass(made)).toBe(0);
  onDay(made, "2030-04-07");
  expect([await sent(made), await sent(made)]).toEqual([1, 0]);
  onDay(made, "2030-04-16");
  expect([await sent(made), await sent(made)]).toEqual([1, 0]);
  expect((await remindersTo(made, customer.email)).sort()).toEqual([
    "Reminder: invoice INV-1 from the shop, $30.00 16 days late",
    "Reminder: invoice INV-1 from the shop, $30.00 7 days late",
    "Reminder: invoice INV-1 from the shop, $50.00 due in 3 days",
  ]);
  const mails = (await world.mail(customer.email)).filter(({ subject }) => subject.startsWith("Reminder"));
  for (const mail of mails) expect(mail.text).toContain(`/portal/invoices/${invoices[0]}`);
  for (const [when, verb] of [
    ["7 days late", "was due"],
    ["due in 3 days", "is due"],
  ] as const)
    expect(mails.find(({ subject }) => subject.includes(when))?.text).toContain(`${verb} Sun, 31 Mar 2030.`);
  const late = mails.find(({ subject }) => subject.includes("7 days late"))?.attachments[0];
  expect(late?.filename).toBe("INV-1 with account.pdf");
  expect((await extractText(new Uint8Array(Buffer.from(late?.content ?? "", "base64")))).text.join(" ")).toContain("Check 77");
  const record = await readInvoiceRecord(staff.db, invoices[0] ?? newId("invoice"), world.clock.now());
  expect(record?.events.filter(({ title }) => title.startsWith("Payment reminder")).map(({ title }) => title)).toEqual([
    "Payment reminder sent, 16 days late",
    "Payment reminder sent, 7 days late",
    "Payment reminder sent, due in 3 days",
  ]);
});

test("nothing is sent at night, for paid or void invoices, or where the shop sets nothing", async () => {
  const made = await issuedInvoices([50_00, 60_00]);
  const { world, shop, staff, customer, invoices } = made;
  const elsewhere = await issuedInvoices([70_00]);
  onDay(made, "2030-04-20");
  expect(await pass(made)).toBe(0);
  await rule(made, both);
  // 19:00 UTC is past seven in the morning in Chatham.
  world.clock.pass(19 * 3_600_000 - 45 * 60_000);
  expect(await pass(made)).toBe(0);
  await pay({ ...made, invoices: invoices.slice(0, 1) }, 50_00);
  expect((await closeInvoice(staff, invoices[1] ?? newId("invoice"), { intent: "void", why: "Mistake" })).ok).toBe(true);
  onDay(made, "2030-04-22");
  expect(await sent(made)).toBe(0);
  expect(await remindersTo(made, customer.email)).toEqual([]);
  expect(await remindersTo(elsewhere, elsewhere.customer.email)).toEqual([]);
  const found = await world.context.platform.directory.organizationsWithReminders();
  expect([found.includes(shop.id), found.includes(elsewhere.shop.id)]).toEqual([true, false]);
});

test("a contact who turned reminders off gets none, and one paid before its mail left sends none", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, customer } = made;
  await rule(made, both);
  const muted = `muted@${shop.id.slice(-8)}.test`;
  const person = { id: newId("contact"), customerId: customer.id, name: "Muted", email: muted, version: 1, createdAt: world.clock.now() };
  await shop.db.batch([shop.db.insert(contacts, { ...person, muted: ["reminder"] } as never)]);
  await shop.db.batch([shop.db.update(contacts, { archivedAt: world.clock.now() }, eq(contacts.email, customer.email))]);
  onDay(made, "2030-04-08");
  expect([await sent(made), await sent(made)]).toEqual([1, 0]);
  await shop.db.batch([shop.db.update(contacts, { muted: [] }, eq(contacts.email, muted))]);
  onDay(made, "2030-04-15");
  expect(await pass(made)).toBe(1);
  await pay(made, 50_00);
  await world.drainOutbox(shop);
  expect(await remindersTo(made, muted)).toEqual([]);
});

test("weekly reminders end after the number that the shop sets, and wait while the customer is on credit hold", async () => {
  const made = await issuedInvoices([50_00]);
  const { shop, customer } = made;
  await rule(made, { remindLate: "weekly", remindMost: 3 });
  const hold = (creditHold: boolean) => shop.db.batch([shop.db.update(customers, { creditHold }, eq(customers.id, customer.id))]);
  onDay(made, "2030-04-07");
  await hold(true);
  expect(await sent(made)).toBe(0);
  await hold(false);
  for (const day of ["2030-04-07", "2030-04-14", "2030-04-21", "2030-04-28", "2030-05-05", "2031-01-05"]) {
    onDay(made, day);
    await sent(made);
  }
  expect((await remindersTo(made, customer.email)).map((subject) => subject.replace(/.*\.00 /, "")).sort()).toEqual([
    "14 days late",
    "21 days late",
    "7 days late",
  ]);
});

test("a person who turned reminders off for one customer still gets those of another", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, customer, staff } = made;
  await rule(made, both);
  const other = await shop.customer();
  const asset = await shop.asset({ customer: other });
  const line = { id: newId("line"), kind: "part", text: "Belt", partNumber: null, quantity: toQuantity(1_000), each: toCents(70_00), cost: null } as const;
  const id = newId("invoice");
  await draftInvoice(staff, { id, customerId: other.id, orders: [await completedOrder(staff, asset, [{ ...line, supplies: true }])] });
  expect((await issueInvoice(staff, id, { terms: "net-30" })).ok).toBe(true);
  const email = `both@${shop.id.slice(-8)}.test`;
  const person = { name: "Both", email, version: 1, createdAt: world.clock.now() };
  await shop.db.batch([
    shop.db.insert(contacts, { ...person, id: newId("contact"), customerId: customer.id, muted: ["reminder"] } as never),
    shop.db.insert(contacts, { ...person, id: newId("contact"), customerId: other.id, muted: [] } as never),
  ]);
  onDay(made, "2030-04-08");
  await sent(made);
  expect(await remindersTo(made, email)).toEqual([expect.stringContaining("$70.00 8 days late")]);
});

test("nobody is reminded of an invoice whose money is on its way; once it failed to come, they are", async () => {
  const made = await issuedInvoices([50_00, 60_00]);
  await rule(made, both);
  onDay(made, "2030-04-07");
  const [first] = made.invoices;
  expect(await pass(made, first ? [first] : [])).toBe(1);
  await made.world.drainOutbox(made.shop);
  expect(await remindersTo(made, made.customer.email)).toEqual(["Reminder: invoice INV-2 from the shop, $60.00 7 days late"]);
  expect(await sent(made)).toBe(1);
  expect(await remindersTo(made, made.customer.email)).toContain("Reminder: invoice INV-1 from the shop, $50.00 7 days late");
});
