import { expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "~/kernel/time";
import { createWorld, OWNER_PASSWORD } from "../../../../tests/world/world";
import { addPerson } from "../add-person.server";
import { type PasswordAttempt, type Place, signInWithPassword } from "./sign-in-with-password.server";

const at = (address: string): Place => ({ address, knownAs: () => null });
const wrong = { ok: false, error: { kind: "wrong" } };

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const { platform } = world.context;
  const right: PasswordAttempt = { audience: "staff", email: shop.ownerEmail, password: OWNER_PASSWORD, place: at("192.0.2.1"), only: null };
  return { world, shop, platform, right, signIn: (change: Partial<PasswordAttempt> = {}) => signInWithPassword(platform, { ...right, ...change }) };
}

test("the right password signs in to the membership's portal, however the address is typed", async () => {
  const { shop, signIn } = await setUp();
  expect(await signIn()).toMatchObject({ ok: true, value: { organizationId: shop.id, audience: "staff", role: "owner" } });
  expect((await signIn({ email: `  ${shop.ownerEmail.toUpperCase()} ` })).ok).toBe(true);
});

test("a wrong password, an unknown address, no address and another audience's portal get the same response", async () => {
  const { shop, signIn } = await setUp();
  const customer = await shop.customer();
  const refused = [
    await signIn({ password: "wrong" }),
    await signIn({ password: `${OWNER_PASSWORD} ` }),
    await signIn({ password: "" }),
    await signIn({ email: "nobody@elsewhere.test" }),
    await signIn({ email: "not an address" }),
    await signIn({ audience: "vendor" }),
    await signIn({ audience: "customer", email: customer.email, password: "" }),
  ];
  expect(refused).toEqual(refused.map(() => wrong));
});

test("on a shop's host only that shop's membership can sign in", async () => {
  const { world, shop, platform, signIn } = await setUp();
  const other = await world.shop();
  expect(await signIn({ only: other.id })).toEqual(wrong);
  await addPerson(platform, { organizationId: other.id, audience: "staff", role: "manager", name: "Both", email: shop.ownerEmail });
  expect(await signIn({ only: other.id })).toMatchObject({ ok: true, value: { organizationId: other.id, role: "manager" } });
  expect(await signIn({ only: shop.id })).toMatchObject({ ok: true, value: { organizationId: shop.id, role: "owner" } });
});

const tooOften = (seconds: number) => ({ ok: false, error: { kind: "too-often", retryAfterSeconds: seconds } });

test("after five failures from one IP address waits double and are stated; the owner elsewhere can still sign in", async () => {
  const { world, signIn } = await setUp();
  for (let n = 0; n < 5; n++) expect(await signIn({ password: `guess ${n}` })).toEqual(wrong);
  for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
    expect(await signIn()).toEqual(tooOften(seconds));
    world.clock.pass(seconds * SECOND - SECOND);
    expect(await signIn()).toEqual(tooOften(1));
    world.clock.pass(SECOND);
    expect(await signIn({ password: "guess" })).toEqual(wrong);
  }
  expect((await signIn({ place: at("198.51.100.7") })).ok).toBe(true);
  world.clock.pass(15 * MINUTE);
  expect((await signIn()).ok).toBe(true);
});

test("a success resets the count, and so does a day without attempts", async () => {
  const { world, platform, signIn } = await setUp();
  for (const round of ["first", "second"]) {
    for (let n = 0; n < 4; n++) await signIn({ password: `${round} ${n}` });
    expect((await signIn()).ok).toBe(true);
  }
  for (let n = 0; n < 5; n++) await signIn({ password: `guess ${n}` });
  world.clock.pass(23 * HOUR);
  await platform.directory.forgetOld(world.clock.now());
  expect(await signIn({ password: "slip" })).toEqual(wrong);
  expect(await signIn()).toEqual(tooOften(60));
  world.clock.pass(25 * HOUR);
  expect(await signIn({ password: "slip" })).toEqual(wrong);
  expect((await signIn()).ok).toBe(true);
});

test("of fifty attempts at the same moment five are checked", async () => {
  const { signIn } = await setUp();
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => signIn({ password: `guess ${n}` })));
  expect(answers.filter((answer) => !answer.ok && answer.error.kind === "wrong")).toHaveLength(5);
});

test("an IP address that tries many accounts is stopped, and signing in to its own account doesn't reset that", async () => {
  const { world, platform, signIn } = await setUp();
  const place = at("203.0.113.9");
  for (let n = 0; n < 98; n++) await platform.directory.countAttempt([`password-from ${place.address}`], 15 * MINUTE, world.clock.now());
  expect((await signIn({ place })).ok).toBe(true);
  expect(await signIn({ place, email: "victim-1@elsewhere.test" })).toEqual(wrong);
  expect(await signIn({ place, email: "victim-2@elsewhere.test" })).toEqual(tooOften(900));
});

test("an ended membership can't sign in", async () => {
  const { world, shop, signIn } = await setUp();
  await world.env.DIRECTORY.prepare("update memberships set ended_at = 1 where organization_id = ?").bind(shop.id).run();
  expect(await signIn()).toEqual(wrong);
});
