import { expect, test } from "vitest";
import { addPushDevice, readPushSettings } from "~/modules/notifications/push/push-devices.server";
import { addPerson } from "~/modules/people/add-person.server";
import { fromSession } from "~/platform/scope/scope.server";
import { sessionOf, startSession } from "~/platform/sessions/sessions.server";
import { contextOf } from "../workers/context";
import { pagesOf } from "./world/pages";
import { addBrowser, newSubscription } from "./world/push";
import { testRequest } from "./world/request";
import { createWorld } from "./world/world";

const SETTINGS = "http://localhost/settings/notifications";
const DRIVER = "http://localhost/driver-portal/sign-ins";

async function begin() {
  const world = await createWorld();
  const shop = await world.shop();
  const manager = `manager@${shop.id.slice(-8)}.test`;
  await addPerson(world.context.platform, { organizationId: shop.id, audience: "staff", name: "Mara", email: manager, role: "manager" });
  const pages = await pagesOf(world.context);
  const get = async (url: string, cookie: string) => (await pages(new Request(url, { headers: { Cookie: cookie } }))).text();
  const post = (url: string, cookie: string, form: Record<string, string>) =>
    pages(new Request(url, { method: "POST", headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" }, body: new URLSearchParams(form) }));
  const devicesOf = async ({ session, services, cookies }: Awaited<ReturnType<typeof addBrowser<"staff">>>) =>
    (await readPushSettings(services, session, new Request("http://test/", { headers: { Cookie: cookies } })))?.devices ?? [];
  return { world, shop, manager, get, post, devicesOf };
}
const formOf = ({ endpoint, keys }: Awaited<ReturnType<typeof newSubscription>>) => ({ endpoint, p256dh: keys.p256dh, auth: keys.auth });

test("a browser that is added is known again by its cookie, is listed with the others, and can be turned off from anywhere", async () => {
  const { shop, manager, get, post } = await begin();
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  expect(await get(SETTINGS, cookie)).toContain("Turn on for this device");
  const added = await post(SETTINGS, cookie, { intent: "add-push", ...formOf(await newSubscription()) });
  expect([added.status, added.headers.get("Location")]).toEqual([303, "/settings/notifications"]);
  expect(added.headers.get("Set-Cookie")).toMatch(/^__Host-push-staff=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000$/);
  const both = `${cookie}; ${added.headers.get("Set-Cookie")?.split(";")[0]}`;
  const page = await get(SETTINGS, both);
  for (const shown of ["Push is on for this device", "This device", "Turn off", "What is pushed"]) expect(page).toContain(shown);
  expect(page).not.toContain("Turn on for this device");
  const elsewhere = await get(SETTINGS, cookie);
  expect(elsewhere).toContain("Turn on for this device");
  const device = /name="device" value="(psh_\w+)"/.exec(elsewhere)?.[1] ?? "";
  // Nobody turns off what is another person's.
  expect((await post(SETTINGS, (await shop.session(manager, "staff")).cookie, { intent: "remove-push", device })).status).toBe(200);
  expect(await get(SETTINGS, both)).toContain("Push is on for this device");
  expect(await (await post(SETTINGS, cookie, { intent: "remove-push", device })).text()).toContain("Removed");
  expect(await get(SETTINGS, both)).toContain("Turn on for this device");
});

test("an address that is no push service's is refused with what helps", async () => {
  const { shop, get, post } = await begin();
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const given = formOf(await newSubscription());
  for (const wrong of [{ endpoint: "https://169.254.169.254/latest" }, { endpoint: "" }, { p256dh: "B" }, { auth: "a".repeat(23) }]) {
    const answer = await post(SETTINGS, cookie, { intent: "add-push", ...given, ...wrong });
    expect([answer.status, answer.headers.get("Set-Cookie")]).toEqual([422, null]);
  }
  expect(await get(SETTINGS, cookie)).not.toContain("This device");
});

test("without keys nobody is offered push, and nobody can turn it on", async () => {
  const { world, shop, post } = await begin();
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const given = { intent: "add-push", ...formOf(await newSubscription()) };
  const keyless = await pagesOf(contextOf({ ...world.env, VAPID_PRIVATE_KEY: "" } as Env, { waitUntil: () => {} }, world.clock));
  const page = await (await keyless(new Request(SETTINGS, { headers: { Cookie: cookie } }))).text();
  expect([page.includes("Notification preferences"), page.includes("Push")]).toEqual([true, false]);
  const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
  expect((await keyless(new Request(SETTINGS, { method: "POST", headers, body: new URLSearchParams(given) }))).status).toBe(403);
  // With them it is.
  expect((await post(SETTINGS, cookie, given)).status).toBe(303);
});

test("signing out ends push on this browser, also where the session is over already; the person's others go on", async () => {
  const { world, shop, post, devicesOf } = await begin();
  const add = () => addBrowser(world, shop, shop.ownerEmail);
  const [here, there, late] = [await add(), await add(), await add()];
  expect(await devicesOf(there)).toHaveLength(3);
  const out = await post("http://localhost/sign-out", here.cookies, { as: "staff" });
  expect(out.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-staff=;/), expect.stringMatching(/^__Host-push-staff=; .*Max-Age=0$/)]);
  expect(await devicesOf(there)).toHaveLength(2);
  await post("http://localhost/sign-out", late.pushCookie, { as: "staff" });
  expect((await devicesOf(there)).map(({ isThis }) => isThis)).toEqual([true]);
});

test("who signs in next on a browser doesn't get the messages of who was there before; the same person goes on", async () => {
  const { world, shop, manager, devicesOf } = await begin();
  const browser = await addBrowser(world, shop, shop.ownerEmail);
  const request = new Request("http://test/", { headers: { Cookie: browser.pushCookie } });
  await startSession(world.context.platform, request, await shop.membershipOf(shop.ownerEmail, "staff"));
  expect(await devicesOf(browser)).toHaveLength(1);
  await startSession(world.context.platform, request, await shop.membershipOf(manager, "staff"));
  expect(await devicesOf(browser)).toEqual([]);
});

test("signing out elsewhere leaves this browser alone; a new password leaves none", async () => {
  const { world, shop, post, devicesOf } = await begin();
  const [here] = [await addBrowser(world, shop, shop.ownerEmail), await addBrowser(world, shop, shop.ownerEmail)];
  await post("http://localhost/settings/sign-ins", here.cookies, { intent: "end-others" });
  expect((await devicesOf(here)).map(({ isThis }) => isThis)).toEqual([true]);
  const { directory } = world.context.platform;
  const account = await directory.account(shop.ownerEmail);
  if (!account) throw new Error("the owner has an account");
  await directory.setPassword(account.id, "-", world.clock.now());
  expect(await devicesOf(here)).toEqual([]);
});

test("a driver turns it on on a phone of their own; on a tablet that others use next nobody can", async () => {
  const { world, shop, get, post } = await begin();
  const email = `d-${shop.id.slice(-8)}@people.test`;
  await shop.driver({ customer: await shop.customer(), email });
  const phone = await addBrowser(world, shop, email, "driver");
  const page = await get(DRIVER, phone.cookies);
  for (const shown of ["Push is on for this device", "Unit not safe to drive", "Critical fault"]) expect(page).toContain(shown);
  const form = { intent: "save-pushes", faults: "on" };
  expect(await (await post(DRIVER, phone.cookies, form)).text()).toContain("Saved");
  const settings = await readPushSettings(phone.services, phone.session, testRequest);
  expect(settings?.events.map(({ event, isOn }) => [event, isOn])).toEqual([
    ["defects", false],
    ["faults", true],
  ]);

  const tablet = await startSession(world.context.platform, testRequest, await shop.membershipOf(email, "driver"), { kind: "shared", tabletId: null });
  const cookie = tablet.cookie.split(";")[0] ?? "";
  expect(await get(DRIVER, cookie)).not.toContain("Push");
  expect((await post(DRIVER, cookie, { intent: "add-push", ...formOf(await newSubscription()) })).status).toBe(403);
  const session = await sessionOf(world.context.platform, new Request("http://test/", { headers: { Cookie: cookie } }), "driver");
  if (!session) throw new Error("no session");
  const services = world.context.servicesFor(fromSession(session, testRequest));
  expect(await addPushDevice(services, session, testRequest, formOf(await newSubscription()))).toEqual({ ok: false, error: { kind: "no-push" } });
});
