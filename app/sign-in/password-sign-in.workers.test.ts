import { expect, test } from "vitest";
import { paths } from "~/kernel/paths";
import { MINUTE, SECOND } from "~/kernel/time";
import { addPerson } from "~/modules/people/add-person.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { browserIn } from "../../tests/world/browser";
import { createWorld, OWNER_PASSWORD } from "../../tests/world/world";
import { passwordSignIn } from "./password-sign-in.server";

const signInRoute = passwordSignIn("staff");

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const signIn = (browser: ReturnType<typeof browserIn>, password = OWNER_PASSWORD, email = shop.ownerEmail) =>
    browser.post(signInRoute.action, paths.login, { email, password });
  return { world, shop, signIn };
}

test("during 200 guesses from 40 addresses, the owner's known browser gets in at once and a new one after the stated wait", async () => {
  const { world, signIn } = await setUp();
  const own = browserIn(world);
  expect((await signIn(own)).location).toBe("/");
  own.jar.delete("__Host-staff");

  const answers: number[] = [];
  for (let round = 0; round < 5; round++) {
    const crowd = Array.from({ length: 40 }, (_, n) => signIn(browserIn(world, { address: `198.51.100.${n}` }), `guess ${round}`));
    answers.push(...(await Promise.all(crowd)).map(({ status }) => status));
  }
  // Fifty attempts are checked in total, then all are refused.
  expect(answers.filter((status) => status === 401)).toHaveLength(50);
  expect(answers.filter((status) => status === 429)).toHaveLength(150);

  expect((await signIn(own)).location).toBe("/");
  const fresh = browserIn(world, { address: "192.0.2.200" });
  const response = await signIn(fresh);
  expect(response).toMatchObject({ status: 429, body: { problem: { message: "Too many attempts. Wait 30 s, then try again." } } });
  const seconds = Number(response.headers.get("Retry-After"));
  expect(seconds).toBe(30);
  world.clock.pass(seconds * SECOND);
  expect((await signIn(fresh)).location).toBe("/");
});

test("a neighbor on the owner's address can't block the owner's browser, which has its own attempts", async () => {
  const { world, signIn } = await setUp();
  const [own, neighbor] = [browserIn(world), browserIn(world)];
  await signIn(own);
  for (let n = 0; n < 5; n++) await signIn(neighbor, `guess ${n}`);
  expect((await signIn(neighbor)).status).toBe(429);
  expect((await signIn(own)).location).toBe("/");
  for (let n = 0; n < 5; n++) expect((await signIn(own, `slip ${n}`)).status).toBe(401);
  const response = await signIn(own);
  expect([response.status, response.headers.get("Retry-After")]).toEqual([429, "30"]);
});

test("a browser is known only to accounts that signed in with it, and a forged cookie counts as unknown", async () => {
  const { world, shop, signIn } = await setUp();
  const other = { email: `second@${shop.id.slice(-8)}.test`, password: "another long one" };
  await addPerson(world.context.platform, { organizationId: shop.id, audience: "staff", role: "manager", name: "Second", ...other });
  const browser = browserIn(world);
  await signIn(browser);
  const known = browser.jar.get("__Host-known") ?? "";
  expect(known).not.toContain(shop.ownerEmail);
  const thief = browserIn(world, { address: "203.0.113.4" });
  thief.jar.set("__Host-known", `${known.split(".")[0]}.${"A".repeat(22)}`);
  for (const [it, email] of [[browser, other.email] as const, [thief, shop.ownerEmail] as const]) {
    for (let n = 0; n < 5; n++) await signIn(it, `guess ${n}`, email);
    const elsewhere = browserIn(world, { address: it === thief ? "203.0.113.4" : "192.0.2.1" });
    // Counted by address, as for unknown browsers: another browser at the same address waits too.
    expect((await signIn(elsewhere, "guess", email)).status).toBe(429);
  }
  world.clock.pass(15 * MINUTE);
  await signIn(browser, other.password, other.email);
  expect(browser.jar.get("__Host-known")?.split(".")).toHaveLength(3);
});

test("signing in again in one browser ends the session before it, and one elsewhere stays", async () => {
  const { world, signIn } = await setUp();
  const [browser, elsewhere] = [browserIn(world), browserIn(world)];
  const sessionBy = (token: string | undefined) =>
    sessionOf(world.context.platform, new Request("http://test/", { headers: { Cookie: `__Host-staff=${token}` } }), "staff");
  await signIn(elsewhere);
  await signIn(browser);
  const first = browser.jar.get("__Host-staff");
  expect(await sessionBy(first)).not.toBeNull();
  expect((await signIn(browser, "wrong")).status).toBe(401);
  expect(await sessionBy(first)).not.toBeNull();
  await signIn(browser);
  expect(await sessionBy(first)).toBeNull();
  for (const { jar } of [browser, elsewhere]) expect(await sessionBy(jar.get("__Host-staff"))).not.toBeNull();
});

test("a known and an unknown address get the same status, headers and length", async () => {
  const { shop, world, signIn } = await setUp();
  const customer = await shop.customer();
  const outline = async (email: string) => {
    const { status, headers, body } = await signIn(browserIn(world), "guess", email);
    return [status, [...headers], JSON.stringify(body).replaceAll(email, "").length];
  };
  const unknown = await outline("nobody@elsewhere.test");
  for (const known of [shop.ownerEmail, customer.email]) expect(await outline(known)).toEqual(unknown);
});
