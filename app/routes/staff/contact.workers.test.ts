import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { ofFirstContact, toRead } from "~/modules/customers/contacts/contact-rights";
import { sendPortalInvite } from "~/modules/customers/portal-access/send-portal-invite.server";
import { newSignInLink } from "~/modules/people/links/new-sign-in-link.server";
import { redeemLink } from "~/modules/people/links/redeem-link.server";
import { linkToken } from "~/modules/people/links/sign-in-secrets.server";
import { fromSession } from "~/platform/scope/scope.server";
import { browserIn } from "../../../tests/world/browser";
import { testRequest } from "../../../tests/world/request";
import type { Shop } from "../../../tests/world/shop";
import { createWorld } from "../../../tests/world/world";
import { action, loader } from "./contact";
import { loader as recordOf } from "./customer/route";

const all = { documents: "on", decide: "on", pay: "on", drivers: "on", service: "on", export: "on" };

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const services = await shop.asStaff();
  const email = (name: string) => `${name}@${shop.id.slice(-8)}.test`;
  for (const name of ["first", "second"]) await addContact(services, { customerId: customer.id, name, email: email(name) });
  await world.settle();
  const browser = browserIn(world);
  browser.jar.set("__Host-staff", (await shop.session(shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  const params = { customerId: customer.id };
  const contacts = async () => ((await browser.get(recordOf, "/", { params })).body as Awaited<ReturnType<typeof recordOf>>).contacts;
  const idOf = async (name: string) => (await contacts()).find((contact) => contact.name === name)?.id ?? newId("contact");
  async function save(name: string, fields: Record<string, string>) {
    const to = { params: { ...params, contactId: await idOf(name) } };
    const savedPage = (await browser.get(loader, "/", to)).body as Awaited<ReturnType<typeof loader>>;
    return browser.post(
      action,
      "/",
      { version: String(savedPage.contact.version), name, email: savedPage.contact.email, limit: "", documents: "on", ...fields },
      to,
    );
  }
  return { world, shop, customer, services, browser, params, email, contacts, idOf, save };
}

const rightsOf = async (world: Awaited<ReturnType<typeof createWorld>>, shop: Shop, email: string) =>
  readContactRights(world.context.servicesFor(fromSession((await shop.session(email, "customer")).session, testRequest)).db);

test("the first contact gets full access and later ones read-only access, and each reads its own rights", async () => {
  const { world, shop, email } = await setUp();
  expect(await rightsOf(world, shop, email("first"))).toEqual(ofFirstContact);
  expect(await rightsOf(world, shop, email("second"))).toEqual(toRead);
});

test("saves rights and approval limits, and the next read has them", async () => {
  const { world, shop, email, save } = await setUp();
  expect(await save("second", { decide: "on", limit: "1,250.50", documents: "" })).toMatchObject({ status: 422 });
  expect(await save("second", { decide: "on", limit: "1,250.50" })).toMatchObject({ status: 200, body: { problem: null } });
  expect(await rightsOf(world, shop, email("second"))).toEqual({ ...toRead, decide: true, decideLimit: 125_050 });
  for (const limit of ["-1", "much", "1.005"])
    expect((await save("second", { decide: "on", limit })).body).toMatchObject({ problem: { fields: { limit: expect.any(String) } } });
  await save("second", { limit: "10" });
  expect(await rightsOf(world, shop, email("second"))).toEqual(toRead);
  await save("second", { certify: "on" });
  expect(await rightsOf(world, shop, email("second"))).toEqual({ ...toRead, certify: true });
});

test("changing the address ends the old one's sessions and links at once and asks for a new invite", async () => {
  const { world, shop, customer, services, email, save, contacts, idOf } = await setUp();
  const { platform } = world.context;
  await sendPortalInvite(services, { customerId: customer.id, contactId: await idOf("second") });
  const { cookie } = await shop.session(email("second"), "customer");
  const account = await platform.directory.account(email("second"));
  const link = await newSignInLink(platform, { audience: "customer", email: email("second"), accountId: account?.id ?? null, organizationId: shop.id });
  expect(await save("second", { ...all, email: `  ${email("moved").toUpperCase()}` })).toMatchObject({
    body: { done: expect.stringContaining("send an invite") },
  });
  const old = browserIn(world);
  old.jar.set("__Host-customer", cookie.split("=")[1] ?? "");
  const { loader: portal } = await import("../customer/home");
  expect((await old.get(portal, paths.customer.home)).location).toBe("/portal/sign-in?to=%2Fportal");
  expect(await redeemLink(platform, "customer", linkToken(platform.settings.linkKey, "customer", link))).toMatchObject({ ok: false });
  expect((await contacts()).find(({ name }) => name === "second")).toMatchObject({ email: email("moved"), invitedAt: null });
  expect(await rightsOf(world, shop, email("moved"))).toEqual(ofFirstContact);
});

test("renaming a contact renames the membership without signing it out", async () => {
  const { shop, email, save } = await setUp();
  const { session } = await shop.session(email("second"), "customer");
  await save("second", { name: "Renee Okafor" });
  expect((await shop.membershipOf(email("second"), "customer")).name).toBe("Renee Okafor");
  expect((await shop.membershipOf(email("second"), "customer")).id).toBe(session.membership.id);
});

test("refuses a taken address, an invalid one, an old version and another shop's contact with a message", async () => {
  const { world, shop, customer, browser, email, idOf, save } = await setUp();
  expect(await save("second", { email: email("first") })).toMatchObject({
    status: 422,
    body: { problem: { fields: { email: expect.stringContaining("Another contact") } } },
  });
  expect(await save("second", { email: "nobody" })).toMatchObject({ status: 422, body: { problem: { fields: { email: "Enter a valid email address." } } } });
  expect(await save("second", { version: "7" })).toMatchObject({ status: 409, body: { problem: { message: expect.stringContaining("Someone else") } } });
  const other = await shop.customer();
  const contactId = await idOf("second");
  const fields = { version: "1", name: "x", email: email("x"), limit: "" };
  expect((await browser.post(action, "/", fields, { params: { customerId: other.id, contactId } })).status).toBe(404);
  const elsewhere = await world.shop();
  browser.jar.set("__Host-staff", (await elsewhere.session(elsewhere.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  expect((await browser.post(action, "/", fields, { params: { customerId: customer.id, contactId } })).status).toBe(404);
});
