import { eq } from "drizzle-orm";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { addFile } from "~/modules/attachments/add-file.server";
import { attachments } from "~/modules/attachments/attachment.tables";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { contacts } from "~/modules/customers/customer.tables";
import { fileReport } from "~/modules/inspections/inspections.fixtures";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { addNote } from "~/modules/work-orders/activity/add-note.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { journal } from "~/platform/database/tenant.tables";
import { quotas } from "~/platform/http/quotas.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { addJob, draftEstimate, offered, sendEstimate } from "../../../tests/world/estimates";
import { routeArgs } from "../../../tests/world/route-args";
import type { Customer } from "../../../tests/world/shop";
import { createWorld } from "../../../tests/world/world";
import { loader as exportZip } from "./export-zip";

const INSIDE = "Charge the usual extra";
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1]);

/** Two customers, each with a finished, invoiced and partly paid order, an open one, a sent and an unsent estimate, and files. */
async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const staff = await shop.asStaff();
  async function stocked(name: string) {
    const customer = await shop.customer();
    const email = `${name.toLowerCase()}@${shop.id.slice(-8)}.test`;
    await addContact(staff, { customerId: customer.id, name, email });
    await world.drainOutbox(shop);
    const assetId = await shop.asset({ customer });
    const line = {
      id: newId("line"),
      kind: "part" as const,
      text: `Hose of ${name}`,
      partNumber: null,
      quantity: toQuantity(1_000),
      each: toCents(50_00),
      cost: toCents(43_21),
      supplies: false,
    };
    const open = async (complaint: string) => {
      const id = newId("workOrder");
      await openWorkOrder(staff, { id, assetId, complaint, lead: null, promisedAt: null, purchaseOrder: null, asDraft: false });
      return id;
    };
    const done = await open(`Air leak of ${name}`);
    const [job] = (await readOrderRecord(staff, done))?.order.jobs ?? [];
    if (!job) throw new Error("no job");
    await changeWorkOrder(staff, done, { intent: "save-job", seen: 9, job: { ...job, cause: INSIDE, correction: "Replaced", lines: [line] } });
    await addNote(staff, done, { noteId: newId("event"), text: INSIDE });
    await changeWorkOrder(staff, done, { intent: "move", seen: 9, to: "in-progress", holdReason: null });
    await runOrderCommand(staff, done, { intent: "move", seen: 9, to: "completed", holdReason: null });
    const invoice = newId("invoice");
    await draftInvoice(staff, { id: invoice, customerId: customer.id, orders: [done] });
    expect((await issueInvoice(staff, invoice, { terms: "net-30" })).ok).toBe(true);
    const payment = {
      intent: "pay",
      id: newId("entry"),
      on: [{ invoiceId: invoice, amount: null }],
      amount: toCents(20_00),
      method: "check",
      reference: "77",
      day: "2030-03-01",
    } as const;
    expect((await changeAccount(staff, customer.id, payment)).ok).toBe(true);
    const running = await open(`Brakes of ${name}`);
    for (const isSent of [true, false]) {
      const its = await addJob(staff, running, { complaint: "Brakes", lines: [{ ...line, id: newId("line") }] });
      const title = isSent ? `Brakes for ${name}` : "Not yet";
      const id = await draftEstimate(staff, running, [offered(its)], { title, insideNote: INSIDE, validThrough: "2030-03-20" });
      if (isSent) await sendEstimate(staff, id);
    }
    const keep = async (fileName: string, audiences: readonly "customer"[]) => {
      const content = (async function* () {
        yield png;
      })();
      expect((await addFile(staff, { id: newId("attachment"), record: { kind: "workOrder", id: running }, name: fileName, audiences, content })).ok).toBe(true);
    };
    await keep(`${name}.png`, ["customer"]);
    await keep(`${name}.png`, ["customer"]);
    await keep("pads.hta", ["customer"]);
    await keep("inside.png", []);
    await world.drainOutbox(shop);
    return { id: customer.id, email };
  }
  const [mine, other] = [await stocked("Renee"), await stocked("Sol")];
  const take = async (who: Customer, answer = 200) => {
    const { cookie } = await shop.session(who.email, "customer");
    const request = new Request("http://localhost/portal/export.zip", { headers: { Cookie: cookie, "CF-Connecting-IP": "192.0.2.7" } });
    const response = await exportZip(routeArgs(world.context, request)).catch((cause: Response) => cause);
    expect(response.status).toBe(answer);
    return response;
  };
  return { world, shop, mine, other, take };
}

test("inspections are in it as JSON, with the photos by the names that the reports have for them", async () => {
  const { world, shop, mine, other, take } = await setUp();
  const customer = { id: mine.id, email: mine.email };
  const driver = await shop.driver({ customer });
  const { id, defects, photos } = await fileReport(shop, { customer, driver, typed: "9", defects: [{ severity: "safety", note: "Cords show", photos: 2 }] });
  await fileReport(shop, { customer: other, driver, typed: "13", defects: [{ note: "Not yours" }] });
  const [arrived = "", missing = ""] = photos;
  const file = `attachments/${arrived}`;
  await (await shop.asStaff()).files.put(file, png);
  await shop.db.batch([
    shop.db.insert(attachments, {
      id: arrived as Id<"attachment">,
      recordKind: "inspection",
      recordId: id,
      name: "photo.jpg",
      mediaType: "image/png",
      bytes: png.length,
      sha256: "",
      file,
      thumbnail: null,
      audiences: ["driver", "customer"],
      addedAt: world.clock.now(),
      addedBy: shop.db.scope.actor,
      version: 1,
    }),
  ]);
  const zip = unzipSync(new Uint8Array(await (await take(mine)).arrayBuffer()));
  const name = `files/inspections/${arrived}.jpg`;
  expect(JSON.parse(text(zip["inspections.json"]))).toMatchObject([
    { id, unit: "9", defects: 1, open: 1, found: [{ id: defects[0], note: "Cords show", photos: [{ name }, { name: null }] }] },
  ]);
  expect(zip[name]).toEqual(png);
  expect(Object.keys(zip).some((entry) => entry.includes(missing))).toBe(false);
});

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test("the archive holds the customer's rows, documents and shared files, nothing internal or of another customer, and the download is in the journal", async () => {
  const { world, shop, mine, take } = await setUp();
  const response = await take(mine);
  expect(response.headers.get("Content-Type")).toBe("application/zip");
  const zip = unzipSync(new Uint8Array(await response.arrayBuffer()));
  const count = (name: string) => ({ csv: text(zip[`${name}.csv`]).trim().split("\r\n").length - 1, json: JSON.parse(text(zip[`${name}.json`])).length });
  expect(["assets", "work-orders", "estimates", "invoices", "payments"].map(count)).toEqual([
    { csv: 1, json: 1 },
    { csv: 2, json: 2 },
    { csv: 1, json: 1 },
    { csv: 1, json: 1 },
    { csv: 2, json: 2 },
  ]);
  expect(
    Object.keys(zip)
      .filter((name) => name.includes("/"))
      .sort(),
  ).toEqual([
    expect.stringMatching(/^documents\/E-\d+ revision 1\.pdf$/),
    "documents/INV-1.pdf",
    expect.stringMatching(/^documents\/WO-\d+ summary\.pdf$/),
    expect.stringMatching(/^files\/WO-\d+\/Renee \(2\)\.png$/),
    expect.stringMatching(/^files\/WO-\d+\/Renee\.png$/),
    expect.stringMatching(/^files\/WO-\d+\/pads\.png$/),
  ]);
  expect(text(zip["documents/INV-1.pdf"]?.subarray(0, 5))).toBe("%PDF-");
  expect(text(zip["payments.csv"])).toContain("20.00,NZD,check,77");
  const [bill] = JSON.parse(text(zip["invoices.json"]));
  expect(bill).toMatchObject({ currency: "NZD", contents: { groups: [{ jobs: [{ lines: [{ quantity: "1", each: "50.00", price: "50.00" }] }] }] } });
  expect(bill.contents.charges.total).toBe(bill.total);
  const [offer] = JSON.parse(text(zip["estimates.json"]));
  expect(offer).toMatchObject({ currency: "NZD", snapshot: { groups: [{ lines: [{ each: "50.00" }] }] } });
  expect(offer.snapshot.charges.total).toBe(offer.total);
  const all = Object.entries(zip)
    .filter(([name]) => /\.(csv|json)$/.test(name))
    .map(([, bytes]) => text(bytes))
    .join("\n");
  for (const own of ["Air leak of Renee", "Brakes of Renee", "Replaced", "Brakes for Renee", "Hose of Renee"]) expect(all).toContain(own);
  expect(all).not.toMatch(new RegExp(`${INSIDE}|Not yet|"cost"|43\\.21|4321|Sol`));
  await world.settle();
  const exportEvents = await shop.db.query({
    from: journal,
    columns: { event: journal.event, about: journal.about, ip: journal.ip },
    where: eq(journal.recordKind, "export"),
    limit: 9,
  });
  expect(exportEvents).toEqual([{ event: "data.exported", about: mine.id, ip: "192.0.2.7" }]);
});

test("refuses an export without the export right, includes only vehicles without the documents right, and limits repeated downloads", async () => {
  const { world, shop, mine, other, take } = await setUp();
  await shop.db.batch([shop.db.update(contacts, { mayDocuments: false, mayDecide: false, mayPay: false }, eq(contacts.email, mine.email))]);
  expect(Object.keys(unzipSync(new Uint8Array(await (await take(mine)).arrayBuffer())))).toEqual(["assets.csv", "assets.json"]);
  await shop.db.batch([shop.db.update(contacts, { mayExport: false }, eq(contacts.email, mine.email))]);
  await take(mine, 403);
  for (let again = 0; again < quotas.export.person; again++) await (await take(other)).body?.cancel();
  await take(other, 429);
  await world.settle();
});
