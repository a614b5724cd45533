import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { pagesOf } from "../../../tests/world/pages";
import { type PaidShop, paidShop, reconnect, unclearPayment } from "../../../tests/world/payments";
import { atSquare } from "../../../tests/world/square";

/** A paid shop in the browsers of its owner and of its customer, without scripts. */
async function setUp() {
  const its = await paidShop([300_00, 200_00]);
  const pages = await pagesOf(its.world.context);
  const email = `renee@${its.shop.id.slice(-8)}.test`;
  expect(await addContact(its.staff, { customerId: its.customer.id, name: "Renee", email })).toMatchObject({ ok: true });
  await its.world.drainOutbox(its.shop);
  const both = await Promise.all([its.shop.session(its.shop.ownerEmail, "staff"), its.shop.session(email, "customer")]);
  const headers = { Cookie: both.map(({ cookie }) => cookie).join("; "), "Sec-Fetch-Site": "same-origin" };
  const textOf = async (response: Response) =>
    (await response.text())
      .replace(/<script[\s\S]*?<\/script>/g, "")
      .replace(/<!-- -->|<[^>]+>/g, " ")
      .replace(/\s+/g, " ")
      .replaceAll("&#x27;", "'");
  const get = async (path: string) => textOf(await pages(new Request(`http://localhost${path}`, { headers })));
  const post = async (path: string, form: Record<string, string>) =>
    textOf(await pages(new Request(`http://localhost${path}`, { method: "POST", headers, body: new URLSearchParams(form) })));
  return { ...its, get, post, account: `/customers/${its.customer.id}/account` };
}

const refund = ({ sourceId }: Pick<PaidShop, "sourceId">, amount: string) => ({
  intent: "refund-through-square",
  source: sourceId,
  place: "entry",
  row: "source place",
  id: newId("refund"),
  amount,
  why: "Core returned",
});

test("the office sees which invoices a refund opens before it asks for it, that it is on its way, and what it did", async () => {
  const its = await setUp();
  const before = await its.get(its.account);
  expect(before).toContain("These invoices are open again: INV-2 by $200.00 INV-1 by $300.00");
  expect(await its.post(its.account, refund(its, "500.01"))).toContain("That's too much. Enter at most $500.00.");
  expect(await its.post(its.account, refund(its, "50.00"))).toContain("Refund of $50.00 is on its way.");
  const asked = await its.get(its.account);
  expect(asked).toContain("Refund of $50.00 on its way through Square.");
  expect(asked).toContain("$450.00 at most");
  expect(await its.get(`/invoices/${its.invoices[1]}`)).toContain("Refund of $50.00 on its way");
  await its.world.drainOutbox(its.shop);
  const done = await its.get(its.account);
  expect(done).toContain("$50.00 refunded: Square");
  expect(done).not.toContain("on its way");
});

test("a dispute is on the invoice with its due date and one button, in Settings, and not in the portal; a lost one is everywhere as what it is", async () => {
  const its = await setUp();
  const { id } = await atSquare<{ id: string }>({ do: "dispute", merchant: its.merchant, payment: its.paymentId, amount: 250_00, days: 5_000 });
  await its.notifyAll();
  const invoice = `/invoices/${its.invoices[1]}`;
  expect(await its.get(invoice)).toMatch(/The customer's bank disputes \$250\.00: evidence needed by .*20\d\d\. .*Attach evidence and submit/);
  expect(await its.get(its.account)).toContain("The customer's bank disputes $250.00");
  expect(await its.get("/settings/payments")).toContain("Evidence needed");
  expect(await its.get(`/portal/invoices/${its.invoices[1]}`)).not.toMatch(/disput|evidence/i);
  expect(await its.post(invoice, { intent: "send-evidence", dispute: id, row: "dispute" })).toContain("The evidence is on its way to Square");
  await its.world.drainOutbox(its.shop);
  expect(await its.get(invoice)).toContain("the bank decides");

  await atSquare({ do: "settle-dispute", merchant: its.merchant, dispute: id, as: "LOST" });
  await its.notifyAll();
  expect(await its.get(invoice)).toContain("$250.00 taken back by the payer's bank: Square");
  expect(await its.get(`/customers/${its.customer.id}/statement?from=2025-01-01&through=2026-12-31`)).toContain("Payment returned by the bank: Square");
  expect(await its.get("/settings/payments")).toContain("Lost");
  expect(await its.get("/settings/journal")).toContain("Taken back by the payer's bank: Dispute lost: Not received");
  expect(await its.get(`/portal/invoices/${its.invoices[1]}`)).not.toMatch(/disput|evidence/i);
  const csv = await its.get("/settings/payments.csv?from=2025-06-01&through=2027-05-01");
  expect(csv).toMatch(/\d{4}-\d\d-\d\d,1,500\.00,0\.00,250\.00,14\.80,0,235\.20/);
});

test("of unapplied credit, what is on its way back is neither refundable again nor to be applied, and both sides see it", async () => {
  const its = await setUp();
  const [, second] = its.invoices;
  if (!second) return expect.fail("no invoice");
  await changeAccount(its.staff, its.customer.id, { intent: "release", sourceId: its.sourceId, invoiceId: second, why: "Wrong invoice" });
  expect(await its.get(its.account)).toContain("$200.00 at most");
  expect(await its.post(its.account, { ...refund(its, "50.00"), place: "credit" })).toContain("Refund of $50.00 is on its way.");
  const asked = await its.get(its.account);
  expect(asked).toMatch(/\$200\.00 unapplied , of it \$50\.00 on its way back/);
  expect(asked).toContain("$150.00 at most");
  expect(asked).not.toContain("$200.00 at most");
  expect(await its.get(`/invoices/${second}`)).toContain("Apply credit of $150.00");
  expect(await its.get("/portal/invoices")).toMatch(/\$200\.00 of it \$50\.00 on its way back/);
});

test("a balance below zero is a number in the spreadsheet", async () => {
  const its = await setUp();
  const [, second] = its.invoices;
  if (!second) return expect.fail("no invoice");
  await changeAccount(its.staff, its.customer.id, { intent: "release", sourceId: its.sourceId, invoiceId: second, why: "Wrong invoice" });
  await changeAccount(its.staff, its.customer.id, { intent: "give-credit", id: newId("entry"), amount: toCents(20_00), why: "Goodwill" });
  expect(await its.get("/invoices/balances.csv")).toContain(",220.00,-20.00");
});

test("where Square could not refund, the payment and its unapplied part offer another way", async () => {
  const its = await setUp();
  const [, second] = its.invoices;
  if (!second) return expect.fail("no invoice");
  expect(await its.get(its.account)).not.toContain("Refund another way");
  await changeAccount(its.staff, its.customer.id, { intent: "release", sourceId: its.sourceId, invoiceId: second, why: "Wrong invoice" });
  await atSquare({ do: "next-refund", as: "REJECTED" });
  await its.post(its.account, refund(its, "50.00"));
  await its.world.drainOutbox(its.shop);
  const failed = await its.get(its.account);
  expect(failed).toContain("Refund of $50.00 failed: Square rejected it.");
  expect(failed).toContain("Refund another way");
  expect(failed).toContain("Pay out");
  expect(await its.get(`/invoices/${its.invoices[0]}`)).toContain("Refund another way");
  const money = { id: newId("entry"), source: its.sourceId, row: "source", method: "check", reference: "881", day: "2030-03-01", why: "Card expired" };
  expect(await its.post(its.account, { ...money, intent: "pay-out", amount: "60.00" })).toContain("$60.00 paid out. The refund is recorded.");
  expect(await its.post(`/invoices/${its.invoices[0]}`, { ...money, id: newId("entry"), intent: "refund", amount: "140.00" })).toContain(
    "Refund of $140.00 recorded.",
  );
  const after = await its.get(its.account);
  expect(after).toContain("$60.00 refunded: Check 881");
  expect(after).toContain("$300.00 at most");
});

test("a disputed payment that fits no invoice is in Settings, is put on an invoice there, and its dispute is on that invoice then", async () => {
  const its = await setUp();
  const paymentId = await unclearPayment(its, 45_00);
  await atSquare({ do: "dispute", merchant: its.merchant, payment: paymentId, days: 5_000 });
  await its.notifyAll();
  const settings = await its.get("/settings/payments");
  expect(settings).toMatch(new RegExp(`${paymentId}.*Disputed: Evidence needed.*Put on this invoice`));
  expect(settings).toContain("A payment that fits no invoice");
  const form = { intent: "assign-payment", payment: paymentId, row: "payment" };
  expect(await its.post("/settings/payments", { ...form, invoice: "INV-99" })).toContain("There is no issued invoice of this number.");
  expect(await its.post("/settings/payments", { ...form, invoice: "two" })).toContain("Enter an invoice's number, such as INV-1002.");
  // The invoice is paid, so all of it is credit.
  expect(await its.post("/settings/payments", { ...form, invoice: "inv-2" })).toContain("Payment recorded");
  await its.world.drainOutbox(its.shop);
  expect(await its.get("/settings/payments")).not.toContain("Payments that fit no invoice");
  expect(await its.get(its.account)).toContain("The customer's bank disputes $45.00");
});

test("of a payment that another Square account took, the office reads which", async () => {
  const its = await setUp();
  await reconnect(its);
  expect(await its.get(its.account)).toContain("It came through the Square account Shop, which isn't connected any more.");
  expect(await its.get(`/invoices/${its.invoices[0]}`)).toContain("It came through the Square account Shop");
});
