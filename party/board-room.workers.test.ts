import { env, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { changeDriver } from "~/modules/drivers/save-driver.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { BoardNotifier } from "~/platform/live/board";
import { openSocket } from "../tests/world/socket";
import { createWorld } from "../tests/world/world";
import { SOCKETS_OF_A_PARTY, SOCKETS_OF_A_SESSION } from "./limits";
import type { BoardMessage } from "./protocol";

async function board() {
  const world = await createWorld();
  const shop = await world.shop();
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const stub = () => env.BoardRoom.getByName(shop.id);
  const room = () => stub() as unknown as BoardNotifier; // held to its port in workers/rooms.ts
  return {
    world,
    shop,
    stub,
    publish: (version: number, audiences: readonly string[] = ["staff"], key = `board:wo_1:${version}`) =>
      room().publish(key, { kind: "work-order", id: "wo_1", version }, audiences),
    watch: (since?: number | string) => openSocket<BoardMessage>(`board-room/${shop.id}?as=staff${since === undefined ? "" : `&since=${since}`}`, cookie),
  };
}
const changed = (seq: number, version = seq) => ({ type: "changed", seq, kind: "work-order", id: "wo_1", version });

test("publishes a change once per key, also when it is published again after hibernation", async () => {
  const { stub, publish, watch } = await board();
  const socket = await watch();
  expect(await socket.soFar()).toEqual([{ type: "hello", seq: 0 }]);
  await publish(1);
  await publish(1);
  await evictDurableObject(stub());
  await publish(1);
  await publish(2);
  expect(await socket.soFar()).toEqual([changed(1), changed(2)]);
});

test("sends a reconnecting viewer what was missed, in order, and nothing twice", async () => {
  const { publish, watch } = await board();
  for (let version = 1; version <= 5; version++) await publish(version);
  expect(await (await watch(3)).soFar()).toEqual([changed(4), changed(5), { type: "hello", seq: 5 }]);
  expect(await (await watch(0)).soFar()).toHaveLength(6);
  expect(await (await watch(5)).soFar()).toEqual([{ type: "hello", seq: 5 }]);
  expect(await (await watch()).soFar()).toEqual([{ type: "hello", seq: 5 }]);
});

test("a number from the future, from too long ago, or none at all means: read everything again", async () => {
  const { stub, publish, watch } = await board();
  await publish(1);
  for (const since of [2, -1, "abc", "1.5", Number.MAX_SAFE_INTEGER]) expect(await (await watch(since)).soFar()).toEqual([{ type: "reload", seq: 1 }]);
  await runInDurableObject(stub(), (_room, { storage }) => {
    for (let n = 2; n < 1_100; n++)
      storage.sql.exec(
        "insert into changes (key, audiences, notice) values (?, 'staff', ?)",
        `k${n}`,
        JSON.stringify({ kind: "work-order", id: "wo_1", version: n }),
      );
  });
  await publish(1_100);
  expect(await (await watch(99)).soFar()).toEqual([{ type: "reload", seq: 1_100 }]);
  expect(await (await watch(100)).soFar()).toHaveLength(1_001);
});

test("does not send a change meant for others, live or later", async () => {
  const { publish, watch } = await board();
  const socket = await watch();
  await socket.soFar();
  await publish(1, ["customer:cus_1"]);
  await publish(2, ["staff", "customer:cus_1"]);
  expect(await socket.soFar()).toEqual([changed(2)]);
  expect(await (await watch(0)).soFar()).toEqual([changed(2), { type: "hello", seq: 2 }]);
});

test("notifies other screens of a moved work order, without its contents", async () => {
  const { world, shop, watch } = await board();
  const customer = await shop.customer();
  const order = await shop.workOrder({ asset: await shop.asset({ customer }), customer });
  const socket = await watch();
  await socket.soFar();
  const move = { intent: "move", to: "on-hold", holdReason: "parts", seen: 1 } as const;
  expect((await changeWorkOrder(await shop.asStaff(), order, move)).ok).toBe(true);
  await world.settle();
  expect(await socket.soFar()).toEqual([{ type: "changed", seq: 1, kind: "work-order", id: order, version: 2 }]);
  expect(await changeWorkOrder(await shop.asStaff(), order, move)).toEqual({ ok: false, error: { kind: "stale" } });
  const other = await world.shop();
  expect(await changeWorkOrder(await other.asStaff(), order, { ...move, seen: 2 })).toEqual({ ok: false, error: { kind: "not-found" } });
});

test("answers stale to one of two people who move an order at once", async () => {
  const { shop } = await board();
  const customer = await shop.customer();
  const order = await shop.workOrder({ asset: await shop.asset({ customer }), customer });
  const [one, two] = [await shop.asStaff(), await shop.asStaff()];
  const results = await Promise.all([
    changeWorkOrder(one, order, { intent: "move", to: "in-progress", holdReason: null, seen: 1 }),
    changeWorkOrder(two, order, { intent: "move", to: "draft", holdReason: null, seen: 1 }),
  ]);
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, error: { kind: "stale" } });
});

const ORDER = `wo_${"0".repeat(26)}`;
const presenceOf = (...people: string[]) => ({ type: "looking", at: ORDER, people });

test("shows who has a record open to the others there and to boards, until they leave, through hibernation", async () => {
  const { shop, stub, watch } = await board();
  const [one, two] = ["ana@looking.test", "bo@looking.test"];
  for (const email of [one, two]) await shop.person("staff", email);
  const open = async (email: string, query: string) =>
    openSocket<BoardMessage>(`board-room/${shop.id}?as=staff${query}`, (await shop.session(email, "staff")).cookie);
  const onBoard = await watch();
  const ana = await open(one, `&at=${ORDER}`);
  expect(await ana.soFar()).toEqual([{ type: "hello", seq: 0 }, presenceOf()]);
  const bo = await open(two, `&at=${ORDER}`);
  expect(await ana.soFar()).toEqual([presenceOf(two)]);
  expect(await bo.soFar()).toEqual([{ type: "hello", seq: 0 }, presenceOf(one)]);
  expect(await onBoard.soFar()).toEqual([{ type: "hello", seq: 0 }, presenceOf(one), presenceOf(one, two)]);
  await evictDurableObject(stub());
  bo.socket.close(1000);
  await expect.poll(() => ana.received).toEqual([presenceOf()]);
  // A board that opens now gets who is where; nothing else does.
  expect(await (await watch()).soFar()).toEqual([{ type: "hello", seq: 0 }, presenceOf(one)]);
  expect((await (await open(two, "&at=somewhere%20else")).soFar()).filter(({ type }) => type === "looking")).toEqual([presenceOf(one)]);
});

test("a driver's socket gets nothing of the shop's, and closes when the driver is switched off", async () => {
  const { shop, publish } = await board();
  const [email, colleague] = [`d-${shop.id.slice(-8)}@people.test`, `c-${shop.id.slice(-8)}@people.test`];
  const customer = await shop.customer();
  const driver = await shop.driver({ customer, email });
  await shop.driver({ customer, email: colleague });
  const open = async (who: string, query = "") =>
    openSocket<BoardMessage>(`board-room/${shop.id}?as=driver${query}`, (await shop.session(who, "driver")).cookie);
  const onOrder = await openSocket(`board-room/${shop.id}?as=staff&at=${ORDER}`, (await shop.session(shop.ownerEmail, "staff")).cookie);
  const [mine, theirs] = [await open(email), await open(colleague, `&at=${ORDER}`)];
  await publish(1);
  onOrder.socket.close(1000);
  expect(await mine.soFar()).toEqual([{ type: "hello", seq: 0 }]);
  expect(await theirs.soFar()).toEqual([{ type: "hello", seq: 0 }]);
  const staff = await shop.asStaff();
  await changeDriver(staff, {
    id: driver.id,
    version: 1,
    form: { name: driver.name, code: driver.code, email, phone: "", portalEnabled: false },
  });
  await staff.drainNow();
  expect(await mine.untilClosed()).toEqual({ code: 4401, reason: "signed out" });
  await theirs.soFar();
  expect(theirs.closed()).toBeNull();
});

test("a vendor gets what is addressed to it, never which staff view what", async () => {
  const { world, shop, publish, watch } = await board();
  await world.context.platform.directory.setPlan(shop.id, "pro-plus");
  const staffOn = async (record: string) =>
    openSocket<BoardMessage>(`board-room/${shop.id}?as=staff&at=${record}`, (await shop.session(shop.ownerEmail, "staff")).cookie);
  await (await staffOn(ORDER)).soFar();
  await shop.person("vendor", "desk@looking.test", "ven_one");
  const vendor = async (query: string) =>
    openSocket<BoardMessage>(`board-room/${shop.id}?as=vendor${query}`, (await shop.session("desk@looking.test", "vendor")).cookie);
  const [home, nosy, staff] = [await vendor(""), await vendor(`&at=${ORDER}`), await watch()];
  expect(await home.soFar()).toEqual([{ type: "hello", seq: 0 }]);
  expect(await nosy.soFar()).toEqual([{ type: "hello", seq: 0 }]);
  await (await staffOn(ORDER)).soFar();
  await publish(1);
  await publish(2, ["staff", "vendor:ven_one"]);
  await publish(3, ["vendor:ven_other"]);
  for (const socket of [home, nosy]) expect(await socket.soFar()).toEqual([changed(2)]);
  // Nor do staff hear of a vendor's looking.
  expect(JSON.stringify(await staff.soFar())).not.toContain("desk@looking.test");
});

test("a join sends each viewer of a crowded record few messages, and all of them the same picture in the end", async () => {
  const { shop, stub } = await board();
  const cookies: string[] = [];
  const owner = presenceOf((await shop.membershipOf(shop.ownerEmail, "staff")).name);
  for (let n = 0; n < 50; n++) cookies.push((await shop.session(shop.ownerEmail, "staff")).cookie);
  const open = (cookie: string) => openSocket<BoardMessage>(`board-room/${shop.id}?as=staff&at=${ORDER}`, cookie);
  /** As if the second were over. */
  const notify = () =>
    runInDurableObject(stub(), async (room, { storage }) => {
      storage.sql.exec("update due set at = 0 where kind like 'presence %'");
      await (room as unknown as { onAlarm(): Promise<void> }).onAlarm(); // every room has it
    });
  const there = await Promise.all(cookies.slice(0, 30).map(open));
  await notify();
  for (const viewer of there) await viewer.soFar();
  const joined = await Promise.all(cookies.slice(30).map(open));
  const early = await Promise.all(joined.map((viewer) => viewer.soFar()));
  await notify();
  const sent = await Promise.all(there.map((viewer) => viewer.soFar()));
  // Twenty joined. Each of these had twenty messages before, now one for all of them, or two if a second went by between.
  for (const messages of sent) {
    expect(messages.length).toBeGreaterThanOrEqual(1);
    expect(messages.length).toBeLessThanOrEqual(3);
    expect(messages.at(-1)).toEqual(owner);
  }
  for (const messages of early) expect(messages.filter(({ type }) => type === "looking")[0]).toEqual(owner);
});

test("a session, and a customer with all its sessions, has so many sockets and no more; others are not affected", async () => {
  const { shop, watch } = await board();
  const customer = await shop.customer();
  const open = (cookie: string) => openSocket<BoardMessage>(`board-room/${shop.id}?as=customer`, cookie);
  const session = async () => (await shop.session(customer.email, "customer")).cookie;
  const full = await session();
  const sockets = await Promise.all(Array.from({ length: SOCKETS_OF_A_SESSION }, () => open(full)));
  expect(await (await open(full)).untilClosed()).toEqual({ code: 4429, reason: "too many open sockets" });
  for (const socket of sockets) expect(socket.closed()).toBeNull();
  sockets[0]?.socket.close(1000);
  await sockets[0]?.untilClosed();
  expect(await (await open(full)).soFar()).toEqual([{ type: "hello", seq: 0 }]);

  for (let count = SOCKETS_OF_A_SESSION; count < SOCKETS_OF_A_PARTY; count += SOCKETS_OF_A_SESSION) {
    const cookie = await session();
    await Promise.all(Array.from({ length: Math.min(SOCKETS_OF_A_SESSION, SOCKETS_OF_A_PARTY - count) }, () => open(cookie)));
  }
  expect(await (await open(await session())).untilClosed()).toEqual({ code: 4429, reason: "too many open sockets" });
  expect(await (await watch()).soFar()).toEqual([{ type: "hello", seq: 0 }]);
  const other = await shop.customer();
  expect(await (await open((await shop.session(other.email, "customer")).cookie)).soFar()).toEqual([{ type: "hello", seq: 0 }]);
});
