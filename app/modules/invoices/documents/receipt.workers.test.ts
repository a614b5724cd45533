import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { outbox } from "~/platform/database/tenant.tables";
import { issuedInvoices } from "../../../../tests/world/invoices";
import { changeAccount } from "../receivables/change-account.server";

const receiptsTo = async ({ world }: Awaited<ReturnType<typeof issuedInvoices>>, email: string) =>
  (await world.mail(email)).filter(({ subject }) => subject.startsWith("Payment received"));

const check = (amount: number, reference: string) => ({ amount: toCents(amount), method: "check", reference, day: "2030-03-01" }) as const;

test("one check over two invoices has one receipt with both copies, the same on each attempt whatever is paid meanwhile", async () => {
  const made = await issuedInvoices([50_00, 80_00]);
  const { world, shop, staff, customer, invoices } = made;
  const [first, second] = invoices;
  if (!first || !second) throw new Error("two were issued");
  const id = newId("entry");
  const on = [first, second].map((invoiceId) => ({ invoiceId, amount: null }));
  expect((await changeAccount(staff, customer.id, { intent: "pay", id, on, ...check(100_00, "1041") }, { receipt: true })).ok).toBe(true);
  // Accepted with the response lost, and then the rest is paid.
  await fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(["lost"]) });
  await world.drainOutbox(shop);
  await changeAccount(staff, customer.id, { intent: "pay", id: newId("entry"), on: [{ invoiceId: second, amount: null }], ...check(30_00, "1042") });
  world.clock.pass(60_000);
  await world.drainOutbox(shop);
  const mails = await receiptsTo(made, customer.email);
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  expect(mail?.subject).toMatch(/^Payment received: \$100\.00, Shop \d+$/);
  for (const line of ["Check 1041, received Fri, 1 Mar 2030. Thank you.", "INV-1: $50.00 paid, paid in full", "INV-2: $50.00 paid, $30.00 still open"])
    expect(mail?.text).toContain(line);
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual(["INV-1 with account.pdf", "INV-2 with account.pdf"]);
  const [paid, partly] = await Promise.all(
    (mail?.attachments ?? []).map(async ({ content }) =>
      (await extractText(new Uint8Array(Buffer.from(content, "base64")))).text.join(" ").replace(/\s+/g, " "),
    ),
  );
  expect(paid).toMatch(/PAID.*Paid in full as of/);
  expect(partly).toContain("Check 1041");
  expect(partly).not.toContain("Check 1042");
  expect(await shop.db.query({ from: outbox, columns: { key: outbox.key }, where: eq(outbox.kind, "mail.receipt"), limit: 9 })).toEqual([
    { key: `mail.receipt:${id}` },
  ]);
});

test("a payment sent twice has one receipt, and one without the switch has none", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, staff, customer } = made;
  const deposit = { intent: "pay", id: newId("entry"), on: [], ...check(75_00, "7") } as const;
  await changeAccount(staff, customer.id, deposit, { receipt: true });
  await changeAccount(staff, customer.id, deposit, { receipt: true });
  await changeAccount(staff, customer.id, { ...deposit, id: newId("entry"), ...check(12_00, "8") });
  await world.drainOutbox(shop);
  const mails = await receiptsTo(made, customer.email);
  expect(mails.map(({ attachments }) => attachments)).toEqual([[]]);
  expect(mails[0]?.text).toContain("It is credit on your account for coming invoices.");
});

test("a payment that was corrected before its receipt left sends none", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, staff, customer, invoices } = made;
  const id = newId("entry");
  await changeAccount(
    staff,
    customer.id,
    { intent: "pay", id, on: invoices.map((invoiceId) => ({ invoiceId, amount: null })), ...check(50_00, "7") },
    { receipt: true },
  );
  await changeAccount(staff, customer.id, { intent: "remove", entryId: id, why: "Never made" });
  await world.drainOutbox(shop);
  expect(await receiptsTo(made, customer.email)).toEqual([]);
});

test("only contacts with document rights who didn't turn it off get a receipt, and none of another customer or shop", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, staff, customer, invoices } = made;
  const others = [await shop.customer(), await (await world.shop()).customer()];
  const person = (email: string, more: { muted?: string[]; mayDocuments?: boolean }) =>
    shop.db.insert(contacts, { id: newId("contact"), customerId: customer.id, name: email, email, version: 1, createdAt: world.clock.now(), ...more } as never);
  const [muted, yard] = [`muted@${shop.id.slice(-8)}.test`, `yard@${shop.id.slice(-8)}.test`];
  await shop.db.batch([
    person(muted, { muted: ["payment"] }),
    person(yard, { mayDocuments: false }),
    shop.db.update(customers, { portalEnabled: false }, eq(customers.id, customer.id)),
  ]);
  const on = invoices.map((invoiceId) => ({ invoiceId, amount: null }));
  await changeAccount(staff, customer.id, { intent: "pay", id: newId("entry"), on, ...check(50_00, "7") }, { receipt: true });
  await world.drainOutbox(shop);
  for (const email of [muted, yard, ...others.map((other) => other.email)]) expect(await receiptsTo(made, email)).toEqual([]);
  expect(await env.TENANTS.prepare("select count(*) as left from outbox where kind = 'mail.receipt' and done_at is null").first("left")).toBe(0);
});
