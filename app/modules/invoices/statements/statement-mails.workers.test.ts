import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { customerStore } from "~/modules/customers/customer.store.server";
import { contacts } from "~/modules/customers/customer.tables";
import { saveCustomer } from "~/modules/customers/save-customer.server";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import { documentsOf } from "~/platform/pdf/documents.server";
import { issuedInvoices } from "../../../../tests/world/invoices";
import { changeAccount } from "../receivables/change-account.server";
import { emailStatement } from "./email-statement.server";
import { mailMonthlyStatements } from "./monthly-statements.server";

type Made = Awaited<ReturnType<typeof issuedInvoices>>;
const statementsTo = async ({ world }: Made, email: string) => (await world.mail(email)).filter(({ subject }) => subject.startsWith("Statement"));
const pay = ({ staff, customer, invoices }: Made, amount: number, day: string) =>
  changeAccount(staff, customer.id, {
    intent: "pay",
    id: newId("entry"),
    on: invoices.map((invoiceId) => ({ invoiceId, amount: null })),
    amount: toCents(amount),
    method: "check",
    reference: day,
    day,
  });
const march = { from: "2030-03-01", through: "2030-03-31" };

/** What the cron does for this shop now. */
function pass({ world, shop }: Made) {
  const files = scopedFiles(env.FILES, shop.db.scope);
  const { platform } = world.context;
  return mailMonthlyStatements({
    ...platform,
    noteOf: async () => "Some is on its way.",
    db: shop.db,
    files,
    documents: documentsOf({ ...platform, db: shop.db, files, assets: env.ASSETS }),
  });
}
/** Turns it on as the customer's form does. */
async function monthly({ staff, customer }: Made) {
  const { version } = (await customerStore(staff.db).find(customer.id)) ?? expect.fail("no customer");
  const form = { name: "Lakeside", email: customer.email, phone: "", laborRate: "", taxCertificate: "", shares: true, monthlyStatement: true };
  expect(await saveCustomer(staff, { id: customer.id, form, seen: version })).toMatchObject({ ok: true });
}
const at = ({ world }: Made, instant: string) => world.clock.pass(Date.parse(instant) - world.clock.now());

test("a statement is mailed once a click as it was then, the same on each attempt", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, staff, customer } = made;
  const id = newId("statement");
  for (const _ of ["clicked", "clicked twice"]) expect(await emailStatement(staff, customer.id, march, id)).toEqual({ ok: true, value: [customer.email] });
  await fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(["lost"]) });
  await world.drainOutbox(shop);
  await pay(made, 20_00, "2030-03-01");
  world.clock.pass(60_000);
  await world.drainOutbox(shop);
  const mails = await statementsTo(made, customer.email);
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Statement from Shop \d+: balance due \$50\.00 as of Sun, 31 Mar 2030$/)]);
  expect(mails[0]?.text).toContain("/portal/statement?from=2030-03-01&through=2030-03-31");
  const [attached] = mails[0]?.attachments ?? [];
  expect(attached?.filename).toBe("Statement 2030-03-01 to 2030-03-31.pdf");
  const text = (await extractText(new Uint8Array(Buffer.from(attached?.content ?? "", "base64")))).text.join(" ");
  expect(text).toContain("INV-1");
  expect(text).not.toContain("Payment: Check");
  // Another click is another mail, and an id is of one customer and period.
  expect((await emailStatement(staff, customer.id, march, newId("statement"))).ok).toBe(true);
  expect(await emailStatement(staff, customer.id, { ...march, from: "2030-03-02" }, id)).toEqual({ ok: false, error: { kind: "id-taken" } });
  await world.drainOutbox(shop);
  expect(await statementsTo(made, customer.email)).toHaveLength(2);
});

test("nobody is mailed who turned statements off, and nobody of another shop can ask", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, staff, customer } = made;
  const muted = `muted@${shop.id.slice(-8)}.test`;
  await shop.db.batch([
    shop.db.insert(contacts, {
      id: newId("contact"),
      customerId: customer.id,
      name: "Muted",
      email: muted,
      muted: ["statement"],
      version: 1,
      createdAt: world.clock.now(),
    } as never),
    shop.db.update(contacts, { archivedAt: world.clock.now() }, eq(contacts.email, customer.email)),
  ]);
  expect(await emailStatement(staff, customer.id, march, newId("statement"))).toEqual({ ok: false, error: { kind: "no-recipient" } });
  const elsewhere = await (await world.shop()).asStaff();
  expect(await emailStatement(elsewhere, customer.id, march, newId("statement"))).toEqual({ ok: false, error: { kind: "not-found" } });
});

test("a monthly statement goes out once on the shop's first day of the month, for the month before", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, customer } = made;
  await monthly(made);
  // The last day of the month in Chatham, 13:45 ahead of UTC in summer time.
  at(made, "2030-03-31T10:00:00Z");
  expect(await pass(made)).toBe(0);
  at(made, "2030-03-31T11:00:00Z");
  expect([await pass(made), await pass(made)]).toEqual([1, 0]);
  await fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(["lost"]) });
  await world.drainOutbox(shop);
  await pay(made, 20_00, "2030-03-20");
  world.clock.pass(60_000);
  await world.drainOutbox(shop);
  const mails = await statementsTo(made, customer.email);
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/balance due \$50\.00 as of Sun, 31 Mar 2030$/)]);
});

test("a statement that the first of the month missed goes out later, once; turned on in the middle of a month, it begins with that month", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, customer } = made;
  at(made, "2030-04-15T00:00:00Z");
  await monthly(made);
  expect(await pass(made)).toBe(0);
  at(made, "2030-05-02T20:00:00Z");
  expect([await pass(made), await pass(made)]).toEqual([1, 0]);
  at(made, "2030-05-20T00:00:00Z");
  expect(await pass(made)).toBe(0);
  await world.drainOutbox(shop);
  const mails = await statementsTo(made, customer.email);
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/as of Tue, 30 Apr 2030$/)]);
});

test("a month without movement or balance has no statement, and neither has a customer without the setting", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, customer } = made;
  at(made, "2030-03-31T12:00:00Z");
  expect(await pass(made)).toBe(0);
  await monthly(made);
  await pay(made, 50_00, "2030-04-01");
  // April had the payment, May nothing.
  for (const [day, mails] of [
    ["2030-04-30T13:00:00Z", 1],
    ["2030-05-31T13:00:00Z", 1],
  ] as const) {
    at(made, day);
    await pass(made);
    await world.drainOutbox(shop);
    expect(await statementsTo(made, customer.email)).toHaveLength(mails);
  }
});

test("the cron finds the shops with monthly statements", async () => {
  const made = await issuedInvoices([]);
  const { directory } = made.world.context.platform;
  expect(await directory.organizationsWithMonthlyStatements()).not.toContain(made.shop.id);
  await monthly(made);
  expect(await directory.organizationsWithMonthlyStatements()).toContain(made.shop.id);
});
