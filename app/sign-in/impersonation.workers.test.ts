import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { MINUTE } from "~/kernel/time";
import { addContact, removeContact } from "~/modules/customers/contacts/change-contacts.server";
import { switchPortal } from "~/modules/customers/portal-access/switch-portal.server";
import { endSession } from "~/modules/people/end-session.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { save } from "~/platform/database/journal.server";
import { journal } from "~/platform/database/tenant.tables";
import { fromSession } from "~/platform/scope/scope.server";
import { loader as portal } from "~/routes/customer/home";
import { loader as activeSessions, action as changeSessions } from "~/routes/customer/sessions";
import { loader as frame } from "~/routes/customer/shell";
import { loader as choices, action as choose } from "~/routes/public/choose-organization";
import { action as signOut } from "~/routes/public/sign-out";
import { action as record, loader as recordOf } from "~/routes/staff/customer/route";
import { action as vendorRecord } from "~/routes/staff/vendor";
import { action as changeVendorAccount } from "~/routes/vendor/sessions";
import { loader as vendorFrame } from "~/routes/vendor/shell";
import { browserIn } from "../../tests/world/browser";
import { testJournal } from "../../tests/world/events";
import { liveShop } from "../../tests/world/fleet";
import { testRequest } from "../../tests/world/request";
import { openSocket } from "../../tests/world/socket";

async function setUp() {
  const { world, shop, north, northTruck } = await liveShop();
  const services = await shop.asStaff();
  const email = `renee@${shop.id.slice(-8)}.test`;
  await addContact(services, { customerId: north.id, name: "Renee", email });
  await world.settle();
  const browser = browserIn(world);
  const staff = await shop.session(shop.ownerEmail, "staff");
  browser.jar.set("__Host-staff", staff.cookie.split("=")[1] ?? "");
  const to = { params: { customerId: north.id } };
  const contacts = ((await browser.get(recordOf, "/", to)).body as Awaited<ReturnType<typeof recordOf>>).contacts;
  const contact = contacts.find((one) => one.email === email)?.id ?? newId("contact");
  const view = () => browser.post(record, "/", { intent: "view-as", contact }, to);
  const openPortal = async () => (await browser.get(portal, paths.customer.home)).status;
  const activity = async () => {
    const rows = await shop.db.query({
      from: journal,
      columns: { kind: journal.recordKind, event: journal.event, about: journal.about, actor: journal.actor },
      limit: 300,
    });
    return rows.filter(({ kind }) => kind === "impersonation").map(({ event, about, actor }) => ({ event, about, by: actor.audience }));
  };
  return { world, shop, north, northTruck, services, email, browser, staff, contact, view, openPortal, activity, to };
}

test("staff see the contact's portal, under a banner, for 30 minutes", async () => {
  const { world, shop, northTruck, email, browser, view, openPortal } = await setUp();
  const other = await shop.person("customer", email, (await shop.customer()).id);
  const another = other.ok ? other.value : "";
  expect((await view()).location).toBe("/portal");
  const seen = (await browser.get(portal, paths.customer.home)).body as Awaited<ReturnType<typeof portal>>;
  expect(seen.fleet.units.map(({ id }) => id)).toEqual([northTruck]);
  expect((await browser.get(frame, paths.customer.home)).body).toMatchObject({ viewing: expect.stringMatching(/^Renee of Customer \d+$/), speaksFor: null });
  // If the contact also belongs to another customer, staff can't switch to that one.
  const params = { portal: "customer" };
  expect((await browser.get(choices, "/choose/customer", { params })).location).toBe(paths.customer.home);
  expect((await browser.post(choose, "/choose/customer", { place: another }, { params })).location).toBe(paths.customer.home);
  world.clock.pass(29 * MINUTE);
  expect(await openPortal()).toBe(200);
  world.clock.pass(2 * MINUTE);
  expect(await openPortal()).toBe(302);
});

test("a contact's own page has no banner", async () => {
  const { world, shop, email } = await setUp();
  const own = browserIn(world);
  own.jar.set("__Host-customer", (await shop.session(email, "customer")).cookie.split("=")[1] ?? "");
  expect((await own.get(frame, paths.customer.home)).body).toMatchObject({ viewing: null });
});

test("refuses every action of the portal with a message, and writes nothing to the database", async () => {
  const { world, shop, email, browser, view } = await setUp();
  const own = await shop.session(email, "customer");
  await view();
  const refused = await browser.post(changeSessions, paths.customer.sessions, {});
  expect(refused.status).toBe(403);
  const { sessionOf } = await import("~/platform/sessions/sessions.server");
  expect(await sessionOf(world.context.platform, new Request("http://test/", { headers: { Cookie: own.cookie } }), "customer")).not.toBeNull();
  const request = new Request("http://test/", { headers: { Cookie: `__Host-customer=${browser.jar.get("__Host-customer")}` } });
  const viewing = await sessionOf(world.context.platform, request, "customer");
  if (!viewing) throw new Error("no view");
  const { db } = world.context.servicesFor(fromSession(viewing, testRequest));
  await expect(save(db, { record: { kind: "x", id: "x", version: 1 }, at: world.clock.now(), event: testJournal.of("test.renamed") }, [])).rejects.toThrow(
    "a view writes nothing",
  );
});

test("start and end are in the journal under the staff member's name, and don't count as the contact's sign-in", async () => {
  const { world, shop, north, email, browser, view, openPortal, activity } = await setUp();
  await view();
  const list = await world.context.platform.directory.sessionsOf((await shop.membershipOf(email, "customer")).id);
  expect(list).toEqual([]);
  expect(((await browser.get(activeSessions, paths.customer.sessions)).body as { sessions: unknown[] }).sessions).toEqual([]);
  const stopped = await browser.post(signOut, paths.signOut, { as: "customer" });
  expect(stopped.location).toBe(paths.staff.customer(north.id));
  expect(await openPortal()).toBe(302);
  expect(browser.jar.has("__Host-staff")).toBe(true);
  await world.settle();
  expect(await activity()).toEqual([
    { event: "view.started", about: north.id, by: "staff" },
    { event: "view.ended", about: north.id, by: "staff" },
  ]);
  const kinds = await shop.db.query({ from: journal, columns: { kind: journal.recordKind }, limit: 300 });
  expect(kinds.filter(({ kind }) => kind === "sign-in")).toEqual([]);
});

test("ends, with its sockets, when the staff session, the portal, the contact or the plan ends", async () => {
  type Setup = Awaited<ReturnType<typeof setUp>>;
  const endings: ((it: Setup) => Promise<unknown>)[] = [
    ({ services, staff }) => endSession(services, staff.session.id),
    ({ services, north }) => switchPortal(services, { customerId: north.id, on: false, plan: "pro" }),
    ({ services, north, contact }) => removeContact(services, { customerId: north.id, contactId: contact }),
  ];
  for (const end of endings) {
    const it = await setUp();
    await it.view();
    const socket = await openSocket(`fleet-room/${it.shop.id}?as=customer`, `__Host-customer=${it.browser.jar.get("__Host-customer")}`);
    await socket.soFar();
    await end(it);
    await it.services.drainNow();
    expect(await socket.untilClosed()).toMatchObject({ code: 4401 });
    expect(await it.openPortal()).toBe(302);
  }
  const it = await setUp();
  await it.view();
  await it.world.context.platform.directory.setPlan(it.shop.id, "free");
  expect(await it.openPortal()).toBe(403);
});

test("refuses technicians, a portal that is off, a smaller plan and another customer's contact", async () => {
  const { world, shop, north, contact, view, services, browser, to } = await setUp();
  const other = await shop.customer();
  expect((await browser.post(record, "/", { intent: "view-as", contact }, { params: { customerId: other.id } })).status).toBe(404);
  await switchPortal(services, { customerId: north.id, on: false, plan: "pro" });
  await world.settle();
  expect(await view()).toMatchObject({ status: 409, body: { problem: { message: expect.stringContaining("off") } } });
  await world.context.platform.directory.setPlan(shop.id, "free");
  expect(await view()).toMatchObject({ status: 409, body: { problem: { message: expect.stringContaining("plan") } } });
  await shop.person("staff", `tech@${shop.id.slice(-8)}.test`);
  browser.jar.set("__Host-staff", (await shop.session(`tech@${shop.id.slice(-8)}.test`, "staff")).cookie.split("=")[1] ?? "");
  expect((await browser.post(record, "/", { intent: "view-as", contact }, to)).status).toBe(403);
});

test("a vendor's portal can be viewed the same way", async () => {
  const { world, shop, services, browser } = await setUp();
  await world.context.platform.directory.setPlan(shop.id, "pro-plus");
  const id = newId("vendor");
  const email = `desk@${shop.id.slice(-8)}.test`;
  await saveVendor(services, { id, form: { ...noTerms, name: "Axle Works", phone: "", email, portalEnabled: true }, version: null, plan: "pro-plus" });
  expect((await browser.post(vendorRecord, "/", { intent: "view-as" }, { params: { vendorId: id } })).location).toBe("/vendor-portal");
  expect((await browser.get(vendorFrame, paths.vendor.home)).body).toMatchObject({ viewing: "Axle Works" });
  for (const command of ["end-others", "begin-factor"])
    expect((await browser.post(changeVendorAccount, paths.vendor.sessions, { intent: command })).status).toBe(403);
  expect((await browser.post(signOut, paths.signOut, { as: "vendor" })).location).toBe(paths.staff.vendor(id));
});
