import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { extractText, getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { formatMoney, toCents, toQuantity } from "~/kernel/money";
import { assets } from "~/modules/assets/asset.tables";
import { recordMeterReading } from "~/modules/assets/meters/record-meter-reading.server";
import { customers } from "~/modules/customers/customer.tables";
import { printEstimate } from "~/modules/estimates/documents/print-estimate.server";
import { printOrderSummary } from "~/modules/work-orders/documents/print-order.server";
import type { MadeDocument, NamedDocument } from "~/platform/pdf/documents.server";
import { loader as portalPdf } from "~/routes/customer/invoice-pdf";
import { approvedOrder, completed, depositOf, record } from "../../../../tests/world/accounts";
import { browserIn } from "../../../../tests/world/browser";
import { draftEstimate, estimateShop, offered, sendEstimate, writtenOrder } from "../../../../tests/world/estimates";
import { completedOrder } from "../../../../tests/world/orders";
import { createWorld } from "../../../../tests/world/world";
import { closeInvoice } from "../close-invoice.server";
import { draftInvoice } from "../draft-invoice.server";
import { issueInvoice } from "../issue-invoice.server";
import { readPayToken } from "../pay-link.server";
import { changeAccount } from "../receivables/change-account.server";
import { printStatement } from "../statements/print-statement.server";
import { printInvoice, printInvoiceCopy } from "./print-invoice.server";

const printedShop = {
  address: "2200 Harbor Drive\nPortage, IN 46368",
  remitTo: "Harbor Diesel, Accounts\nPO Box 1180",
  taxId: "35-5550100",
  paymentTerms: "1.5% a month on late balances.",
};
const billTo = { address: "ul. Żółkiewskiego 4\n61-001 Poznań", taxId: "PL 779-00-00" };
const VIN = "1XPBDP9X0LD651104";
const shopLines = ["2200 Harbor Drive", "Portage, IN 46368", "Tax ID 35-5550100"];
const customerLines = ["ul. Żółkiewskiego 4", "61-001 Poznań", "Tax ID PL 779-00-00"];
const unitLines = [VIN, "P1728IN", "2020 Peterbilt 579"];

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const { directory } = world.context.platform;
  const known = (await directory.organization(shop.id)) ?? expect.fail("no organization");
  await directory.describeOrganization(shop.id, { ...known, ...printedShop });
  await shop.db.batch([
    shop.db.update(customers, billTo, eq(customers.id, customer.id)),
    shop.db.update(assets, { vin: VIN, plate: "P1728IN", year: 2020, make: "Peterbilt", model: "579" }, eq(assets.id, asset)),
  ]);
  const read = (meter: "odometer" | "engine", displayValue: number) =>
    recordMeterReading(staff, { assetId: asset, meter, displayValue, source: "read by Owner" });
  await read("odometer", 412_345);
  await read("engine", 8_123.4);
  const line = (text: string, price: number) =>
    ({ id: newId("line"), kind: "part", text, partNumber: null, quantity: toQuantity(1_000), each: toCents(price), cost: null, supplies: true }) as const;
  const issued = async (order: Id<"workOrder">, paysOnline = false) => {
    const id = newId("invoice");
    await draftInvoice(staff, { id, customerId: customer.id, orders: [order] });
    expect((await issueInvoice(staff, id, { terms: "net-30", paysOnline })).ok).toBe(true);
    return id;
  };
  /** All that changes later must not change what was issued. */
  const change = async () => {
    await directory.describeOrganization(shop.id, { ...known, address: "Elsewhere 1", remitTo: null, taxId: null, paymentTerms: null });
    await shop.db.batch([
      shop.db.update(customers, { address: "Moved 2", taxId: null }, eq(customers.id, customer.id)),
      shop.db.update(assets, { plate: "NEW 1" }, eq(assets.id, asset)),
    ]);
    world.clock.pass(3 * 3_600_000);
    await read("odometer", 413_000);
  };
  const bytesOf = async (document: NamedDocument | MadeDocument | null) => {
    const bytes =
      document &&
      ("content" in document ? document.content : new Uint8Array((await (await env.FILES.get(`${shop.id}/${document.file}`))?.arrayBuffer()) ?? []));
    return (bytes ?? expect.fail("no document")).slice();
  };
  /** The addresses that a document leads to. */
  const linksOf = async (document: NamedDocument | MadeDocument | null) => {
    const pdf = await getDocumentProxy(await bytesOf(document));
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, async (_, at) => (await pdf.getPage(at + 1)).getAnnotations()));
    return pages.flat().map(({ url }): string => url);
  };
  const pagesOf = async (document: NamedDocument | MadeDocument | null) => {
    return (await extractText(await bytesOf(document), { mergePages: false })).text.map((page) => page.normalize("NFC").replace(/\s+/g, " "));
  };
  const money = (amount: number) => formatMoney(toCents(amount), "NZD", "en-NZ").replace(/\s/g, " ");
  return { world, shop, customer, asset, staff, line, issued, change, pagesOf, linksOf, money };
}

test("an invoice has the addresses, terms, unit and meters of the day it was issued, whatever changes before it is printed", async () => {
  const { staff, asset, line, issued, change, pagesOf } = await setUp();
  const id = await issued(await completedOrder(staff, asset, [line("Hose", 50_00)], { purchaseOrder: "PO 77" }));
  await change();
  const [page = ""] = await pagesOf(await printInvoice(staff, id));
  for (const printed of [...shopLines, ...customerLines, ...unitLines, "412,345 km", "8,123.4 h", "PO 77", "Remit to", "PO Box 1180", printedShop.paymentTerms])
    expect(page).toContain(printed);
  expect(page).not.toMatch(/Elsewhere|Moved|NEW 1|413,000/);
});

test("the mail with the invoice ends with the shop's name and address", async () => {
  const { world, shop, customer, staff, asset, line, issued } = await setUp();
  await issued(await completedOrder(staff, asset, [line("Hose", 50_00)], {}));
  await world.drainOutbox(shop);
  const mail = (await world.mail(customer.email)).find(({ subject }) => subject.startsWith("Invoice"));
  expect(mail?.html).toContain(", 2200 Harbor Drive, Portage, IN 46368");
});

test("a void invoice asks for no payment", async () => {
  const { staff, asset, line, issued, pagesOf } = await setUp();
  const id = await issued(await completedOrder(staff, asset, [line("Hose", 50_00)], {}));
  await closeInvoice(staff, id, { intent: "void", why: "Mistake of ours" });
  const [page = ""] = await pagesOf(await printInvoiceCopy(staff, id));
  expect(page).toMatch(/VOID.*No payment due/);
  expect(page).toContain("Voided");
  expect(page).not.toMatch(/Due by|Net 30|Remit to|PO Box|with your payment|late balances/);
});

test("the paper of an invoice leads to its pay link where the shop took payments online, and a void one does not", async () => {
  const { world, shop, staff, asset, line, issued, pagesOf, linksOf } = await setUp();
  const order = async () => completedOrder(staff, asset, [line("Hose", 50_00)], {});
  const id = await issued(await order(), true);
  const original = await printInvoice(staff, id);
  const [link = "", ...more] = await linksOf(original);
  const { publicOrigin } = (await world.context.platform.directory.organization(shop.id)) ?? expect.fail("no organization");
  const token = link.replace(`${publicOrigin}/pay/`, "");
  expect([readPayToken(world.context.platform.settings.linkKey, token), more]).toEqual([{ organizationId: shop.id, subject: { kind: "invoice", id } }, []]);
  // It promises no sum: the paper stays as it is when the invoice is paid.
  expect((await pagesOf(original)).join(" ")).toContain("Pay online Scan the code with your phone: the page shows what is open");
  expect(await linksOf(await printInvoiceCopy(staff, id))).toEqual([link]);
  expect((await closeInvoice(staff, id, { intent: "void", why: "Mistake of ours" })).ok).toBe(true);
  const voided = await printInvoiceCopy(staff, id);
  expect(await linksOf(voided)).toEqual([]);
  expect((await pagesOf(voided)).join(" ")).not.toContain("Pay online");

  const offline = await printInvoice(staff, await issued(await order()));
  expect(await linksOf(offline)).toEqual([]);
  expect((await pagesOf(offline)).join(" ")).not.toContain("Pay online");
});

test("an invoice that a deposit paid at its issue leads to no payment", async () => {
  const its = await estimateShop();
  const { id: order, estimate } = await approvedOrder(its, { Drums: 100_00 }, 110_00);
  expect((await record(its, depositOf(estimate, 110_00))).ok).toBe(true);
  await completed(its, order);
  const id = newId("invoice");
  await draftInvoice(its.staff, { id, customerId: its.customer.id, orders: [order] });
  expect((await issueInvoice(its.staff, id, { terms: "net-30", paysOnline: true })).ok).toBe(true);
  const paper = (await printInvoice(its.staff, id)) ?? expect.fail("no document");
  const bytes = await (await env.FILES.get(`${its.shop.id}/${paper.file}`))?.arrayBuffer();
  expect((await extractText(new Uint8Array(bytes ?? []), { mergePages: true })).text).not.toContain("Pay online");
});

test("a copy printed after a payment is the issued invoice, then its account with hash, payment and balance", async () => {
  const { world, shop, customer, staff, asset, line, issued, pagesOf, money } = await setUp();
  const lines = Array.from({ length: 60 }, (_, at) => line(`Part number ${at + 1}`, 1_00));
  const id = await issued(await completedOrder(staff, asset, lines, {}));
  const original = (await printInvoice(staff, id)) ?? expect.fail("no document");
  expect(await printInvoiceCopy(staff, id)).toEqual(original);
  const pay = (amount: number, reference: string) =>
    changeAccount(staff, customer.id, {
      intent: "pay",
      id: newId("entry"),
      on: [{ invoiceId: id, amount: null }],
      amount: toCents(amount),
      method: "check",
      reference,
      day: "2030-03-01",
    });
  expect((await pay(25_00, "1041")).ok).toBe(true);
  const issuedPages = await pagesOf(original);
  const copy = await pagesOf(await printInvoiceCopy(staff, id));
  expect(copy.slice(0, issuedPages.length)).toEqual(issuedPages);
  expect(copy).toHaveLength(issuedPages.length + 1);
  const account = copy.at(-1) ?? "";
  for (const printed of [
    "Account INV-1",
    "Balance due as of",
    money(35_00),
    `Payment: Check 1041 ${money(25_00)} ${money(35_00)}`,
    `Paid and credited ${money(25_00)}`,
  ])
    expect(account).toContain(printed);
  expect(account.replaceAll(" ", "")).toContain(original.sha256);
  await pay(35_00, "1042");
  const paid = (await pagesOf(await printInvoiceCopy(await shop.as(customer), id))).at(-1) ?? "";
  expect(paid).toMatch(/PAID.*Paid in full as of/);
  expect(paid).not.toMatch(/Remit to|late balances/);
  // The issued document is still to be had by itself.
  const browser = browserIn(world);
  browser.jar.set("__Host-customer", (await shop.session(customer.email, "customer")).cookie.split("=")[1] ?? "");
  const nameOf = async (search: string) => (await browser.get(portalPdf, `/${search}`, { params: { invoiceId: id } })).headers.get("Content-Disposition");
  expect([await nameOf(""), await nameOf("?issued")]).toEqual([expect.stringContaining("INV-1 with account.pdf"), expect.stringContaining('"INV-1.pdf"')]);
  expect(await printInvoiceCopy(await shop.as(await shop.customer()), id)).toBeNull();
});

test("an estimate has the addresses and unit of the day it was sent", async () => {
  const { staff, asset, line, change, pagesOf } = await setUp();
  const order = await writtenOrder(staff, asset, [{ lines: [{ ...line("Front drums", 100_00), safety: true }] }]);
  const id = await draftEstimate(
    staff,
    order.id,
    order.jobs.map((job) => offered(job)),
  );
  await sendEstimate(staff, id);
  await change();
  const [page = ""] = await pagesOf(await printEstimate(staff, id, null));
  for (const printed of [...shopLines, ...customerLines, ...unitLines, "412,345 km", "Front drums (safety)", printedShop.paymentTerms])
    expect(page).toContain(printed);
  expect(page).not.toMatch(/Elsewhere|Moved|NEW 1|413,000/);
});

test("a work summary and a statement have them too", async () => {
  const { staff, customer, asset, line, issued, pagesOf } = await setUp();
  const order = await completedOrder(staff, asset, [line("Hose", 50_00)], {});
  await issued(order);
  const [summary = ""] = await pagesOf(await printOrderSummary(staff, order));
  for (const printed of [...shopLines, ...customerLines, ...unitLines, "412,345 km"]) expect(summary).toContain(printed);
  const made = await printStatement(staff, customer.id, { from: "2030-03-01", through: "2030-03-31" });
  const [statement = ""] = await pagesOf(made.ok ? made.value : null);
  for (const printed of [...shopLines, ...customerLines, "Remit to", "PO Box 1180", printedShop.paymentTerms]) expect(statement).toContain(printed);
});
