import { and, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { portals } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { addFile } from "~/modules/attachments/add-file.server";
import { hideAttachment } from "~/modules/attachments/hide-attachment.server";
import { closeInvoice } from "~/modules/invoices/close-invoice.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { startView } from "~/modules/people/impersonation.server";
import { journal } from "~/platform/database/tenant.tables";
import { action as changePeople } from "../app/routes/staff/people";
import { browserIn } from "./world/browser";
import { completedOrder } from "./world/orders";
import { source, testRequest } from "./world/request";
import type { Shop } from "./world/shop";
import { createWorld } from "./world/world";

/** The sources of the shop's journal entries with this code, of people only. */
async function sourcesOf(shop: Shop, ...codes: string[]) {
  const { event, actor, ip, userAgent } = journal;
  const rows = await shop.db.query({ from: journal, columns: { event, actor, ip, userAgent }, where: and(inArray(event, codes)), limit: 1_000 });
  const byPeople = rows.filter((row) => portals.some((portal) => portal === row.actor.audience));
  expect(new Set(byPeople.map((row) => row.event))).toEqual(new Set(codes));
  return byPeople.map((row) => ({ ip: row.ip, userAgent: row.userAgent }));
}

const line = {
  kind: "labor",
  text: "Replace hose",
  partNumber: null,
  quantity: toQuantity(1_000),
  each: toCents(100_00),
  cost: null,
  supplies: true,
} as const;

test("payment, refund, void, view and hidden file have the address and the browser of who did it", async () => {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const money = { method: "check", reference: "77", day: "2030-03-01" } as const;
  const issued = async () => {
    const id = newId("invoice");
    await draftInvoice(staff, { id, customerId: customer.id, orders: [await completedOrder(staff, asset, [{ ...line, id: newId("line") }])] });
    expect(await issueInvoice(staff, id, { terms: "net-30" })).toMatchObject({ ok: true });
    return id;
  };
  const [paid, voided, payment] = [await issued(), await issued(), newId("entry")];
  const account = (command: Parameters<typeof changeAccount>[2]) => changeAccount(staff, customer.id, command);
  expect(await account({ intent: "pay", id: payment, on: [{ invoiceId: paid, amount: null }], amount: toCents(50_00), ...money })).toMatchObject({ ok: true });
  expect(await account({ intent: "refund", id: newId("entry"), sourceId: payment, amount: toCents(10_00), why: "Twice", ...money })).toMatchObject({
    ok: true,
  });
  expect(await closeInvoice(staff, voided, { intent: "void", why: "Wrong truck" })).toMatchObject({ ok: true });

  const { session } = await shop.session(shop.ownerEmail, "staff");
  expect(await startView(staff, session, testRequest, { audience: "customer", partyId: customer.id, email: customer.email })).toMatchObject({ ok: true });
  const file = newId("attachment");
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1]);
  const content = (async function* () {
    yield png;
  })();
  expect(await addFile(staff, { id: file, record: { kind: "asset", id: asset }, name: "a.png", audiences: [], content })).toMatchObject({ ok: true });
  expect(await hideAttachment(staff, file, "Wrong truck")).toMatchObject({ ok: true });
  await world.settle();

  const sources = await sourcesOf(shop, "payment.recorded", "refund.recorded", "invoice.voided", "work-order.invoice-voided", "view.started", "file.hidden");
  expect(sources).toEqual(sources.map(() => source));
});

test("so have a role change and a removal that come by the page's forms", async () => {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const email = `fay@${shop.id.slice(-8)}.test`;
  await shop.person("staff", email);
  const { id: person } = await shop.membershipOf(email, "staff");
  const owner = browserIn(world, { address: "192.0.2.44" });
  const [name = "", value = ""] = (await shop.session(shop.ownerEmail, "staff")).cookie.split("=");
  owner.jar.set(name, value);
  const headers = { "User-Agent": "Desk/1.0" };
  const forms: Record<string, string>[] = [
    { intent: "change-role", person, role: "manager" },
    { intent: "remove", person },
  ];
  for (const form of forms) expect((await owner.post(changePeople, paths.staff.people, form, { headers })).status).toBeLessThan(400);
  const sources = await sourcesOf(shop, "staff.role-changed", "staff.removed");
  expect(sources).toEqual(sources.map(() => ({ ip: "192.0.2.44", userAgent: "Desk/1.0" })));
});
