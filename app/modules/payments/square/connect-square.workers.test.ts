import { expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "~/kernel/time";
import { squareBankScopes, squareScopes } from "~/modules/payments/square/square";
import { forJob, fromSession } from "~/platform/scope/scope.server";
import { testRequest } from "../../../../tests/world/request";
import { announced, atSquare, newMerchant } from "../../../../tests/world/square";
import { createWorld } from "../../../../tests/world/world";
import { sweepSquareAccess } from "../../../../workers/background";
import { squareReturnPath } from "../checkouts/square-return.server";
import { chooseSquareLocation, disconnectSquare, finishSquareConnection, startSquareConnection, switchBankTransfers } from "./connect-square.server";
import { renewSquareAccess } from "./renew-square-access.server";
import { readSquareConnection } from "./square-connection.read.server";
import { squareFor } from "./square-connection.step.server";
import { squareConnectionStore } from "./square-connection.store.server";
import { openTokens } from "./square-tokens.server";

const ORIGIN = "http://shop.test";

async function newShop() {
  const world = await createWorld();
  const shop = await world.shop();
  return { ...(await as(world, shop)), world, shop };
}
type World = Awaited<ReturnType<typeof createWorld>>;
type Shop = Awaited<ReturnType<World["shop"]>>;

async function as(world: World, shop: Shop) {
  const { session } = await shop.session(shop.ownerEmail, "staff");
  return { session, services: world.context.servicesFor(fromSession(session, testRequest)), job: world.context.servicesFor(forJob(shop.id, "test")) };
}
type Staff = Awaited<ReturnType<typeof as>>;

/** As the owner does it, with Square's page in between. */
async function connect({ services, session }: Staff, merchant: string) {
  const started = await startSquareConnection(services, { sessionId: session.id, origin: ORIGIN });
  if (!started.ok) throw new Error(started.error.kind);
  const state = new URL(started.value.url).searchParams.get("state");
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant, scopes: [...squareScopes] });
  return finishSquareConnection(services, { state, code, sessionId: session.id, currency: session.organization.currency });
}

test("connects, with the only location chosen, and Square answers for the shop", async () => {
  const shop = await newShop();
  const merchant = await newMerchant("NZD");
  expect(await squareFor(shop.job)).toBeNull();
  expect(await connect(shop, merchant.id)).toEqual({ ok: true, value: null });
  expect(await readSquareConnection(shop.services.db)).toMatchObject({
    state: "connected",
    environment: "sandbox",
    merchantId: merchant.id,
    location: { id: merchant.location, currency: "NZD" },
  });
  const square = await squareFor(shop.job);
  expect(square?.connection).toEqual({
    locationId: merchant.location,
    currency: "NZD",
    environment: "sandbox",
    merchant: { id: merchant.id, name: `Shop ${merchant.id}` },
    takesBank: false,
    askedUntil: expect.any(Number),
  });
  expect(await square?.client.merchant()).toMatchObject({ ok: true, value: { id: merchant.id } });
  expect(await shop.services.directory.organizationOfSquareAccount({ environment: "sandbox", merchantId: merchant.id })).toBe(shop.shop.id);
});

test("tokens are encrypted for this organization, under a named key", async () => {
  const [one, other] = [await newShop(), await newShop()];
  await connect(one, (await newMerchant("NZD")).id);
  const stored = await squareConnectionStore(one.services.db).find();
  const { square } = one.services.settings;
  if (!stored?.tokens || !square) throw new Error("no tokens");
  expect(stored.tokens.keyId).toBe("dev");
  expect(stored.tokens.sealed).not.toContain("EAAA");
  expect(openTokens(square, one.shop.id, stored.tokens)).toMatchObject({ accessToken: expect.stringMatching(/^EAAA/) });
  const { tokens } = stored;
  expect(() => openTokens(square, other.shop.id, tokens)).toThrow();
  expect(openTokens({ tokenKeys: [{ id: "next", secret: "x".repeat(32) }] }, one.shop.id, tokens)).toBeNull();
});

test("a state of another session, another shop, too old or forged connects nothing", async () => {
  const [shop, other] = [await newShop(), await newShop()];
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant: (await newMerchant("NZD")).id, scopes: [...squareScopes] });
  const started = await startSquareConnection(shop.services, { sessionId: shop.session.id, origin: ORIGIN });
  const state = new URL(started.ok ? started.value.url : "").searchParams.get("state") ?? "";
  const back = { state, code, sessionId: shop.session.id, currency: "NZD" };
  const invalid = { ok: false, error: { kind: "square-state-invalid" } };
  const colleague = await as(shop.world, shop.shop);
  expect(await finishSquareConnection(colleague.services, { ...back, sessionId: colleague.session.id })).toEqual(invalid);
  expect(await finishSquareConnection(other.services, { ...back, sessionId: other.session.id })).toEqual(invalid);
  expect(await finishSquareConnection(shop.services, { ...back, state: `${state}x` })).toEqual(invalid);
  expect(await finishSquareConnection(shop.services, { ...back, state: `x${state}` })).toEqual(invalid);
  expect(await finishSquareConnection(shop.services, { ...back, state: null })).toEqual(invalid);
  shop.world.clock.pass(10 * MINUTE);
  expect(await finishSquareConnection(shop.services, back)).toEqual(invalid);
  expect(await readSquareConnection(shop.services.db)).toBeNull();
});

test("whoever comes back is sent to the host where they began, and nowhere else", async () => {
  const { services, session, world } = await newShop();
  const started = await startSquareConnection(services, { sessionId: session.id, origin: "http://harbor.test:8787" });
  const state = new URL(started.ok ? started.value.url : "").searchParams.get("state") ?? "";
  const { platform } = world.context;
  expect(squareReturnPath(platform, new URLSearchParams({ state, code: "c1" }))).toBe(
    `http://harbor.test:8787/settings/payments?state=${encodeURIComponent(state)}&code=c1`,
  );
  expect(squareReturnPath(platform, new URLSearchParams({ state: `${state}x`, code: "c1" }))).toBeNull();
  expect(squareReturnPath(platform, new URLSearchParams({ code: "c1" }))).toBeNull();
});

test("a merchant belongs to one shop, until that shop disconnects", async () => {
  const [first, second] = [await newShop(), await newShop()];
  const { id } = await newMerchant("NZD");
  await connect(first, id);
  expect(await connect(second, id)).toEqual({ ok: false, error: { kind: "square-merchant-taken" } });
  expect(await squareFor(first.job).then((square) => square?.client.merchant())).toMatchObject({ ok: true });
  expect(await disconnectSquare(first.services)).toMatchObject({ ok: true, value: { merchant: expect.any(String) } });
  expect(await squareFor(first.job)).toBeNull();
  expect((await announced(id)).map(({ type }) => type)).toEqual(["oauth.authorization.revoked"]);
  expect(await connect(second, id)).toEqual({ ok: true, value: null });
  expect(await disconnectSquare(first.services)).toEqual({ ok: false, error: { kind: "square-not-connected" } });
});

test("a location of another currency, or a closed one, can't be chosen", async () => {
  const shop = await newShop();
  const { id } = await newMerchant("NZD");
  const location = (name: string, currency: string, status: "ACTIVE" | "INACTIVE" = "ACTIVE") => ({ id: `${id}${name}`, name, currency, status });
  const locations = [location("A", "NZD"), location("B", "NZD"), location("C", "AUD"), location("D", "NZD", "INACTIVE")];
  await atSquare({ do: "add-merchant", merchant: { id, name: "Several", currency: "NZD", locations } });
  await connect(shop, id);
  expect(await squareFor(shop.job)).toBeNull();
  const choose = (name: string) => chooseSquareLocation(shop.services, { locationId: `${id}${name}`, currency: "NZD" });
  expect(await choose("C")).toMatchObject({ error: { kind: "invalid", fields: { locationId: "It takes AUD, and your shop bills in NZD." } } });
  expect(await choose("D")).toMatchObject({ error: { kind: "invalid" } });
  expect(await choose("E")).toMatchObject({ error: { kind: "invalid" } });
  expect(await choose("B")).toEqual({ ok: true, value: { name: "B" } });
  expect((await squareFor(shop.job))?.connection.locationId).toBe(`${id}B`);
});

test("who is refused at Square, or meets a Square that fails, stays unconnected", async () => {
  const shop = await newShop();
  const { id } = await newMerchant("NZD");
  const started = await startSquareConnection(shop.services, { sessionId: shop.session.id, origin: ORIGIN });
  const state = new URL(started.ok ? started.value.url : "").searchParams.get("state");
  const back = { state, sessionId: shop.session.id, currency: "NZD" };
  expect(await finishSquareConnection(shop.services, { ...back, code: null })).toEqual({ ok: false, error: { kind: "square-denied" } });
  expect(await finishSquareConnection(shop.services, { ...back, code: "made-up" })).toMatchObject({
    error: { kind: "square-fault", fault: { kind: "squareUnauthorized" } },
  });
  for (const path of ["/oauth2/token", "/v2/merchants", "/v2/locations"]) {
    await atSquare({ do: "fault", kind: "500", path });
    expect(await connect(shop, id)).toMatchObject({ error: { kind: "square-fault", fault: { kind: "squareUnreachable" } } });
  }
  expect(await readSquareConnection(shop.services.db)).toBeNull();
});

test("tokens are renewed a week before they end", async () => {
  const shop = await newShop();
  await connect(shop, (await newMerchant("NZD")).id);
  const store = squareConnectionStore(shop.services.db);
  const before = await store.find();
  const { env, context, clock } = shop.world;
  await sweepSquareAccess(env, context.platform);
  expect((await store.find())?.tokens).toEqual(before?.tokens);
  clock.pass(23 * DAY + HOUR);
  await sweepSquareAccess(env, context.platform);
  const after = await store.find();
  expect(after?.tokens?.sealed).not.toBe(before?.tokens?.sealed);
  expect(after?.version).toBe(before?.version);
  expect(await squareFor(shop.job).then((square) => square?.client.merchant())).toMatchObject({ ok: true });
});

test("expired access is renewed on the way; nobody waits for the sweep", async () => {
  const shop = await newShop();
  const { id } = await newMerchant("NZD");
  await connect(shop, id);
  await atSquare({ do: "expire-tokens", merchant: id });
  const square = await squareFor(shop.job);
  expect(await square?.client.merchant()).toEqual({ ok: false, error: { kind: "squareUnauthorized" } });
  expect(await squareFor(shop.job).then((next) => next?.client.merchant())).toMatchObject({ ok: true });
});

test("access that was removed at Square is noticed, once, and the office is notified", async () => {
  const shop = await newShop();
  const { id } = await newMerchant("NZD");
  await connect(shop, id);
  const square = await squareFor(shop.job);
  await atSquare({ do: "revoke", merchant: id });
  await square?.client.merchant();
  expect(await readSquareConnection(shop.services.db)).toMatchObject({ state: "revoked" });
  expect((await squareConnectionStore(shop.services.db).find())?.tokens).toBeNull();
  expect(await renewSquareAccess(shop.job)).toBe("not-connected");
  expect(await squareFor(shop.job)).toBeNull();
  await shop.world.drainOutbox(shop.shop);
  const mails = await shop.world.mail(shop.shop.ownerEmail);
  expect(mails.filter(({ subject }) => /^Square is disconnected/.test(subject))).toHaveLength(1);
  // The account still belongs to this shop, and can be connected again.
  expect(await connect(shop, id)).toEqual({ ok: true, value: null });
  expect(await squareFor(shop.job)).not.toBeNull();
});

test("Square failing while access is renewed ends nothing", async () => {
  const shop = await newShop();
  await connect(shop, (await newMerchant("NZD")).id);
  await atSquare({ do: "fault", kind: "500", path: "/oauth2/token" });
  expect(await renewSquareAccess(shop.job)).toBe("unknown");
  await atSquare({ do: "fault", kind: "500", path: "/oauth2/revoke" });
  expect(await disconnectSquare(shop.services)).toMatchObject({ error: { kind: "square-fault" } });
  expect(await readSquareConnection(shop.services.db)).toMatchObject({ state: "connected" });
});

test("a shop that is connected can't connect again; another account needs a disconnect first", async () => {
  const shop = await newShop();
  await connect(shop, (await newMerchant("NZD")).id);
  expect(await startSquareConnection(shop.services, { sessionId: shop.session.id, origin: ORIGIN })).toEqual({
    ok: false,
    error: { kind: "square-connected-already" },
  });
});

test("without the application's settings nothing begins", async () => {
  const shop = await newShop();
  const services = { ...shop.services, settings: { ...shop.services.settings, square: null } };
  expect(await startSquareConnection(services, { sessionId: shop.session.id, origin: ORIGIN })).toEqual({ ok: false, error: { kind: "square-not-set-up" } });
  expect(await squareFor(services)).toBeNull();
});

test("bank transfers are off until the owner turns them on and allows more at Square; another connection asks again", async () => {
  const shop = await newShop();
  const { id, location } = await newMerchant("USD", ["Second yard"]);
  await connect(shop, id);
  const { services, session, job } = shop;
  const begin = { sessionId: session.id, origin: "http://harbor.test:8787" };
  expect(await switchBankTransfers(services, { ...begin, on: true })).toEqual({ ok: false, error: { kind: "square-no-bank-transfers" } });
  expect(await chooseSquareLocation(services, { locationId: location, currency: "USD" })).toMatchObject({ ok: true });
  expect((await squareFor(job))?.connection.takesBank).toBe(false);
  const asked = await switchBankTransfers(services, { ...begin, on: true });
  const url = new URL(asked.ok ? (asked.value.url ?? "") : "");
  expect(url.searchParams.get("scope")?.split(" ")).toEqual([...squareScopes, ...squareBankScopes]);
  expect((await squareFor(job))?.connection.takesBank).toBe(false);
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant: id, scopes: [...squareScopes, ...squareBankScopes] });
  const state = url.searchParams.get("state");
  expect(await finishSquareConnection(services, { state, code, sessionId: session.id, currency: "USD" })).toEqual({ ok: true, value: null });
  // With a choice of locations, the chosen one stays.
  expect((await squareFor(job))?.connection).toMatchObject({ takesBank: true, locationId: location });
  expect(await switchBankTransfers(services, { ...begin, on: false })).toEqual({ ok: true, value: { on: false, url: null } });
  expect((await squareFor(job))?.connection.takesBank).toBe(false);
  expect(await switchBankTransfers(services, { ...begin, on: true })).toEqual({ ok: true, value: { on: true, url: null } });
});
