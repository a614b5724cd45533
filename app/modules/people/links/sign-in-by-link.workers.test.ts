import { expect, test } from "vitest";
import { parseId } from "~/kernel/ids";
import { MINUTE, SECOND } from "~/kernel/time";
import { outbox } from "~/platform/database/tenant.tables";
import type { Customer, Shop } from "../../../../tests/world/shop";
import { createWorld, type World } from "../../../../tests/world/world";
import { redeemCode, redeemLink } from "./redeem-link.server";
import { askForLink } from "./request-sign-in-link.server";
import { linkCode, linkToken } from "./sign-in-secrets.server";

const usedLink = { ok: false, error: { kind: "spent" } };

async function asked() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  return { world, shop, customer, ...(await ask(world, customer.email, "192.0.2.1", shop)) };
}

/** Requests a link, and derives the secrets in its mail. */
async function ask(world: World, email: string, address = "192.0.2.1", ...mailed: Shop[]) {
  const { platform } = world.context;
  const result = await askForLink(world.context, { audience: "customer", email, address, only: null });
  if (!result.ok) throw new Error(result.error.kind);
  if (mailed.length > 0) await world.drainOutbox(...mailed);
  else await world.settle();
  const { linkKey } = platform.settings;
  const request = result.value;
  const code = linkCode(linkKey, "customer", request);
  return {
    request,
    code,
    wrongCode: code === "000000" ? "000001" : "000000",
    token: linkToken(linkKey, "customer", request),
    open: (token = linkToken(linkKey, "customer", request)) => redeemLink(platform, "customer", token),
    type: (digits: string, of: string = request) => redeemCode(platform, "customer", of, digits),
  };
}

const effectsOf = (shop: Shop) => shop.db.query({ from: outbox, columns: { key: outbox.key, body: outbox.body }, limit: 100 });
const signedIn = (shop: Shop, customer: Customer) => ({ ok: true, value: { organizationId: shop.id, audience: "customer", partyId: customer.id } });

test("the link works once; of fifty uses at the same moment one signs in", async () => {
  const { shop, customer, open } = await asked();
  const results = await Promise.all(Array.from({ length: 50 }, () => open()));
  expect(results.filter(({ ok }) => ok)).toMatchObject([signedIn(shop, customer)]);
  expect(results.filter(({ ok }) => !ok)).toHaveLength(49);
  expect(await open()).toEqual(usedLink);
});

test("works until 15 minutes have passed, to the second", async () => {
  const early = await asked();
  early.world.clock.pass(14 * MINUTE + 59 * SECOND);
  expect((await early.open()).ok).toBe(true);
  const late = await asked();
  late.world.clock.pass(15 * MINUTE + SECOND);
  expect(await late.open()).toEqual(usedLink);
  expect(await late.type(late.code)).toEqual(usedLink);
});

test("refuses a token of another key, audience or purpose", async () => {
  const { world, request, open, code } = await asked();
  const { linkKey } = world.context.platform.settings;
  for (const token of [
    linkToken("another key of at least thirty-two characters", "customer", request),
    linkToken(linkKey, "driver", request),
    request,
    code,
    "",
  ]) {
    expect(await open(token)).toEqual(usedLink);
  }
  expect(await redeemLink(world.context.platform, "driver", linkToken(linkKey, "customer", request))).toEqual(usedLink);
  expect((await open()).ok).toBe(true);
});

test("neither the databases nor the outbox hold the secrets", async () => {
  const { world, shop, request, token, code } = await asked();
  await world.settle();
  const stored = await world.env.DIRECTORY.prepare("select * from sign_in_links").all();
  const text = JSON.stringify([stored.results, await effectsOf(shop)]);
  expect(text).toContain(request);
  expect(text).not.toContain(token);
  expect(text).not.toContain(`"${code}"`);
});

test("the code works once, also typed with spaces, and uses up the link", async () => {
  const { shop, customer, type, code, open } = await asked();
  expect(await type(`${code.slice(0, 3)} ${code.slice(3)}`)).toMatchObject(signedIn(shop, customer));
  expect(await type(code)).toEqual(usedLink);
  expect(await open()).toEqual(usedLink);
});

test("five wrong codes end the code, even sent at once, but not the link in the mail", async () => {
  const { type, code, wrongCode, open } = await asked();
  expect(await Promise.all(Array.from({ length: 5 }, () => type(wrongCode)))).toEqual(Array(5).fill(usedLink));
  expect(await type(code)).toEqual(usedLink);
  expect((await open()).ok).toBe(true);
});

test("accepts the right code on the fifth attempt", async () => {
  const { type, code, wrongCode } = await asked();
  for (let n = 0; n < 4; n++) await type(wrongCode);
  expect((await type(code)).ok).toBe(true);
});

test("a code is only valid for the request it was mailed for", async () => {
  const first = await asked();
  const second = await ask(first.world, first.customer.email, "192.0.2.1", first.shop);
  expect(await second.type(first.code, second.request)).toEqual(usedLink);
  expect(await first.type(second.code, first.request)).toEqual(usedLink);
  expect(await first.type(first.code, "lnk_nothing")).toEqual(usedLink);
  expect((await first.type(first.code)).ok).toBe(true);
  expect((await second.type(second.code)).ok).toBe(true);
});

test("a known, an unknown, a revoked and a staff address get the same response; only the known one gets mail", async () => {
  const { world, shop, customer } = await asked();
  const off = await shop.customer();
  await world.env.DIRECTORY.prepare("update memberships set ended_at = 1 where party_id = ?").bind(off.id).run();
  for (const email of ["nobody@elsewhere.test", off.email, shop.ownerEmail]) {
    const { request, open, type, code } = await ask(world, email);
    expect(parseId("link", request)).toBe(request);
    expect(await open()).toEqual(usedLink);
    expect(await type(code)).toEqual(usedLink);
  }
  await world.drainOutbox(shop);
  expect(await world.mail(customer.email)).toHaveLength(1);
  for (const email of ["nobody@elsewhere.test", off.email, shop.ownerEmail]) expect(await world.mail(email)).toEqual([]);
});

test("a membership revoked after the mail can't sign in", async () => {
  const { world, customer, open } = await asked();
  await world.env.DIRECTORY.prepare("update memberships set ended_at = 1 where party_id = ?").bind(customer.id).run();
  expect(await open()).toEqual(usedLink);
});

test("on a shop's host only its own customers are mailed", async () => {
  const world = await createWorld();
  const [shop, other] = [await world.shop(), await world.shop()];
  const customer = await shop.customer();
  await askForLink(world.context, { audience: "customer", email: customer.email, address: "192.0.2.1", only: other.id });
  await world.drainOutbox(shop, other);
  expect(await world.mail(customer.email)).toEqual([]);
});

test("limits an address to eight mails and an IP address to sixty requests in 15 minutes", async () => {
  const { world, shop, customer } = await asked();
  for (let n = 0; n < 10; n++) await ask(world, customer.email, `192.0.2.${n + 10}`);
  await world.settle();
  expect(await effectsOf(shop)).toHaveLength(8);
  const from = (address: string) => askForLink(world.context, { audience: "customer", email: "nobody@elsewhere.test", address, only: null });
  for (let n = 0; n < 60; n++) expect((await from("203.0.113.5")).ok).toBe(true);
  expect(await from("203.0.113.5")).toEqual({ ok: false, error: { kind: "too-often", retryAfterSeconds: 900 } });
});

test("refuses an invalid address", async () => {
  const { context } = await createWorld();
  for (const email of ["", "a", "a@b", "a b@c.test", "<a@b.test>"]) {
    expect(await askForLink(context, { audience: "customer", email, address: "-", only: null })).toEqual({ ok: false, error: { kind: "not-an-email" } });
  }
});

test("wrong codes count for the address over all its requests and from wherever, then only its links open", async () => {
  const first = await asked();
  const { world, shop, customer } = first;
  const requests = [first];
  for (let n = 0; n < 3; n++) requests.push({ ...first, ...(await ask(world, customer.email, `2001:db8:${n}::1`, shop)) });
  const linkOnly = { ok: false, error: { kind: "link-only" } };
  const guesses = await Promise.all(requests.flatMap(({ type, wrongCode }) => Array.from({ length: 5 }, () => type(wrongCode))));
  expect(guesses.filter((guess) => !guess.ok && guess.error.kind === "spent")).toHaveLength(10);
  expect(guesses.filter((guess) => !guess.ok && guess.error.kind === "link-only")).toHaveLength(10);
  for (const { type, code } of requests) expect((await type(code)).ok).toBe(false);
  const fresh = await ask(world, customer.email, "192.0.2.77", shop);
  expect(await fresh.type(fresh.code)).toEqual(linkOnly);
  // Somebody else's codes are as good as before, and so is the owner's link.
  const other = await shop.customer();
  const theirs = await ask(world, other.email, "192.0.2.1", shop);
  expect((await theirs.type(theirs.code)).ok).toBe(true);
  expect((await first.open()).ok).toBe(true);
});

test("a quarter of an hour later ten more are heard, and no more than twenty in a day", async () => {
  const { world, shop, customer } = await asked();
  let heard = 0;
  for (let quarter = 0; quarter < 6; quarter++) {
    for (let n = 0; n < 3; n++) {
      const { type, wrongCode } = await ask(world, customer.email, "192.0.2.1", shop);
      for (let guess = 0; guess < 5; guess++) {
        const answer = await type(wrongCode);
        if (!answer.ok && answer.error.kind === "spent") heard += 1;
      }
    }
    world.clock.pass(15 * MINUTE);
  }
  expect(heard).toBe(20);
  const last = await ask(world, customer.email, "192.0.2.1", shop);
  expect((await last.open()).ok).toBe(true);
});

test("the owner who types the right codes is not counted", async () => {
  const { world, shop, customer } = await asked();
  for (let day = 0; day < 4; day++) {
    for (let n = 0; n < 7; n++) {
      const { type, code } = await ask(world, customer.email, "192.0.2.1", shop);
      expect((await type(code)).ok).toBe(true);
    }
    world.clock.pass(15 * MINUTE);
  }
});

test("one address has as many open requests as mails were sent, and a code that was not mailed signs no one in", async () => {
  const { world, shop, customer } = await asked();
  const open = () => world.env.DIRECTORY.prepare("select count(*) as n from sign_in_links where email = ?").bind(customer.email).first("n");
  const later = [];
  for (let n = 0; n < 30; n++) later.push(await ask(world, customer.email, `198.51.99.${n}`));
  expect(await open()).toBe(8);
  await world.drainOutbox(shop);
  expect(await world.mail(customer.email)).toHaveLength(8);
  const beyond = later.at(-1);
  expect(await beyond?.type(beyond.code)).toEqual(usedLink);
  expect(await beyond?.open()).toEqual(usedLink);
  expect((await later[0]?.type(later[0].code))?.ok).toBe(true);
  for (let n = 0; n < 30; n++) await ask(world, "nobody@elsewhere.test", `203.0.112.${n}`);
  expect(await world.env.DIRECTORY.prepare("select count(*) as n from sign_in_links where email = 'nobody@elsewhere.test'").first("n")).toBe(8);
});
