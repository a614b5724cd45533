import { createExecutionContext, createMessageBatch, env, getQueueResult, waitOnExecutionContext } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { later, MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import { notificationEffects } from "~/modules/notifications/notification.effects";
import { effectRow } from "~/platform/database/journal.server";
import { outbox } from "~/platform/database/tenant.tables";
import { boardEffects } from "~/platform/live/board-effects";
import { expectConsoleError } from "../tests/setup/console";
import { testEffects } from "../tests/world/effects";
import type { Shop } from "../tests/world/shop";
import { createWorld } from "../tests/world/world";
import { answerInBackground, consume, sweep } from "./background";
import type { QueueMessage } from "./outbox-dispatcher";

const notice = (key: string) => boardEffects.of("board.changed", key, { kind: "work-order", id: "wo_1", version: 1, audiences: ["staff"] });
const put = (shop: Shop, key: string, at: UtcMs) => shop.db.batch([effectRow(shop.db, notice(key), at)]);

async function isDone(shop: Shop, key: string): Promise<boolean> {
  const [row] = await shop.db.query({ from: outbox, columns: { doneAt: outbox.doneAt }, where: eq(outbox.key, key), limit: 1 });
  return row?.doneAt != null;
}

async function consumed(...bodies: QueueMessage[]) {
  const batch = createMessageBatch<QueueMessage>(
    "baytrack-outbox",
    bodies.map((body, n) => ({ id: String(n), timestamp: new Date(), attempts: 1, body })),
  );
  const execution = createExecutionContext();
  await consume(batch, env, execution);
  return getQueueResult(batch, execution);
}

test("a queue message delivers its row; one about nothing is let go, and one that failed comes back", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  await put(shop, "due", world.clock.now());
  await shop.db.batch([effectRow(shop.db, testEffects.of("test.unknown", "unknown", { of: "nobody" }), world.clock.now())]);
  const result = await consumed(
    { organizationId: shop.id, key: "due" },
    { organizationId: shop.id, key: "no such row" },
    { organizationId: "not an id", key: "due" },
    { organizationId: shop.id, key: "unknown" },
  );
  expect(result.explicitAcks).toEqual(["0", "1", "2"]);
  expect(result.retryMessages).toMatchObject([{ msgId: "3" }]);
  expect(await isDone(shop, "due")).toBe(true);
});

test("the sweep sends what is late in every organization, and leaves what is fresh to its own request", async () => {
  const world = await createWorld();
  const [shop, other] = [await world.shop(), await world.shop()];
  const late = later(world.clock.now(), -2 * MINUTE);
  await put(shop, "late", late);
  await put(other, "late too", late);
  const fresh = await world.shop();
  await put(fresh, "fresh", toUtcMs(Date.now()));
  const execution = createExecutionContext();
  await sweep(env, execution);
  await waitOnExecutionContext(execution);
  expect([await isDone(shop, "late"), await isDone(other, "late too"), await isDone(fresh, "fresh")]).toEqual([true, true, false]);
});

test("a queue that is down holds up neither our own notices nor the other organizations", async () => {
  const world = await createWorld();
  const shops = [await world.shop(), await world.shop()];
  const late = later(world.clock.now(), -2 * MINUTE);
  for (const shop of shops) {
    const mail = notificationEffects.of("mail.staff-digest", "mail", { membershipId: newId("membership"), digestAt: late });
    await shop.db.batch([effectRow(shop.db, mail, late), effectRow(shop.db, notice("board"), later(late, 1))]);
  }
  const down = { send: async () => Promise.reject(new Error("the queue is down")) } as unknown as Queue; // all that the outlet asks of it
  expectConsoleError(/outbox\.not-queued/);
  await sweep({ ...env, OUTBOX: down }, createExecutionContext());
  for (const shop of shops) expect([await isDone(shop, "board"), await isDone(shop, "mail")]).toEqual([true, false]);
});

test("an organization whose sweep fails does not end the sweep", async () => {
  const world = await createWorld();
  const shops = [await world.shop(), await world.shop(), await world.shop()];
  for (const shop of shops) await put(shop, "late", later(world.clock.now(), -2 * MINUTE));
  let batches = 0;
  // The first write of the first organization fails as a database does that is gone for a moment.
  const flaky = new Proxy(env.TENANTS, {
    get: (db, name) => {
      if (name === "batch" && ++batches === 1) return async () => Promise.reject(new Error("D1_ERROR: network"));
      const value = Reflect.get(db, name);
      return typeof value === "function" ? value.bind(db) : value;
    },
  });
  expectConsoleError(/outbox\.not-swept/);
  await sweep({ ...env, TENANTS: flaky }, createExecutionContext());
  expect((await Promise.all(shops.map((shop) => isDone(shop, "late")))).filter(Boolean)).toHaveLength(2);
});

test("a form from another site is refused before a page sees it, and one without an origin is the page's to judge", async () => {
  const posted = (headers: HeadersInit) =>
    answerInBackground(new Request("http://localhost/login", { method: "POST", headers }), env, createExecutionContext());
  expect((await posted({ Origin: "https://elsewhere.test" }))?.status).toBe(403);
  expect((await posted({ Origin: "null" }))?.status).toBe(403);
  expect(await posted({ Origin: "http://localhost" })).toBeNull();
  expect(await posted({})).toBeNull();
});

test("an address with broken percent signs is none, and a form under another host's name is refused", async () => {
  const answer = (path: string, init?: RequestInit) => answerInBackground(new Request(`http://shop.test${path}`, init), env, createExecutionContext());
  for (const path of ["/portal/sign-in/%E0%A4%A", "/set-password/staff/%", "/files/%C3%28"])
    for (const method of ["GET", "POST"]) expect((await answer(path, { method }))?.status).toBe(404);
  expect(await answer("/portal/sign-in/caf%C3%A9")).toBeNull();
  const form = (headers: HeadersInit) => answer("/login", { method: "POST", headers });
  expect((await form({ "X-Forwarded-Host": "evil.test", "Sec-Fetch-Site": "same-origin", Origin: "http://shop.test" }))?.status).toBe(403);
  expect((await form({ Origin: "null" }))?.status).toBe(403);
  expect((await form({ Origin: "not an address" }))?.status).toBe(403);
  expect(await form({ "X-Forwarded-Host": "shop.test", Origin: "http://shop.test" })).toBeNull();
});
