import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { applyPayment } from "~/modules/payments/apply-payment.server";
import { browserIn } from "../../../../tests/world/browser";
import { connectedShop } from "../../../../tests/world/payments";
import { atSquare } from "../../../../tests/world/square";
import { pickField } from "../../parts/invoice-picks";
import { partField } from "./chosen-shares";
import { action, loader } from "./route";

const PATH = "/portal/pay";

/** A customer with three invoices, at a shop that takes parts from 50.00, and their browser. */
async function payer(least: number | null = 50_00) {
  const its = await connectedShop([100_00, 200_00, 300_00]);
  const { version, rules } = await readShopRules(its.staff.db);
  if (least !== null) expect((await changeShopRules(its.staff, { seen: version, rules: { ...rules, leastPart: toCents(least) } })).ok).toBe(true);
  const browser = browserIn(its.world);
  browser.jar.set("__Host-customer", (await its.shop.session(its.customer.email, "customer")).cookie.split("=")[1] ?? "");
  const pay = async (fields: Record<string, string>) =>
    (await browser.post(action, PATH, { intent: "pay", ...fields })).body as {
      problem: { message: string; fields?: Record<string, string>; values?: Record<string, string> } | null;
      checkout?: { url: string; amount: number; on: { amount: number; rest: number }[] };
    }; // the page's own answer
  const numbers = await Promise.all(its.invoices.map(async (id) => (await readInvoiceRecord(its.staff.db, id, its.world.clock.now()))?.invoice.number));
  return { ...its, browser, pay, numbers };
}

test("a part of one invoice and the whole of another are paid in one checkout, which shows what stays open", async () => {
  const its = await payer();
  const [one = "", two = "", three = ""] = its.invoices;
  const { checkout } = await its.pay({
    [pickField(one)]: "on",
    [partField(one)]: "60.50",
    [pickField(two)]: "on",
    [partField(two)]: "",
    [partField(three)]: "",
  });
  expect(checkout).toMatchObject({
    amount: 260_50,
    on: [
      { amount: 60_50, rest: 39_50 },
      { amount: 200_00, rest: 0 },
    ],
  });
  // Square takes that sum, and the money goes where the page had it.
  const link = new URL(checkout?.url ?? "").pathname.split("/").at(-1) ?? "";
  const { id } = await atSquare<{ id: string }>({ do: "pay", link, way: "card" });
  const payment = await its.client.payment(id);
  if (!payment.ok || !payment.value) throw new Error("no payment");
  expect(await applyPayment(its.needs, payment.value)).toBe("applied");
  const applied = await Promise.all(
    its.invoices.map(async (invoice) => (await readInvoiceRecord(its.staff.db, invoice, its.world.clock.now()))?.invoice.applied),
  );
  expect(applied).toEqual([60_50, 200_00, 0]);
  const page = (await its.browser.get(loader, PATH)).body as { open: { balance: number }[] }; // the page's own data
  expect(page.open.map(({ balance }) => balance)).toEqual([39_50, 300_00]);
});

test.each([
  ["49.99", (number: string) => `Pay at least $50.00 of ${number}.`],
  ["100.01", (number: string) => `${number} needs $100.00 at most.`],
  ["0", () => "Enter an amount above zero, such as 250.00."],
  ["-60", () => "Enter an amount above zero, such as 250.00."],
  ["sixty", () => "Enter an amount above zero, such as 250.00."],
])("%s of an invoice of 100.00 is refused at its field, with all that was typed kept", async (text, message) => {
  const its = await payer();
  const [one = "", two = ""] = its.invoices;
  const { problem, checkout } = await its.pay({ [pickField(one)]: "on", [partField(one)]: text, [pickField(two)]: "on", [partField(two)]: "75" });
  expect(checkout).toBeUndefined();
  expect(problem).toMatchObject({
    fields: { [partField(one)]: message(`INV-${its.numbers[0]}`) },
    values: { [pickField(one)]: "on", [partField(one)]: text, [partField(two)]: "75" },
  });
});

test("a shop that takes only the whole refuses a part, and takes the whole", async () => {
  const its = await payer(null);
  const [one = ""] = its.invoices;
  const { problem } = await its.pay({ [pickField(one)]: "on", [partField(one)]: "60" });
  expect(problem?.fields).toEqual({ [partField(one)]: `Pay at least $100.00 of INV-${its.numbers[0]}.` });
  expect((await its.pay({ [pickField(one)]: "on", [partField(one)]: "100.00" })).checkout?.amount).toBe(100_00);
});

test("credit that is on no invoice is shown before somebody pays as well", async () => {
  const its = await payer();
  const credit = async () => ((await its.browser.get(loader, PATH)).body as { credit: number }).credit; // the page's own data
  expect(await credit()).toBe(0);
  const id = newId("entry");
  const check = { intent: "pay", id, on: [], amount: toCents(70_00), method: "check", reference: "1041", day: "2030-03-01" } as const;
  expect(await changeAccount(its.staff, its.customer.id, check)).toMatchObject({ ok: true });
  expect(await credit()).toBe(70_00);
});

test("another part replaces the checkout, and the same part gets the same page", async () => {
  const its = await payer();
  const [one = ""] = its.invoices;
  const fields = (text: string) => ({ [pickField(one)]: "on", [partField(one)]: text });
  const first = (await its.pay(fields("60"))).checkout?.url;
  expect((await its.pay(fields("60.00"))).checkout?.url).toBe(first);
  expect((await its.pay(fields("80"))).checkout?.url).not.toBe(first);
});

test("an amount at an invoice that isn't checked, which only a page without script has, is paid", async () => {
  const its = await payer();
  const [one = "", two = ""] = its.invoices;
  const { checkout } = await its.pay({ [pickField(one)]: "on", [partField(two)]: "75" });
  expect(checkout?.amount).toBe(175_00);
});
