import { expect, test } from "vitest";
import type { Portal } from "~/kernel/audience";
import { paths } from "~/kernel/paths";
import { DAY, HOUR, MINUTE, SECOND } from "~/kernel/time";
import { switchPortal } from "~/modules/customers/portal-access/switch-portal.server";
import { passwordToken } from "~/modules/people/links/sign-in-secrets.server";
import { newPasswordLink } from "~/modules/people/passwords/password-links.server";
import { loader as portal } from "~/routes/customer/home";
import { action as forgot } from "~/routes/public/forgot-password";
import { action as choosePassword, loader as passwordPage } from "~/routes/public/set-password";
import { loader as staffPage } from "~/routes/staff/board";
import { action as setRules } from "~/routes/staff/session-rules";
import { loader as vendorPage } from "~/routes/vendor/pending";
import { browserIn } from "../../tests/world/browser";
import { createWorld } from "../../tests/world/world";
import { linkLanding, linkSignIn } from "./link-sign-in.server";

const signInRoute = linkSignIn("customer");
const landing = linkLanding("customer");

/** A customer contact who asked for a link, and the email that came. */
async function mailed(headers: HeadersInit = {}) {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const browser = browserIn(world);
  const asked = await browser.post(signInRoute.action, paths.customer.signIn, { step: "ask", email: customer.email }, { headers });
  await world.drainOutbox(shop);
  const [mail] = await world.mail(customer.email);
  const request = new URL(asked.location ?? "", "http://x").searchParams.get("request") ?? "";
  const link = /http\S+\/portal\/sign-in\/\S+/.exec(mail?.text ?? "")?.[0] ?? "";
  const code = /: (\d{6})/.exec(mail?.text ?? "")?.[1] ?? "";
  const token = link.split("/").at(-1) ?? "";
  return {
    world,
    shop,
    customer,
    browser,
    link,
    open: (it = browser) => it.get(landing.loader, paths.customer.signInLink(token), { params: { token } }),
    continueByLink: (it = browser) => it.post(landing.action, paths.customer.signInLink(token), {}, { params: { token } }),
    type: (it = browser) => it.post(signInRoute.action, paths.customer.signIn, { step: "code", request, digits: code }),
  };
}

/** A person with a link to choose a password. */
async function invited(reason: "invitation" | "reset") {
  const world = await createWorld();
  const shop = await world.shop();
  const { platform } = world.context;
  const account = await platform.directory.account(shop.ownerEmail);
  if (!account) throw new Error("no account");
  const link = await newPasswordLink(platform, { audience: "staff", email: account.email, accountId: account.id, organizationId: shop.id }, reason);
  const to = { params: { audience: "staff", token: passwordToken(platform.settings.linkKey, "staff", link) } };
  const browser = browserIn(world);
  return {
    world,
    browser,
    open: () => browser.get(passwordPage, "/set-password/staff/x", to),
    continueByLink: (it = browser) => it.post(choosePassword, "/set-password/staff/x", { password: "a long enough one" }, to),
  };
}

test.each([
  ["link", 14 * MINUTE + 59 * SECOND, 302],
  ["link", 15 * MINUTE + SECOND, 401],
  ["code", 14 * MINUTE + 59 * SECOND, 302],
  ["code", 15 * MINUTE + SECOND, 401],
] as const)("a customer's %s after %i ms: %i", async (kind, after, status) => {
  const it = await mailed();
  it.world.clock.pass(after);
  const answered = await (kind === "link" ? it.continueByLink() : it.type());
  expect(answered.status).toBe(status);
  expect(it.browser.jar.has("__Host-customer")).toBe(status === 302);
});

test.each([
  ["invitation", 71 * HOUR + 59 * MINUTE, 302],
  ["invitation", 72 * HOUR + 2 * MINUTE, 401],
  ["reset", 59 * MINUTE, 302],
  ["reset", 61 * MINUTE, 401],
] as const)("a password's %s after %i ms: %i", async (reason, after, status) => {
  const it = await invited(reason);
  it.world.clock.pass(after);
  expect((await it.continueByLink()).status).toBe(status);
});

test("opening a link three times, as mail scanners do, does not redeem it; the person's click does", async () => {
  const mailedSignIn = await mailed();
  const choose = await invited("invitation");
  for (let n = 0; n < 3; n++) expect([(await mailedSignIn.open()).status, (await choose.open()).status]).toEqual([200, 200]);
  expect([(await mailedSignIn.continueByLink()).status, (await choose.continueByLink()).status]).toEqual([302, 302]);
});

test("of fifty simultaneous redemptions one succeeds, for link, code, invitation and reset alike", async () => {
  const it = await mailed();
  const byCode = await mailed();
  const [invitation, reset] = [await invited("invitation"), await invited("reset")];
  for (const [world, redeem] of [
    [it.world, it.continueByLink],
    [byCode.world, byCode.type],
    [invitation.world, invitation.continueByLink],
    [reset.world, reset.continueByLink],
  ] as const) {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => redeem(browserIn(world, { address: `198.51.100.${n}` }))));
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(49);
  }
});

test.each<[Portal, number, (args: never) => Promise<unknown>]>([
  ["customer", 7 * DAY, portal],
  ["vendor", 7 * DAY, vendorPage],
  ["staff", 12 * HOUR, staffPage],
])("%s: the page opens an hour before the idle limit and redirects to sign-in an hour after", async (audience, idle, page) => {
  for (const [after, status] of [
    [idle - HOUR, 200],
    [idle + HOUR, 302],
  ] as const) {
    const world = await createWorld();
    const shop = await world.shop();
    await world.context.platform.directory.setPlan(shop.id, "pro-plus");
    const email = audience === "staff" ? shop.ownerEmail : `${audience}@${shop.id.slice(-8)}.test`;
    if (audience !== "staff") await shop.person(audience, email, `${audience}-party`);
    const browser = browserIn(world);
    browser.jar.set(`__Host-${audience}`, (await shop.session(email, audience)).cookie.split("=")[1] ?? "");
    world.clock.pass(after);
    expect((await browser.get(page, "/")).status).toBe(status);
  }
});

test("a stolen cookie is useless once the person has signed out or the portal is off", async () => {
  const it = await mailed();
  await it.continueByLink();
  const thief = browserIn(it.world, { address: "203.0.113.66" });
  const stolen = it.browser.jar.get("__Host-customer") ?? "";
  thief.jar.set("__Host-customer", stolen);
  expect((await thief.get(portal, paths.customer.home)).status).toBe(200);
  const { action: signOut } = await import("~/routes/public/sign-out");
  await it.browser.post(signOut, paths.signOut, { as: "customer" });
  expect((await thief.get(portal, paths.customer.home)).status).toBe(302);

  const again = await mailed();
  await again.continueByLink();
  const second = browserIn(again.world, { address: "203.0.113.66" });
  second.jar.set("__Host-customer", again.browser.jar.get("__Host-customer") ?? "");
  await switchPortal(await again.shop.asStaff(), { customerId: again.customer.id, on: false, plan: "pro" });
  await again.world.settle();
  expect((await second.get(portal, paths.customer.home)).status).toBe(302);
});

test("a forged host never gets into a link, which uses the shop's stored address", async () => {
  const forged = { "X-Forwarded-Host": "evil.test", Forwarded: "host=evil.test", "X-Forwarded-Proto": "https", "X-Original-URL": "https://evil.test/" };
  const it = await mailed(forged);
  expect(it.link).toMatch(/^http:\/\/shop-[\w-]+\.test\/portal\/sign-in\/[\w-]{43}$/);
  // What the runtime makes of a Host header: the URL of the request itself.
  const elsewhere = browserIn(it.world, { host: "http://evil.test" });
  await elsewhere.post(signInRoute.action, paths.customer.signIn, { step: "ask", email: it.customer.email }, { headers: forged });
  await elsewhere.post(forgot, "/forgot-password?as=staff", { email: it.shop.ownerEmail }, { headers: forged });
  await it.world.drainOutbox(it.shop);
  const mails = [...(await it.world.mail(it.customer.email)), ...(await it.world.mail(it.shop.ownerEmail))];
  expect(mails).toHaveLength(3);
  for (const { text, html } of mails) expect(text + html).not.toContain("evil.test");
});

test("a shop's sign-in rules apply at once, also to open sessions", async () => {
  const it = await mailed();
  await it.continueByLink();
  const owner = browserIn(it.world);
  owner.jar.set("__Host-staff", (await it.shop.session(it.shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  const rules = { staffHours: "12", vendorDays: "7", customerDays: "7", customerCapDays: "" };
  const set = (change: Partial<typeof rules>) => owner.post(setRules, paths.staff.sessionRules, { ...rules, ...change });
  const openPortal = async () => (await it.browser.get(portal, paths.customer.home)).status;

  for (const wrong of [{ customerDays: "0" }, { customerDays: "1.5" }, { staffHours: "100" }, { customerCapDays: "never" }])
    expect(await set(wrong)).toMatchObject({ status: 422, body: { problem: { fields: expect.anything() } } });
  it.world.clock.pass(2 * DAY);
  expect((await it.browser.get(portal, paths.customer.home)).status).toBe(200);
  it.world.clock.pass(2 * DAY);
  // The owner signs in again, because the staff limit is in hours.
  owner.jar.set("__Host-staff", (await it.shop.session(it.shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  expect((await set({ customerDays: "1" })).status).toBe(200);
  expect(await openPortal()).toBe(302);
  expect((await set({ customerDays: "7" })).status).toBe(200);
  expect(await openPortal()).toBe(200);
  expect((await set({ customerCapDays: "3" })).status).toBe(200);
  expect(await openPortal()).toBe(302);
  expect((await set({ customerCapDays: "5" })).status).toBe(200);
  expect(await openPortal()).toBe(200);
});
