import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { openNotices, readNotificationPreferences } from "~/modules/notifications/my-notifications.server";
import { readStopToken, stopPath } from "~/modules/notifications/stop-link.server";
import { completedOrder } from "./world/orders";
import { pagesOf } from "./world/pages";
import { assigned, decides, vendorShop } from "./world/vendor-work";
import { createWorld } from "./world/world";

const ONE_CLICK = { "Content-Type": "application/x-www-form-urlencoded" };
const stopOf = (mail: { headers?: Record<string, string> } | undefined): URL => new URL(/^<(.+)>$/.exec(mail?.headers?.["List-Unsubscribe"] ?? "")?.[1] ?? "");

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const contact = { id: newId("contact"), customerId: customer.id, name: "Renee", email: customer.email, version: 1, createdAt: world.clock.now() };
  await shop.db.batch([shop.db.update(customers, { portalEnabled: true }, eq(customers.id, customer.id)), shop.db.insert(contacts, contact)]);
  const pages = await pagesOf(world.context);
  /** As a mail program opens or posts the address: without a cookie, and from no page. */
  const open = (url: URL, init: RequestInit = {}) => pages(new Request(`http://localhost${url.pathname}`, init));
  const click = (url: URL, body = "List-Unsubscribe=One-Click") => open(url, { method: "POST", headers: ONE_CLICK, body });
  return { world, shop, customer, asset, contact, open, click };
}

async function ready({ world, shop, asset }: Awaited<ReturnType<typeof setUp>>) {
  const id = await completedOrder(await shop.asStaff(), asset, []);
  await world.drainOutbox(shop);
  return id;
}

test("a contact stops the mails of an event by one POST, signed out; opening the address changes nothing", async () => {
  const it = await setUp();
  const id = await ready(it);
  const mails = () => it.world.mail(it.customer.email);
  const [mail] = await mails();
  expect(mail?.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  const thread = `<${id}@${new URL(stopOf(mail)).hostname}>`;
  expect(mail?.headers).toMatchObject({ References: thread, "In-Reply-To": thread });
  const url = stopOf(mail);
  expect(mail?.text).toContain(`Stop emails like this: ${url}`);
  expect(url.pathname).not.toContain(it.customer.email);

  for (const method of ["GET", "HEAD"]) expect((await it.open(url, { method })).status).toBe(200);
  const page = await (await it.open(url)).text();
  expect(page).toContain("Stop these emails");
  expect(page).toContain("Vehicle ready");
  expect(page).toContain(paths.customer.settings);
  expect((await it.click(url, "else=1")).status).toBe(422);
  await ready(it);
  expect(await mails()).toHaveLength(2);

  for (const _ of [1, 2]) expect((await it.click(url)).status).toBe(200);
  await ready(it);
  expect(await mails()).toHaveLength(2);
  const [row] = await it.shop.db.query({ from: contacts, columns: { muted: contacts.muted }, where: eq(contacts.id, it.contact.id), limit: 1 });
  expect(row?.muted).toEqual(["ready"]);
  const forged = url.pathname.replace(/ready$/, "invoice");
  expect((await it.click(new URL(forged, url))).status).toBe(404);
});

test("a staff member's mail of an event, or the daily email, becomes a notice only", async () => {
  const it = await setUp();
  const { shop, world } = it;
  const me = (await shop.membershipOf(shop.ownerEmail, "staff")).id;
  const { db } = await shop.asStaff();
  const key = world.context.platform.settings.linkKey;
  const stop = (event: string) => it.click(new URL(stopPath(key, shop.id, { audience: "staff", event, person: me }), "http://localhost"));
  const ways = async () => Object.fromEntries((await readNotificationPreferences({ db }, me)).map(({ event, way }) => [event, way]));
  expect(await ways()).toMatchObject({ "estimate.answered": "now", "maintenance.due": "digest", "estimate.question": "now" });
  expect((await stop("estimate.answered")).status).toBe(200);
  expect((await stop("digest")).status).toBe(200);
  expect(await ways()).toMatchObject({ "estimate.answered": "bell", "maintenance.due": "bell", "estimate.question": "now" });
  expect(Object.values(await ways())).not.toContain("digest");
  // What is always sent can't be stopped, with a sealed address either.
  expect((await stop("password")).status).toBe(404);
  expect(await openNotices({ db, clock: world.clock }, me, null)).toMatchObject({ rows: [] });
});

test("a vendor's person stops answers, but not jobs, and sees it on the settings page", async () => {
  const it = await vendorShop();
  const { world, gear, shop } = it;
  const id = await assigned(it, gear);
  await world.drainOutbox(shop);
  const subjects = async () => (await world.mail(gear.email)).map(({ headers, subject }) => ({ subject, stops: headers?.["List-Unsubscribe"] !== undefined }));
  const job = (await subjects()).filter(({ subject }) => !subject.includes("password") && !subject.includes("invited"));
  expect(job.at(0)?.stops).toBe(false);
  const [member] = await world.context.platform.directory.membershipsOfParty(shop.id, "vendor", gear.id);
  const pages = await pagesOf(world.context);
  const settings = () => pages(new Request(`http://localhost${paths.vendor.sessions}`, { headers: { Cookie: gear.cookie } }));
  expect(await (await settings()).text()).toContain("Answers to your estimates");
  const path = stopPath(world.context.platform.settings.linkKey, shop.id, { audience: "vendor", event: "messages", person: member?.id ?? "" });
  expect((await pages(new Request(`http://localhost${path}`, { method: "POST", headers: ONE_CLICK, body: "List-Unsubscribe=One-Click" }))).status).toBe(200);
  expect(/<input[^>]*name="messages"[^>]*>/.exec(await (await settings()).text())?.[0]).not.toContain('checked=""');
  expect(/<input[^>]*name="estimates"[^>]*>/.exec(await (await settings()).text())?.[0]).toContain('checked=""');
  const before = (await subjects()).length;
  await decides(it, id, "message", { text: "Hello" });
  await world.drainOutbox(shop);
  expect((await subjects()).length).toBe(before);
});

test("a token names its person, shop and event, and no other key opens it", () => {
  const [organizationId, person] = [newId("organization"), newId("membership")];
  const token = stopPath("key", organizationId, { audience: "vendor", event: "messages", person }).slice("/stop-mail/".length);
  expect(readStopToken("key", token)).toMatchObject({ organizationId, reader: { audience: "vendor", event: "messages", person } });
  for (const wrong of [token.replace(/^v/, "s"), token.replace("messages", "estimates"), `${token}x`, undefined])
    expect(readStopToken("key", wrong)).toBeNull();
  expect(readStopToken("other", token)).toBeNull();
});
