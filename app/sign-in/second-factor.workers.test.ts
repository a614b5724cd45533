import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { paths } from "~/kernel/paths";
import { DAY, MINUTE, SECOND } from "~/kernel/time";
import { addPerson } from "~/modules/people/add-person.server";
import { passwordToken } from "~/modules/people/links/sign-in-secrets.server";
import { newPasswordLink } from "~/modules/people/passwords/password-links.server";
import { journal } from "~/platform/database/tenant.tables";
import { action as operate } from "~/routes/api/operator";
import { loader as askCode, action as typeCode } from "~/routes/public/second-factor";
import { action as setPassword } from "~/routes/public/set-password";
import { loader as account, action as change } from "~/routes/staff/sessions";
import { developmentSecrets } from "../../local/settings";
import { browserIn } from "../../tests/world/browser";
import { routeArgs } from "../../tests/world/route-args";
import { createWorld, OWNER_PASSWORD, type World } from "../../tests/world/world";
import { passwordSignIn } from "./password-sign-in.server";

const signInRoute = passwordSignIn("staff");
const portal = { params: { portal: "staff" } };

/** An owner whose phone is set up, and a browser without a session. */
async function withFactor() {
  const world = await createWorld();
  const shop = await world.shop();
  const own = browserIn(world);
  await own.post(signInRoute.action, paths.login, { email: shop.ownerEmail, password: OWNER_PASSWORD });
  const begun = (await own.post(change, paths.staff.sessions, { intent: "begin-factor" })).body as { setup: { uri: string; secret: string } };
  const phone = new TOTP({ secret: Secret.fromBase32(begun.setup.secret) });
  const shows = (after = 0) => phone.generate({ timestamp: world.clock.now() + after });
  const confirm = (digits: string, password = OWNER_PASSWORD) => own.post(change, paths.staff.sessions, { intent: "confirm-factor", digits, password });
  return { world, shop, own, begun, shows, confirm };
}

async function switchedOn() {
  const it = await withFactor();
  const { recoveryCodes } = (await it.confirm(it.shows())).body as { recoveryCodes: string[] };
  it.world.clock.pass(30 * SECOND);
  const at = (address: string) => {
    const browser = browserIn(it.world, { address });
    return {
      ...browser,
      password: (password = OWNER_PASSWORD) => browser.post(signInRoute.action, `${paths.login}?to=%2Fboard`, { email: it.shop.ownerEmail, password }),
      code: (digits: string) => browser.post(typeCode, paths.secondFactor("staff", "/board"), { digits }, portal),
    };
  };
  return { ...it, recoveryCodes, at };
}

const wrongOf = (right: string) => (right === "000000" ? "000001" : "000000");
const journalOf = async ({ world, shop }: { world: World; shop: Awaited<ReturnType<World["shop"]>> }) => {
  await world.settle();
  const rows = await shop.db.query({ from: journal, columns: { event: journal.event, body: journal.body, actor: journal.actor }, limit: 200 });
  return rows.map(({ event, body, actor }) => `${event}${typeof body.why === "string" ? `: ${body.why}` : ""} (${actor.audience})`);
};

test("turning it on takes a code and the password, and shows eight recovery codes once", async () => {
  const { world, shop, own, begun, shows, confirm } = await withFactor();
  expect(begun.setup.uri).toMatch(/^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}.*&algorithm=SHA1&digits=6&period=30$/);
  expect((await own.get(account, paths.staff.sessions)).body).toMatchObject({ factor: { on: false } });
  expect(await confirm(wrongOf(shows()))).toMatchObject({ status: 422, body: { problem: { fields: { digits: expect.any(String) } }, setup: begun.setup } });
  expect(await confirm(shows(), "not the password")).toMatchObject({ status: 422, body: { problem: { fields: { password: expect.any(String) } } } });
  const { recoveryCodes } = (await confirm(shows())).body as { recoveryCodes: string[] };
  expect(new Set(recoveryCodes).size).toBe(8);
  expect((await own.get(account, paths.staff.sessions)).body).toMatchObject({ factor: { on: true, recoveryCodesLeft: 8 } });
  expect(await own.post(change, paths.staff.sessions, { intent: "begin-factor" })).toMatchObject({ status: 409 });
  expect(await journalOf({ world, shop })).toContain("second-factor.turned-on (staff)");

  const stored = JSON.stringify([
    await world.env.DIRECTORY.prepare("select * from second_factors").all(),
    await world.env.DIRECTORY.prepare("select * from recovery_codes").all(),
  ]);
  expect(stored).not.toContain(begun.setup.secret);
  for (const code of recoveryCodes) expect(stored).not.toContain(code);
});

test("a setup expires after 30 minutes", async () => {
  const { world, shows, confirm } = await withFactor();
  world.clock.pass(30 * MINUTE);
  expect(await confirm(shows())).toMatchObject({ status: 409 });
});

test("the right password leads only to the code page; the code leads to the requested page", async () => {
  const { at, shows, world, shop } = await switchedOn();
  const browser = at("192.0.2.9");
  const asked = await browser.password();
  expect([asked.status, asked.location]).toEqual([302, "/second-factor/staff?to=%2Fboard"]);
  expect([...browser.jar.keys()]).toEqual(["__Host-factor"]);
  expect((await browser.get(askCode, "/second-factor/staff", portal)).status).toBe(200);
  const signedIn = await browser.code(`${shows().slice(0, 3)} ${shows().slice(3)}`);
  expect(signedIn.location).toBe("/board");
  expect([...browser.jar.keys()].sort()).toEqual(["__Host-known", "__Host-staff"]);
  expect((await journalOf({ world, shop })).filter((line) => line.startsWith("sign-in.accepted"))).toHaveLength(2);
});

test("nothing reveals the factor before the right password", async () => {
  const { at } = await switchedOn();
  const browser = at("192.0.2.9");
  const [wrong, unknown] = [
    await browser.password("wrong"),
    await browser.post(signInRoute.action, paths.login, { email: "nobody@elsewhere.test", password: "wrong" }),
  ];
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect((wrong.body as { problem: { message: string } }).problem.message).toBe((unknown.body as { problem: { message: string } }).problem.message);
  expect(browser.jar.size).toBe(0);
  expect(await browser.get(askCode, "/second-factor/staff", portal)).toMatchObject({ status: 302, location: "/" });
});

test("a code works in its time step and one either side, and for one sign-in", async () => {
  const { at, shows, world } = await switchedOn();
  for (const off of [-60, 60]) {
    const browser = at(`192.0.2.${70 + off / 30}`);
    await browser.password();
    expect((await browser.code(shows(off * SECOND))).status).toBe(401);
  }
  const [first, second] = [at("192.0.2.21"), at("192.0.2.22")];
  await first.password();
  await second.password();
  const code = shows(30 * SECOND);
  const both = await Promise.all([first.code(code), second.code(code)]);
  expect(both.map(({ status }) => status).sort()).toEqual([302, 401]);
  // A code from before the accepted step is refused, though the clock would still allow it.
  const third = at("192.0.2.23");
  await third.password();
  expect((await third.code(shows())).status).toBe(401);
  world.clock.pass(MINUTE);
  expect((await third.code(shows())).status).toBe(302);
});

test("of fifty simultaneous sign-ins with one code, one succeeds", async () => {
  const { at, shows } = await switchedOn();
  const browsers = Array.from({ length: 10 }, (_, n) => at(`198.51.100.${n}`));
  for (const browser of browsers) await browser.password();
  const code = shows();
  const answers = await Promise.all(browsers.flatMap((browser) => Array.from({ length: 5 }, () => browser.code(code))));
  expect(answers.filter(({ location }) => location === "/board")).toHaveLength(1);
});

test("five wrong codes block an address, twenty block all unknown browsers, both with a wait; the known browser still works", async () => {
  const { at, own, shows, world, shop } = await switchedOn();
  for (const address of ["198.51.100.1", "198.51.100.2", "198.51.100.3", "198.51.100.4"]) {
    const thief = at(address);
    await thief.password();
    for (let n = 0; n < 5; n++) expect((await thief.code(wrongOf(shows()))).status).toBe(401);
    const response = await thief.code(shows());
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("Retry-After"))).toBeGreaterThan(0);
  }
  const late = at("198.51.100.5");
  await late.password();
  expect((await late.code(shows())).status).toBe(429);
  own.jar.delete("__Host-staff");
  await own.post(signInRoute.action, paths.login, { email: shop.ownerEmail, password: OWNER_PASSWORD });
  expect((await own.post(typeCode, "/second-factor/staff", { digits: shows() }, portal)).location).toBe("/");
  const journalRows = await journalOf({ world, shop });
  expect(journalRows.filter((line) => line.includes("wrong second factor"))).toHaveLength(20);
  expect(journalRows.filter((line) => line.includes("too many codes"))).toHaveLength(5);
});

test("a recovery code works once, however it is typed", async () => {
  const { at, recoveryCodes } = await switchedOn();
  const [one = ""] = recoveryCodes;
  const browser = at("192.0.2.9");
  await browser.password();
  expect((await browser.code(` ${one.toUpperCase().replace("-", " ")} `)).location).toBe("/board");
  const again = at("192.0.2.10");
  await again.password();
  expect((await again.code(one)).status).toBe(401);
});

test("the password step lasts ten minutes, belongs to its portal, and ends when the password changes", async () => {
  const { at, shows, world } = await switchedOn();
  const browser = at("192.0.2.9");
  await browser.password();
  expect((await browser.get(askCode, "/second-factor/vendor", { params: { portal: "vendor" } })).status).toBe(302);
  world.clock.pass(10 * MINUTE);
  expect(await browser.code(shows())).toMatchObject({ status: 302, location: "/" });
  expect(browser.jar.has("__Host-staff")).toBe(false);
  await browser.password();
  await world.env.DIRECTORY.prepare("update accounts set password_hash = 'another'").run();
  expect(await browser.code(shows())).toMatchObject({ status: 302, location: "/" });
  expect(browser.jar.has("__Host-staff")).toBe(false);
});

test("a password reset keeps the factor and leads to the code page", async () => {
  const { world, shop, shows } = await switchedOn();
  const { platform } = world.context;
  const account = await platform.directory.account(shop.ownerEmail);
  if (!account) throw new Error("no account");
  const link = await newPasswordLink(platform, { audience: "staff", email: shop.ownerEmail, accountId: account.id, organizationId: shop.id }, "reset");
  const token = passwordToken(platform.settings.linkKey, "staff", link);
  const browser = browserIn(world, { address: "192.0.2.77" });
  const set = await browser.post(setPassword, "/set-password/staff/x", { password: "a new one, longer" }, { params: { audience: "staff", token } });
  expect(set.location).toBe("/second-factor/staff");
  expect([...browser.jar.keys()]).toEqual(["__Host-factor"]);
  expect((await browser.post(typeCode, "/second-factor/staff", { digits: shows() }, portal)).location).toBe("/");
});

test("a code turns it off, and it applies at every shop of the account", async () => {
  const { world, own, shop, shows, at } = await switchedOn();
  const other = await world.shop();
  await addPerson(world.context.platform, { organizationId: other.id, audience: "vendor", partyId: "ven_x", name: "Both", email: shop.ownerEmail });
  const asVendor = await at("192.0.2.9").post(passwordSignIn("vendor").action, paths.vendor.signIn, { email: shop.ownerEmail, password: OWNER_PASSWORD });
  expect(asVendor.location).toBe("/second-factor/vendor");
  expect(await own.post(change, paths.staff.sessions, { intent: "remove-factor", digits: wrongOf(shows()) })).toMatchObject({ status: 422 });
  expect(await own.post(change, paths.staff.sessions, { intent: "remove-factor", digits: shows() })).toMatchObject({ status: 200 });
  expect((await at("192.0.2.10").password()).location).toBe("/board");
  expect(await journalOf({ world, shop })).toContain("second-factor.turned-off (staff)");
});

test("the operator can remove it, which is in the journal of each shop", async () => {
  const { world, shop, at } = await switchedOn();
  const other = await world.shop();
  await addPerson(world.context.platform, { organizationId: other.id, audience: "staff", role: "manager", name: "Both", email: shop.ownerEmail });
  const command = (email: string) =>
    operate(
      routeArgs(
        world.context,
        new Request("http://test/api/operator", {
          method: "POST",
          headers: { Authorization: `Bearer ${developmentSecrets.OPERATOR_KEY}` },
          body: JSON.stringify({ command: "drop-factor", email }),
        }),
      ),
    );
  expect((await command("nobody@elsewhere.test")).status).toBe(404);
  expect(await (await command(` ${shop.ownerEmail.toUpperCase()}`)).json()).toMatchObject({ shops: 2 });
  expect((await command(shop.ownerEmail)).status).toBe(404);
  for (const one of [shop, other]) expect(await journalOf({ world, shop: one })).toContain("second-factor.removed (operator)");
  // The account now has two shops, so the person chooses one; no code is asked.
  expect((await at("192.0.2.9").password()).location).toBe("/choose/staff?to=%2Fboard");
});

test("in a day sixty codes of strangers are heard, and the own browser still comes in", async () => {
  const { at, own, shows, world, shop } = await switchedOn();
  // From a day's beginning on: these hours must not reach into the next one.
  world.clock.pass(DAY - (world.clock.now() % DAY));
  let heard = 0;
  for (let quarter = 0; quarter < 5; quarter++) {
    for (let place = 0; place < 4; place++) {
      const thief = at(`198.51.${quarter}.${place}`);
      await thief.password();
      for (let n = 0; n < 5; n++) heard += Number((await thief.code(wrongOf(shows()))).status === 401);
    }
    world.clock.pass(15 * MINUTE);
  }
  expect(heard).toBe(60);
  own.jar.delete("__Host-staff");
  await own.post(signInRoute.action, paths.login, { email: shop.ownerEmail, password: OWNER_PASSWORD });
  expect((await own.post(typeCode, "/second-factor/staff", { digits: shows() }, portal)).location).toBe("/");
});
