import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { MINUTE, SECOND } from "~/kernel/time";
import { journal } from "~/platform/database/tenant.tables";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { action as enrolPage, loader as enrolPageLoader } from "~/routes/driver/enrol";
import { driverSignIn } from "~/sign-in/driver-sign-in.server";
import { testRequest } from "../../../tests/world/request";
import { routeArgs } from "../../../tests/world/route-args";
import type { Shop } from "../../../tests/world/shop";
import { createWorld, type World } from "../../../tests/world/world";
import { archiveDriver, changeDriver, resetPin } from "./save-driver.server";
import { enrolTablet, inviteTablet, readInvitation, readTablets, removeTablet } from "./tablets.server";

const USED_UP = { ok: false, error: { kind: "spent" } };

type Typed = { code: string; pin: string };
const wrongOf = ({ pin }: Typed) => (pin === "000000" ? "000001" : "000000");

/** A shop in production mode, where code and PIN only work on an enrolled tablet. */
async function setUp(options: { production?: boolean } = {}) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z", production: options.production ?? true });
  const shop = await world.shop();
  const customer = await shop.customer();
  return { world, shop, customer, driver: await shop.driver({ customer }), tablet: await enrolled(world, shop) };
}

async function invited(world: World, shop: Shop) {
  const staff = await shop.asStaff();
  const id = newId("tablet");
  await inviteTablet(staff, { id, label: "Gate tablet", by: staff.db.scope.actor.id as Id<"membership"> }); // staff have a membership
  const invitation = await readInvitation(staff, id);
  if (invitation?.state !== "open") throw new Error("the invitation is not pending");
  const token = invitation.path.split("/").at(-1) ?? "";
  return { id, token, path: invitation.path, redeem: () => enrolTablet(world.context, testRequest, token) };
}

async function enrolled(world: World, shop: Shop) {
  const invitation = await invited(world, shop);
  const done = await invitation.redeem();
  if (!done.ok) throw new Error(done.error.kind);
  return { id: invitation.id, cookie: done.value.cookie.split(";")[0] ?? "" };
}

type SignInAttempt = { cookie?: string; host?: string; address?: string };

/** Signs in with code and PIN, and returns what the browser gets. */
async function attemptSignIn(world: World, typed: Typed, { cookie = "", host = "app.test", address = "192.0.2.1" }: SignInAttempt = {}) {
  const request = new Request(`https://${host}/driver-portal/sign-in`, {
    method: "POST",
    headers: { "Sec-Fetch-Site": "same-origin", Cookie: cookie, "CF-Connecting-IP": address, "User-Agent": "test" },
    body: new URLSearchParams({ step: "pin", ...typed }),
  });
  const answer: unknown = await driverSignIn()
    .action(routeArgs(world.context, request))
    .catch((thrown: unknown) => thrown);
  if (answer instanceof Response) return { status: answer.status, session: answer.headers.get("Set-Cookie"), message: null, wait: null };
  const { data, init } = answer as { data: { problem: { message: string } }; init: { status: number; headers?: HeadersInit } }; // the body of `problem`
  return { status: init.status, session: null, message: data.problem.message, wait: new Headers(init.headers).get("Retry-After") };
}

const sessionIn = (world: World, cookie: string | null, options = { touch: true }) =>
  sessionOf(world.context.platform, new Request("https://app.test/", { headers: { Cookie: cookie?.split(";")[0] ?? "" } }), "driver", options);

const journalOf = (shop: Shop) =>
  shop.db.query({ from: journal, columns: { event: journal.event, about: journal.about, body: journal.body, kind: journal.recordKind }, limit: 1_000 });

test("code and PIN start a shared session on an enrolled tablet, and nowhere else", async () => {
  const { world, shop, driver, tablet } = await setUp();
  expect(await attemptSignIn(world, driver)).toMatchObject({ status: 403, session: null });
  expect(await attemptSignIn(world, driver, { cookie: "__Host-tablet=guess" })).toMatchObject({ status: 403 });
  const signedIn = await attemptSignIn(world, driver, tablet);
  expect(signedIn.status).toBe(302);
  expect(signedIn.session).toMatch(/^__Host-driver=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=43200$/);
  expect(await sessionIn(world, signedIn.session)).toMatchObject({
    kind: "shared",
    membership: { partyId: driver.id, name: driver.name },
    organization: { id: shop.id },
  });
  const [listed] = await readTablets(await shop.asStaff());
  expect(listed).toMatchObject({ label: "Gate tablet", lastUsedAt: world.clock.now() });
});

test("in development code and PIN work in any browser, and the session is still shared", async () => {
  const { world, shop, driver } = await setUp({ production: false });
  const signedIn = await attemptSignIn(world, driver, { host: shop.host });
  expect(await sessionIn(world, signedIn.session)).toMatchObject({ kind: "shared" });
  // A host without a shop: there is nowhere to look the code up.
  expect(await attemptSignIn(world, driver, { host: "nowhere.localhost" })).toMatchObject({ status: 403 });
});

test("an unknown code, a wrong PIN and a driver without portal access get the same response", async () => {
  const { world, shop, customer, driver, tablet } = await setUp();
  const off = await shop.driver({ customer });
  const staff = await shop.asStaff();
  await changeDriver(staff, { id: off.id, version: 1, form: { name: off.name, code: off.code, email: "", phone: "", portalEnabled: false } });
  await world.settle();
  const answers = [
    await attemptSignIn(world, { code: "99999999", pin: driver.pin }, tablet),
    await attemptSignIn(world, { code: driver.code, pin: wrongOf(driver) }, tablet),
    await attemptSignIn(world, off, tablet),
  ];
  expect(answers[0]).toMatchObject({ status: 401, session: null, wait: null });
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test("five wrong PINs lock a code for 15 minutes, also for the right PIN", async () => {
  const { world, shop, customer, driver, tablet } = await setUp();
  const colleague = await shop.driver({ customer });
  for (let n = 0; n < 5; n++) expect((await attemptSignIn(world, { code: driver.code, pin: wrongOf(driver) }, tablet)).status).toBe(401);
  const closed = await attemptSignIn(world, driver, tablet);
  expect(closed).toMatchObject({ status: 429, wait: "900", session: null });
  expect(closed.message).toContain("use the emailed link");
  expect((await attemptSignIn(world, colleague, tablet)).status).toBe(302);
  world.clock.pass(15 * MINUTE - SECOND);
  expect((await attemptSignIn(world, driver, tablet)).status).toBe(429);
  world.clock.pass(SECOND);
  expect((await attemptSignIn(world, driver, tablet)).status).toBe(302);
});

test("a right PIN after four wrong ones resets the count", async () => {
  const { world, driver, tablet } = await setUp();
  for (let round = 0; round < 2; round++) {
    for (let n = 0; n < 4; n++) await attemptSignIn(world, { code: driver.code, pin: wrongOf(driver) }, tablet);
    expect((await attemptSignIn(world, driver, tablet)).status).toBe(302);
  }
});

test("wrong PINs sent at the same moment each count", async () => {
  const { world, driver, tablet } = await setUp();
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => attemptSignIn(world, { code: driver.code, pin: wrongOf(driver) }, tablet)))).map(
    ({ status }) => status,
  );
  expect(statuses.sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
});

test("twenty wrong PINs lock a tablet for every code; a shift change doesn't", async () => {
  const { world, shop, driver, tablet } = await setUp();
  const other = await enrolled(world, shop);
  for (let n = 0; n < 21; n++) expect((await attemptSignIn(world, driver, tablet)).status).toBe(302);
  for (let n = 0; n < 20; n++) expect((await attemptSignIn(world, { code: String(4_000 + n), pin: "123456" }, tablet)).status).toBe(401);
  expect(await attemptSignIn(world, driver, tablet)).toMatchObject({ status: 429, wait: "900" });
  expect((await attemptSignIn(world, driver, other)).status).toBe(302);
  world.clock.pass(15 * MINUTE);
  expect((await attemptSignIn(world, driver, tablet)).status).toBe(302);
});

test("the tablet decides which shop a code belongs to", async () => {
  const { world, shop, driver, tablet } = await setUp();
  const other = await world.shop();
  const namesake = await other.driver({ customer: await other.customer(), code: driver.code });
  const theirs = await enrolled(world, other);
  expect((await attemptSignIn(world, { code: driver.code, pin: namesake.pin }, tablet)).status).toBe(401);
  const here = await attemptSignIn(world, driver, tablet);
  const there = await attemptSignIn(world, namesake, theirs);
  expect(await sessionIn(world, here.session)).toMatchObject({ organization: { id: shop.id }, membership: { partyId: driver.id } });
  expect(await sessionIn(world, there.session)).toMatchObject({ organization: { id: other.id }, membership: { partyId: namesake.id } });
  // A code of the other shop is unknown here.
  const only = await other.driver({ customer: await other.customer() });
  expect((await attemptSignIn(world, only, tablet)).status).toBe(401);
  // On the other shop's host this tablet isn't enrolled.
  expect((await attemptSignIn(world, driver, { ...tablet, host: other.host })).status).toBe(403);
  expect((await attemptSignIn(world, driver, { ...tablet, host: shop.host })).status).toBe(302);
});

test("a shared session ends after ten minutes idle, and after twelve hours", async () => {
  const { world, driver, tablet } = await setUp();
  const idle = await attemptSignIn(world, driver, tablet);
  world.clock.pass(10 * MINUTE - SECOND);
  expect(await sessionIn(world, idle.session, { touch: false })).not.toBeNull();
  world.clock.pass(SECOND);
  expect(await sessionIn(world, idle.session)).toBeNull();

  const used = await attemptSignIn(world, driver, tablet);
  for (let n = 1; n < 12 * 12; n++) {
    world.clock.pass(5 * MINUTE);
    expect(await sessionIn(world, used.session)).not.toBeNull();
  }
  world.clock.pass(5 * MINUTE - SECOND);
  expect(await sessionIn(world, used.session)).not.toBeNull();
  world.clock.pass(SECOND);
  expect(await sessionIn(world, used.session)).toBeNull();
});

test("the enrollment link of a tablet works for 15 minutes, to the second", async () => {
  const { world, shop } = await setUp();
  const [early, late] = [await invited(world, shop), await invited(world, shop)];
  world.clock.pass(14 * MINUTE + 59 * SECOND);
  expect((await early.redeem()).ok).toBe(true);
  world.clock.pass(2 * SECOND);
  expect(await late.redeem()).toEqual(USED_UP);
  expect(await readInvitation(await shop.asStaff(), late.id)).toMatchObject({ state: "over" });
  expect(await readInvitation(await shop.asStaff(), early.id)).toMatchObject({ state: "enrolled" });
});

test("opening the link has no effect; of fifty submissions at once one enrolls", async () => {
  const { world, shop } = await setUp();
  const { path, token, id, redeem } = await invited(world, shop);
  const args = (init?: RequestInit) => routeArgs(world.context, new Request(`https://app.test${path}`, init), { token });
  for (let n = 0; n < 5; n++) expect(await enrolPageLoader(args())).toMatchObject({ brand: {} });
  expect(await readInvitation(await shop.asStaff(), id)).toMatchObject({ state: "open" });

  const forged = await enrolPage(args({ method: "POST", headers: { "Sec-Fetch-Site": "cross-site" }, body: new URLSearchParams({}) })).catch(
    (thrown: Response) => thrown,
  );
  expect((forged as Response).status).toBe(403);
  const results = await Promise.all(Array.from({ length: 50 }, redeem));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter(({ ok }) => !ok)).toHaveLength(49);
  expect(await enrolPage(args({ method: "POST", headers: { "Sec-Fetch-Site": "same-origin" }, body: new URLSearchParams({ at: "once" }) }))).toMatchObject({
    init: { status: 401 },
  });
});

test("pressing the button enrolls only this browser", async () => {
  const { world, shop } = await setUp();
  const { path, token, id } = await invited(world, shop);
  const request = new Request(`https://app.test${path}`, {
    method: "POST",
    headers: { "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ at: "once" }),
  });
  const answer = (await enrolPage(routeArgs(world.context, request, { token })).catch((thrown: Response) => thrown)) as Response; // the redirect is thrown
  expect(answer.headers.get("Location")).toBe("/driver-portal/sign-in");
  expect(answer.headers.get("Set-Cookie")).toMatch(/^__Host-tablet=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000$/);
  const key = /=([\w-]{43})/.exec(answer.headers.get("Set-Cookie") ?? "")?.[1] ?? "-";
  const stored = JSON.stringify((await world.env.DIRECTORY.prepare("select * from tablets").all()).results);
  expect(stored).toContain(id);
  expect(stored).not.toContain(key);
  expect(stored).not.toContain(token);
  expect((await journalOf(shop)).filter(({ kind }) => kind === "tablet").map(({ event }) => event)).toContain("tablet.enrolled");
});

test("removing a tablet ends its sessions and its key", async () => {
  const { world, shop, customer, driver, tablet } = await setUp();
  const other = await enrolled(world, shop);
  const onIt = await attemptSignIn(world, driver, tablet);
  const elsewhere = await attemptSignIn(world, await shop.driver({ customer }), other);
  const staff = await shop.asStaff();
  const closed: string[] = [];
  const room = { closeTagged: async (tag: string) => closed.push(tag) };
  const open = await sessionIn(world, onIt.session);
  expect(await removeTablet(staff, [room], tablet.id)).toEqual({ ok: true, value: { label: "Gate tablet" } });
  expect(closed).toEqual([`session:${open?.id}`]);
  expect(await sessionIn(world, onIt.session)).toBeNull();
  expect(await sessionIn(world, elsewhere.session)).not.toBeNull();
  expect((await attemptSignIn(world, driver, tablet)).status).toBe(403);
  expect(await removeTablet(staff, [room], tablet.id)).toMatchObject({ ok: false });
  // A session started while the tablet was being removed has ended as well.
  await world.env.DIRECTORY.prepare("update sessions set ended_at = null where id = ?").bind(open?.id).run();
  expect(await sessionIn(world, onIt.session)).toBeNull();
});

test("another shop can neither remove a tablet nor see its link", async () => {
  const { world, shop, tablet } = await setUp();
  const other = await world.shop();
  const pendingDriver = await invited(world, shop);
  const stranger = await other.asStaff();
  expect(await removeTablet(stranger, [], tablet.id)).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await readInvitation(stranger, pendingDriver.id)).toBeNull();
  expect(await readTablets(stranger)).toEqual([]);
  expect(await readTablets(await shop.asStaff())).toHaveLength(1);
});

test("a driver without portal access or archived is signed out at once, however they signed in", async () => {
  const { world, shop, customer, tablet } = await setUp();
  const staff = await shop.asStaff();
  const facts = (driver: { name: string; code: string }, email: string, portalEnabled: boolean) => ({
    name: driver.name,
    code: driver.code,
    email,
    phone: "",
    portalEnabled,
  });
  const out = [
    (driver: { id: Id<"driver">; name: string; code: string }, email: string) =>
      changeDriver(staff, { id: driver.id, version: 1, form: facts(driver, email, false) }),
    (driver: { id: Id<"driver">; name: string; code: string }) =>
      changeDriver(staff, { id: driver.id, version: 1, form: facts(driver, `new-${driver.code}@people.test`, true) }),
    (driver: { id: Id<"driver"> }) => archiveDriver(staff, driver.id),
  ];
  for (const leave of out) {
    const email = `d-${newId("event").slice(-8)}@people.test`;
    const driver = await shop.driver({ customer, email });
    const byPin = await attemptSignIn(world, driver, tablet);
    const byMail = await shop.session(email, "driver");
    const readSessions = () => Promise.all([sessionIn(world, byPin.session), sessionIn(world, byMail.cookie)]);
    expect(await readSessions()).toMatchObject([{ kind: "shared" }, { kind: "personal" }]);
    expect((await leave(driver, email)).ok).toBe(true);
    await staff.drainNow();
    expect(await readSessions()).toEqual([null, null]);
  }
});

test("a new name shows at once, and signs no one out", async () => {
  const { world, shop, driver, tablet } = await setUp();
  const { session } = await attemptSignIn(world, driver, tablet);
  await changeDriver(await shop.asStaff(), {
    id: driver.id,
    version: 1,
    form: { name: "Dana W. Ortiz", code: driver.code, email: "", phone: "", portalEnabled: true },
  });
  await world.settle();
  expect(await sessionIn(world, session)).toMatchObject({ membership: { name: "Dana W. Ortiz" } });
});

test("a new PIN ends sessions of the old one; sessions from an emailed link stay", async () => {
  const { world, shop, customer, tablet } = await setUp();
  const email = `pin-${newId("event").slice(-8)}@people.test`;
  const driver = await shop.driver({ customer, email });
  const byPin = await attemptSignIn(world, driver, tablet);
  const byMail = await shop.session(email, "driver");
  const reset = await resetPin(await shop.asStaff(), driver.id);
  await world.settle();
  if (!reset.ok) throw new Error(reset.error.kind);
  expect(await sessionIn(world, byPin.session)).toBeNull();
  expect(await sessionIn(world, byMail.cookie)).not.toBeNull();
  if (reset.value.pin !== driver.pin) expect((await attemptSignIn(world, driver, tablet)).status).toBe(401);
  expect((await attemptSignIn(world, { code: driver.code, pin: reset.value.pin }, tablet)).status).toBe(302);
  const stored = JSON.stringify([(await world.env.TENANTS.prepare("select * from drivers").all()).results, await journalOf(shop)]);
  expect(stored).not.toContain(`"${reset.value.pin}"`);
});

test("the journal records sign-ins and refusals, but no unknown codes", async () => {
  const { world, shop, driver, tablet } = await setUp();
  await attemptSignIn(world, driver, tablet);
  await attemptSignIn(world, { code: driver.code, pin: wrongOf(driver) }, tablet);
  await attemptSignIn(world, { code: "904417", pin: "111111" }, tablet);
  await world.settle();
  const entries = (await journalOf(shop)).filter(({ kind }) => kind === "sign-in");
  expect(entries.filter(({ about }) => about === driver.id).map(({ event, body }) => [event, body.code, body.why, body.tablet])).toEqual(
    expect.arrayContaining([
      ["sign-in.accepted", driver.code, undefined, "Gate tablet"],
      ["sign-in.refused", driver.code, "wrong PIN", "Gate tablet"],
    ]),
  );
  expect(entries.filter(({ about }) => about === tablet.id).map(({ body }) => body)).toEqual([
    { audience: "driver", tablet: "Gate tablet", why: "unknown code" },
  ]);
  expect(JSON.stringify(entries)).not.toContain("904417");
});

test("an archived driver's code can be reused, and then signs in the new driver only", async () => {
  const { world, shop, customer, driver, tablet } = await setUp();
  await archiveDriver(await shop.asStaff(), driver.id);
  await world.settle();
  expect((await attemptSignIn(world, driver, tablet)).status).toBe(401);
  const successor = await shop.driver({ customer, code: driver.code });
  const signedIn = await attemptSignIn(world, successor, tablet);
  expect(await sessionIn(world, signedIn.session)).toMatchObject({ membership: { partyId: successor.id } });
});
