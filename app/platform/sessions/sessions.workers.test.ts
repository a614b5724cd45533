import { env } from "cloudflare:test";
import { expect, test } from "vitest";
import { type Portal, portals } from "~/kernel/audience";
import { DAY, HOUR, MINUTE, SECOND } from "~/kernel/time";
import { endSession } from "~/modules/people/end-session.server";
import { fromSession } from "~/platform/scope/scope.server";
import { testRequest } from "../../../tests/world/request";
import { createWorld } from "../../../tests/world/world";
import { sessionOf } from "./sessions.server";

async function signedIn(portal: Portal) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const email = portal === "staff" ? shop.ownerEmail : `${portal}@people.test`;
  if (portal !== "staff") await shop.person(portal, email, `${portal}-party`);
  const { cookie, session } = await shop.session(email, portal);
  const request = (header = cookie) => new Request("http://test/", { headers: { Cookie: header } });
  const at = async () => (await env.DIRECTORY.prepare("select last_seen_at as at from sessions where id = ?").bind(session.id).first<{ at: number }>())?.at;
  return {
    world,
    shop,
    cookie,
    session,
    at,
    readSession: (as: Portal = portal, header = cookie) => sessionOf(world.context.platform, request(header), as),
    peek: () => sessionOf(world.context.platform, request(), portal, { touch: false }),
  };
}

test.each<[Portal, number]>([
  ["staff", 12 * HOUR],
  ["customer", 7 * DAY],
  ["vendor", 7 * DAY],
  ["driver", 30 * DAY],
])("%s: a session ends when it was not used for its idle time", async (portal, idle) => {
  const { world, readSession, peek } = await signedIn(portal);
  world.clock.pass(idle - SECOND);
  expect(await peek()).not.toBeNull();
  world.clock.pass(SECOND);
  expect(await readSession()).toBeNull();
});

test.each<[Portal, number]>([
  ["staff", 11 * HOUR],
  ["vendor", 6 * DAY],
])("%s: a session in use ends all the same after 30 days", async (portal, step) => {
  const { world, session, readSession } = await signedIn(portal);
  while (world.clock.now() + step < session.createdAt + 30 * DAY) {
    world.clock.pass(step);
    expect(await readSession()).not.toBeNull();
  }
  world.clock.pass(session.createdAt + 30 * DAY - world.clock.now() - 1);
  expect(await readSession()).not.toBeNull();
  world.clock.pass(1);
  expect(await readSession()).toBeNull();
});

test("a customer who keeps coming back stays signed in", async () => {
  const { world, readSession } = await signedIn("customer");
  for (let week = 0; week < 20; week++) {
    world.clock.pass(6 * DAY);
    expect(await readSession()).not.toBeNull();
  }
});

test("use is written down at most every ten minutes, and a look from a socket never", async () => {
  const { world, session, readSession, peek, at } = await signedIn("staff");
  world.clock.pass(10 * MINUTE - 1);
  await readSession();
  expect(await at()).toBe(session.createdAt);
  world.clock.pass(1);
  await peek();
  expect(await at()).toBe(session.createdAt);
  await readSession();
  expect(await at()).toBe(session.createdAt + 10 * MINUTE);
});

test("an ended session is over at once, for every request that carries it", async () => {
  const { world, session, readSession } = await signedIn("staff");
  await endSession(world.context.servicesFor(fromSession(session, testRequest)), session.id);
  expect(await readSession()).toBeNull();
});

test("a session of a membership that was switched off is over", async () => {
  const { session, readSession } = await signedIn("customer");
  await env.DIRECTORY.prepare("update memberships set ended_at = 1 where id = ?").bind(session.membership.id).run();
  expect(await readSession()).toBeNull();
});

test("another audience's cookie is not read, nor is its token under the right name", async () => {
  const { cookie, readSession } = await signedIn("customer");
  for (const other of portals.filter((portal) => portal !== "customer")) {
    expect(await readSession(other)).toBeNull();
    expect(await readSession(other, cookie.replace("__Host-customer", `__Host-${other}`))).toBeNull();
  }
  expect(await readSession("customer", `a=b; ${cookie}; __Host-staff=x`)).not.toBeNull();
});

test.each(["", "__Host-staff=", "__Host-staff=guess", "staff=guess", "__Host-staff", "=;=;"])("no session from %j", async (header) => {
  const { readSession } = await signedIn("staff");
  expect(await readSession("staff", header)).toBeNull();
});

test("the cookie is for this host alone, out of reach of scripts, and its token is stored nowhere", async () => {
  const { cookie } = await signedIn("staff");
  const token = cookie.split("=")[1] ?? "";
  expect(token).toMatch(/^[\w-]{43}$/);
  const rows = await env.DIRECTORY.prepare("select * from sessions").all();
  expect(JSON.stringify(rows.results)).not.toContain(token);
});
