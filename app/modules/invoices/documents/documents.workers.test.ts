import { env } from "cloudflare:test";
import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { formatMoney, toCents, toQuantity } from "~/kernel/money";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { printEstimate } from "~/modules/estimates/documents/print-estimate.server";
import { latestSent } from "~/modules/estimates/estimate";
import { sumRows } from "~/modules/organizations/shop-rules/charges";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { printOrderSummary } from "~/modules/work-orders/documents/print-order.server";
import type { LineKind } from "~/modules/work-orders/jobs/job";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { documents, outbox } from "~/platform/database/tenant.tables";
import { loader as portalPdf } from "~/routes/customer/invoice-pdf";
import { loader as staffPdf } from "~/routes/staff/invoice-pdf";
import { expectConsoleError } from "../../../../tests/setup/console";
import { browserIn } from "../../../../tests/world/browser";
import { draftEstimate, offered, sendEstimate, writtenOrder } from "../../../../tests/world/estimates";
import { completedOrder } from "../../../../tests/world/orders";
import { createWorld } from "../../../../tests/world/world";
import { closeInvoice } from "../close-invoice.server";
import { draftInvoice } from "../draft-invoice.server";
import { readInvoiceRecord } from "../invoice-record.read.server";
import { issueInvoice } from "../issue-invoice.server";
import { printInvoice } from "./print-invoice.server";

const NAME = "Zażółć Gęślą Spedycja & Nguyễn Thị Hường";
const INSIDE = "Charge the usual extra";
const COST = 31_31;

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  await shop.db.batch([shop.db.update(customers, { name: NAME }, eq(customers.id, customer.id))]);
  const line = (text: string, price: number, kind: LineKind = "part") =>
    ({ id: newId("line"), kind, text, partNumber: null, quantity: toQuantity(1_000), each: toCents(price), cost: toCents(COST), supplies: true }) as const;
  const completed = (lines: ReturnType<typeof line>[]) =>
    completedOrder(staff, asset, lines, { purchaseOrder: "PO 77", cause: "Operator abuse, do not tell", correction: "Replaced the hose" });
  const issued = async (order: Id<"workOrder">) => {
    const id = newId("invoice");
    await draftInvoice(staff, { id, customerId: customer.id, orders: [order] });
    expect(await printInvoice(staff, id)).toBeNull();
    expect((await issueInvoice(staff, id, { terms: "net-30" })).ok).toBe(true);
    return id;
  };
  const bytesOf = async (document: { file: string } | null) => {
    const found = document && (await env.FILES.get(`${shop.id}/${document.file}`));
    if (!found) throw new Error("no such document");
    return new Uint8Array(await found.arrayBuffer());
  };
  const pagesOf = async (document: { file: string } | null) =>
    (await extractText(await bytesOf(document), { mergePages: false })).text.map((page) => page.normalize("NFC").replace(/\s+/g, " "));
  const money = (amount: number) => formatMoney(toCents(amount), "NZD", "en-NZ").replace(/\s/g, " ");
  return { world, shop, customer, asset, staff, line, completed, issued, bytesOf, pagesOf, money };
}

test("an invoice's PDF holds the invoice, over as many pages as needed, and nothing internal", async () => {
  const { staff, shop, customer, line, completed, issued, bytesOf, pagesOf, money, world } = await setUp();
  const lines = Array.from({ length: 60 }, (_, at) => line(`Part number ${at + 1}`, 1_00 * (at + 1) + 37, at % 5 === 0 ? "labor" : "part"));
  const id = await issued(await completed(lines));
  const document = await printInvoice(staff, id);
  const pages = await pagesOf(document);
  const all = pages.join(" ");
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(page).toContain("Work performed Part number Quantity Each Price");
  for (const { text, each } of lines) expect(all).toMatch(new RegExp(`${text} 1( h)? \\${money(each)} \\${money(each)}`));
  const record = await readInvoiceRecord(staff.db, id, world.clock.now());
  for (const [label, amount] of sumRows(record?.contents.charges ?? expect.fail("no such invoice"), false)) expect(all).toContain(`${label} ${money(amount)}`);
  for (const printed of [NAME, "INV-1", "Replaced the hose", "Your PO number", "PO 77", "Net 30 days", "Sun, 31 Mar 2030"]) expect(all).toContain(printed);
  expect(all).not.toMatch(/Operator abuse|31\.31|[Cc]ost|[Mm]argin/);
  const bytes = await bytesOf(document);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(document).toEqual({ file: `documents/${sha256}.pdf`, sha256, bytes: bytes.length, name: "INV-1.pdf" });
  expect(
    await shop.db.query({ from: documents, columns: { kind: documents.recordKind, edition: documents.edition, sha256: documents.sha256 }, limit: 9 }),
  ).toEqual([{ kind: "invoice", edition: "issued", sha256 }]);
  // Later changes and other readers get the same document, and rendering it again gives the same bytes.
  await shop.db.batch([shop.db.update(customers, { name: "Renamed" }, eq(customers.id, customer.id))]);
  expect(await printInvoice(await shop.as(customer), id)).toEqual(document);
  await env.TENANTS.prepare("delete from documents").run();
  expect(await printInvoice(staff, id)).toEqual(document);
});

test("a voided invoice gets a new PDF marked void; the first one is kept", async () => {
  const { staff, line, completed, issued, pagesOf } = await setUp();
  const id = await issued(await completed([line("Hose", 50_00)]));
  const first = await printInvoice(staff, id);
  await closeInvoice(staff, id, { intent: "void", why: "Mistake of ours" });
  const second = await printInvoice(staff, id);
  const [[before], [after]] = [await pagesOf(first), await pagesOf(second)];
  expect(before).not.toContain("VOID");
  expect(after).toMatch(/VOID.*No payment due/);
  expect(after).not.toContain("Mistake of ours");
});

test("an estimate's PDF holds the evidence of the answer, bound to the text by its hash", async () => {
  const { world, staff, shop, customer, asset, line, pagesOf, money } = await setUp();
  const lines = [line("Front drums", 100_00), line("Rear drums", 200_00)];
  const order = await writtenOrder(staff, asset, [{ lines }]);
  const head = { note: "Front first", insideNote: INSIDE, validThrough: "2030-03-20", deposit: toCents(75_00) };
  const id = await draftEstimate(
    staff,
    order.id,
    order.jobs.map((job) => offered(job)),
    head,
  );
  expect(await printEstimate(staff, id, null)).toBeNull();
  await sendEstimate(staff, id);
  const [sent] = await pagesOf(await printEstimate(staff, id, null));
  const from = { who: "Renée Okafor", how: "phone", recordedBy: "Joan", email: null, ip: "192.0.2.24", userAgent: "Safari" } as const;
  const [approved, declined] = lines.map((one) => [one.id]);
  const choice = { kind: "lines", approved: approved ?? [], declined: declined ?? [] } as const;
  const answered = await changeEstimate(staff, id, {
    intent: "answer",
    revision: 1,
    answer: { choice, note: "Later", purchaseOrder: "PO 9", notToExceed: toCents(180_00), drawn: "M10 20L300 90M40 40L200 20" },
    from,
  });
  const it = answered.ok ? latestSent(answered.value) : null;
  const [page] = await pagesOf(await printEstimate(staff, id, 1));
  expect(page?.replaceAll(" ", "")).toContain(it?.offer?.hash);
  expect(sent?.replaceAll(" ", "")).toContain(it?.offer?.hash);
  for (const printed of [
    `Renée Okafor approved ${money(it?.decision?.approvedTotal ?? 0)} of ${money(300_00)}`,
    `Front drums 1 ${money(100_00)} ${money(100_00)} Approved`,
    `Rear drums 1 ${money(200_00)} ${money(200_00)} Declined`,
    "By phone, recorded by Joan",
    "Fri, 1 Mar 2030, 10:45:00 pm CHADT",
    "Your PO number PO 9",
    `Not to exceed ${money(180_00)}`,
    `A deposit of ${money(75_00)}`,
    "Signed",
    NAME,
  ])
    expect(page).toContain(printed);
  expect(sent).not.toMatch(/Approved|Declined|Okafor/);
  expect(page).not.toMatch(/192\.0\.2\.24|Safari/);
  expect(`${sent} ${page}`).not.toMatch(/31\.31|[Cc]ost\b|[Mm]argin|usual extra/);
  // Only for the customer it belongs to.
  expect(await printEstimate(await shop.as(customer), id, 1)).toMatchObject({ name: "E-1 revision 1.pdf" });
  expect(await printEstimate(await shop.as(await shop.customer()), id, 1)).toBeNull();
  expect(await printEstimate(await (await world.shop()).asStaff(), id, 1)).toBeNull();
});

test("a completed order has a work summary; reopened it has none, and completed again it has a new one", async () => {
  const { shop, staff, customer, line, completed, pagesOf, world } = await setUp();
  const id = await completed([line("Hose", 50_00), line("Replace hose", 99_00, "labor")]);
  const first = await printOrderSummary(staff, id);
  const [page] = await pagesOf(first);
  for (const printed of ["Work summary", "Air leak", "Replaced the hose", "Hose Part 1", "Replace hose Labor 1 h", NAME, "PO 77"])
    expect(page).toContain(printed);
  expect(page).not.toMatch(/Operator abuse|31\.31|50\.00|\$|[Mm]argin/);
  expect(await printOrderSummary(await shop.as(customer), id)).toEqual(first);
  expect(await printOrderSummary(await shop.as(await shop.customer()), id)).toBeNull();
  expect(await printOrderSummary(await (await world.shop()).asStaff(), id)).toBeNull();
  await changeWorkOrder(staff, id, { intent: "reopen", why: "Leaks again" });
  expect(await printOrderSummary(staff, id)).toBeNull();
  world.clock.pass(60_000);
  await runOrderCommand(staff, id, { intent: "move", seen: 99, to: "completed", holdReason: null });
  expect((await printOrderSummary(staff, id))?.name).toBe(first?.name);
  expect(await shop.db.query({ from: documents, columns: { id: documents.recordId }, limit: 9 })).toEqual([{ id }, { id }]);
});

test("is served as a download that can't run, only to people with document rights, and cached until it changes", async () => {
  const { world, shop, customer, line, completed, issued } = await setUp();
  const params = { invoiceId: await issued(await completed([line("Hose", 50_00)])) };
  const browser = browserIn(world);
  browser.jar.set("__Host-staff", (await shop.session(shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  browser.jar.set("__Host-customer", (await shop.session(customer.email, "customer")).cookie.split("=")[1] ?? "");
  const { headers } = await browser.get(staffPdf, "/", { params });
  expect(
    Object.fromEntries(["Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control"].map((name) => [name, headers.get(name)])),
  ).toEqual({
    "Content-Type": "application/pdf",
    "Content-Disposition": `attachment; filename="INV-1.pdf"; filename*=UTF-8''INV-1.pdf`,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
  });
  expect((await browser.get(portalPdf, "/", { params })).status).toBe(200);
  const id = newId("contact");
  await shop.db.batch([
    shop.db.insert(contacts, {
      id,
      customerId: customer.id,
      name: "Yard",
      email: customer.email,
      mayDocuments: false,
      version: 1,
      createdAt: world.clock.now(),
    }),
  ]);
  expect((await browser.get(portalPdf, "/", { params })).status).toBe(403);
});

test("mails an issued invoice with its PDF to contacts with document rights, and retries a lost mail byte for byte", async () => {
  const { world, shop, customer, line, completed, issued, bytesOf, staff } = await setUp();
  const person = (email: string, mayDocuments: boolean) =>
    shop.db.insert(contacts, { id: newId("contact"), customerId: customer.id, name: email, email, mayDocuments, version: 1, createdAt: world.clock.now() });
  const [accountsEmail, yard] = [`books@${shop.id.slice(-8)}.test`, `yard@${shop.id.slice(-8)}.test`];
  await shop.db.batch([person(accountsEmail, true), person(yard, false)]);
  const order = await completed([line("Hose", 50_00)]);
  // Send the mails about the work order first.
  await world.drainOutbox(shop);
  // Accepted with the response lost: the second attempt under the same key must be the same mail.
  await fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(["lost"]) });
  const id = await issued(order);
  await world.drainOutbox(shop);
  world.clock.pass(60_000);
  await world.drainOutbox(shop);
  const mails = (await world.mail(accountsEmail)).filter(({ subject }) => subject.startsWith("Invoice"));
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ subject: expect.stringMatching(/^Invoice INV-1 from Shop \d+: \$50\.00, due Sun, 31 Mar 2030$/) });
  expect(mails[0]?.text).toContain(`/portal/invoices/${id}`);
  expect(mails[0]?.attachments.map(({ filename }) => filename)).toEqual(["INV-1.pdf"]);
  const attached = Buffer.from(mails[0]?.attachments[0]?.content ?? "", "base64");
  expect(Buffer.compare(attached, await bytesOf(await printInvoice(staff, id)))).toBe(0);
  for (const other of [yard, customer.email]) expect((await world.mail(other)).filter(({ attachments }) => attachments.length > 0)).toEqual([]);
  const pendingMails = await shop.db.query({ from: outbox, columns: { key: outbox.key, problem: outbox.problem }, where: sql`done_at is null`, limit: 9 });
  expect(pendingMails).toEqual([]);
});

test("an address the provider refuses doesn't stop the mails to the others", async () => {
  expectConsoleError(/outbox\.gave-up.*Invalid `to`/);
  const { world, shop, customer, line, completed, issued } = await setUp();
  const accountsEmail = `books@${shop.id.slice(-8)}.test`;
  for (const email of ["books at lakeshore", accountsEmail]) {
    const person = { id: newId("contact"), customerId: customer.id, name: "Books", email, version: 1, createdAt: world.clock.now() };
    await shop.db.batch([shop.db.insert(contacts, person)]);
    world.clock.pass(1_000);
  }
  await issued(await completed([line("Hose", 50_00)]));
  await world.drainOutbox(shop);
  expect((await world.mail(accountsEmail)).filter(({ subject }) => subject.startsWith("Invoice"))).toHaveLength(1);
  const stuck = await shop.db.query({ from: outbox, columns: { problem: outbox.problem }, where: sql`kind = 'mail.invoice-issued'`, limit: 9 });
  expect(stuck).toEqual([{ problem: expect.stringMatching(/Invalid `to`/) }]);
});

test("a customer without a portal gets the PDF and no link; without contacts, at its own address", async () => {
  const { world, shop, customer, line, completed, issued } = await setUp();
  await shop.db.batch([shop.db.update(customers, { portalEnabled: false }, eq(customers.id, customer.id))]);
  const id = await issued(await completed([line("Hose", 50_00)]));
  await world.drainOutbox(shop);
  const mail = (await world.mail(customer.email)).find(({ subject }) => subject.startsWith("Invoice"));
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual(["INV-1.pdf"]);
  expect(`${mail?.text} ${mail?.html}`).not.toContain(id);
  expect(mail?.html).not.toContain("<a ");
});
