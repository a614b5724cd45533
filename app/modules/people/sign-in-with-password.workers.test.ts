import { expect, test } from "vitest";
import { MINUTE } from "~/kernel/time";
import { createWorld, OWNER_PASSWORD } from "../../../tests/world/world";
import { addPerson } from "./add-person.server";
import { type PasswordAttempt, signInWithPassword } from "./sign-in-with-password.server";

const wrong = { ok: false, error: { kind: "wrong" } };

async function door() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const { platform } = world.context;
  const right: PasswordAttempt = { audience: "staff", email: shop.ownerEmail, password: OWNER_PASSWORD, address: "192.0.2.1", only: null };
  return { world, shop, platform, right, enter: (change: Partial<PasswordAttempt> = {}) => signInWithPassword(platform, { ...right, ...change }) };
}

test("the right password opens the door that the membership is for, however the address is typed", async () => {
  const { shop, enter } = await door();
  expect(await enter()).toMatchObject({ ok: true, value: { organizationId: shop.id, audience: "staff", role: "owner" } });
  expect((await enter({ email: `  ${shop.ownerEmail.toUpperCase()} ` })).ok).toBe(true);
});

test("a wrong password, an unknown address, no address and another audience's door are one answer", async () => {
  const { shop, enter } = await door();
  const customer = await shop.customer();
  const refused = [
    await enter({ password: "wrong" }),
    await enter({ password: `${OWNER_PASSWORD} ` }),
    await enter({ password: "" }),
    await enter({ email: "nobody@elsewhere.test" }),
    await enter({ email: "not an address" }),
    await enter({ audience: "vendor" }),
    await enter({ audience: "customer", email: customer.email, password: "" }),
  ];
  expect(refused).toEqual(refused.map(() => wrong));
});

test("on a shop's own host only that shop's membership opens", async () => {
  const { world, shop, platform, enter } = await door();
  const other = await world.shop();
  expect(await enter({ only: other.id })).toEqual(wrong);
  await addPerson(platform, { organizationId: other.id, audience: "staff", role: "manager", name: "Both", email: shop.ownerEmail });
  expect(await enter({ only: other.id })).toMatchObject({ ok: true, value: { organizationId: other.id, role: "manager" } });
  expect(await enter({ only: shop.id })).toMatchObject({ ok: true, value: { organizationId: shop.id, role: "owner" } });
});

test("ten tries from one address, then a wait that says how long; the owner elsewhere still gets in", async () => {
  const { world, enter } = await door();
  for (let n = 0; n < 10; n++) expect(await enter({ password: `guess ${n}` })).toEqual(wrong);
  world.clock.pass(5 * MINUTE);
  expect(await enter()).toEqual({ ok: false, error: { kind: "too-often", retryAfterSeconds: 600 } });
  expect((await enter({ address: "198.51.100.7" })).ok).toBe(true);
  expect(await enter()).toMatchObject({ ok: false, error: { kind: "too-often" } });
  world.clock.pass(10 * MINUTE);
  expect((await enter()).ok).toBe(true);
});

test("who got in starts to count anew", async () => {
  const { enter } = await door();
  for (let n = 0; n < 9; n++) await enter({ password: `guess ${n}` });
  expect((await enter()).ok).toBe(true);
  expect(await enter({ password: "slip" })).toEqual(wrong);
  expect((await enter()).ok).toBe(true);
});

test("an address that tries many accounts is stopped, and an account of its own does not clear it", async () => {
  const { world, platform, enter } = await door();
  const address = "203.0.113.9";
  for (let n = 0; n < 98; n++) await platform.directory.countTry([`password-from ${address}`], 15 * MINUTE, world.clock.now());
  expect((await enter({ address })).ok).toBe(true);
  expect(await enter({ address, email: "victim-1@elsewhere.test" })).toEqual(wrong);
  expect(await enter({ address, email: "victim-2@elsewhere.test" })).toMatchObject({ ok: false, error: { kind: "too-often" } });
});

test("a membership that has ended opens nothing", async () => {
  const { world, shop, enter } = await door();
  await world.env.DIRECTORY.prepare("update memberships set ended_at = 1 where organization_id = ?").bind(shop.id).run();
  expect(await enter()).toEqual(wrong);
});
