import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { HOUR, MINUTE, SECOND } from "~/kernel/time";
import { reading, roomOf } from "../tests/world/fleet";
import { metered, type Rows } from "../tests/world/metered";
import { createWorld } from "../tests/world/world";

const HOURS_A_MONTH = 730;
/** List prices in dollars a million, and what a month includes in millions (Cloudflare's pricing pages of Workers, Durable Objects and D1, December 2026). */
const prices = {
  workerRequests: { each: 0.3, included: 10 },
  objectRequests: { each: 0.15, included: 1 },
  roomRows: { each: 1, included: 50 },
  databaseRows: { each: 1, included: 50 },
} as const;
type Kind = keyof typeof prices;
type Used = Record<Kind, number>;

/** What a month costs where `shops` use in each hour what this one did, in dollars. */
const monthOf = (hour: Used, shops: number): number =>
  (Object.keys(prices) as Kind[]).reduce((sum, kind) => {
    const millions = (hour[kind] * HOURS_A_MONTH * shops) / 1_000_000;
    return sum + Math.max(0, millions - prices[kind].included) * prices[kind].each;
  }, 0);

/**
 * A shop whose units each have three services by distance and hours, with a room whose writes are counted: rows as they
 * are billed, and one for each alarm that is set.
 */
async function countedShop(vehicles: number) {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const devices: string[] = [];
  for (let n = 0; n < vehicles; n++) {
    const asset = await shop.asset({ customer });
    devices.push(await shop.device({ asset }));
    for (const [service, meters] of services.entries()) await addSchedule(shop.id, asset, service, meters);
  }
  await shop.applyRoster();
  const { stub, ingest } = roomOf(shop);
  const used: Used = { workerRequests: 0, objectRequests: 0, roomRows: 0, databaseRows: 0 };
  const database: Rows = { read: 0, written: 0 };
  await runInDurableObject(stub(), (room, { storage }) => {
    const exec = storage.sql.exec.bind(storage.sql);
    storage.sql.exec = ((...args: Parameters<typeof exec>) => {
      const cursor = exec(...args);
      const rows = cursor.toArray();
      used.roomRows += cursor.rowsWritten;
      return Object.assign(rows, { toArray: () => rows, one: () => rows[0], rowsWritten: cursor.rowsWritten });
    }) as never; // as much of a cursor as the room uses
    const setAlarm = storage.setAlarm.bind(storage);
    storage.setAlarm = (at) => {
      used.roomRows += 1;
      return setAlarm(at);
    };
    const it = room as unknown as { env: Env };
    it.env = { ...it.env, TENANTS: metered(env.TENANTS, database) };
  });

  /** A request with these readings: one of the Worker, and one of the room. */
  const send = async (...readings: Parameters<typeof ingest>) => {
    expect(await ingest(...readings)).toEqual(readings.map(() => "current"));
    used.workerRequests += 1;
    used.objectRequests += 1;
  };
  /** The quarter of an hour is over. */
  const flush = async () => {
    await runInDurableObject(stub(), (_room, { storage }) => storage.sql.exec("update due set at = 1") && storage.setAlarm(Date.now() + MINUTE));
    await runDurableObjectAlarm(stub());
    used.objectRequests += 1;
  };
  return { world, devices, send, flush, total: (): Used => ({ ...used, databaseRows: database.written }) };
}

const services = [["odometer"], ["engine"], ["odometer", "engine"]];
async function addSchedule(organization: string, asset: string, service: number, meters: readonly string[]): Promise<void> {
  const plan = { meters: meters.map((meter) => ({ meter, every: 8_000_000, soon: 800_000 })), calendar: null, grace: 10 };
  const baseline = { means: "last-done", day: null, meters: { odometer: 95_000, engine: 8_000 } };
  const template = newId("maintenanceTemplate");
  await env.TENANTS.batch([
    env.TENANTS.prepare(
      "insert into maintenance_templates (organization_id, id, name, category, asset_id, plan, version, created_at) values (?, ?, ?, 'service', ?, ?, 1, 0)",
    ).bind(organization, template, `Service ${service}`, asset, JSON.stringify(plan)),
    env.TENANTS.prepare(
      "insert into maintenance_schedules (organization_id, id, asset_id, template_id, baseline, state, version, created_at) values (?, ?, ?, ?, ?, 'unknown', 1, 0)",
    ).bind(organization, newId("schedule"), asset, template, JSON.stringify(baseline)),
  ]);
}

/** An hour of vehicles that drive; `batch` of them report in one request, every `every` milliseconds. */
async function hourOf({ vehicles, every, batch }: { vehicles: number; every: number; batch: number }): Promise<Used> {
  const { world, devices, send, flush, total } = await countedShop(vehicles);
  const began = world.clock.now() - HOUR;
  for (let at = 0; at < HOUR; at += every) {
    const readings = devices.map((device, n) =>
      reading(device, began + at, { latitude: 41 + n / 100 + at / HOUR / 10, odometerMeters: 100_000 + n + at / 50, engineSeconds: 9_000 + at / SECOND }),
    );
    for (let from = 0; from < readings.length; from += batch) await send(...readings.slice(from, from + batch));
    if ((at + every) % (15 * MINUTE) === 0) await flush();
  }
  return total();
}

/** The same hour where each position is a row with one index, and a request and a broadcast of its own. */
async function naiveHourOf(vehicles: number, every: number): Promise<Used> {
  await env.TENANTS.prepare("create table naive_positions (id integer primary key, vehicle text not null, at integer not null, data text not null)").run();
  await env.TENANTS.prepare("create index naive_positions_by_vehicle on naive_positions (vehicle, at)").run();
  const count: Rows = { read: 0, written: 0 };
  await metered(env.TENANTS, count).prepare("insert into naive_positions (vehicle, at, data) values ('one', 1, '{}')").run();
  await env.TENANTS.prepare("drop table naive_positions").run();
  const positions = (vehicles * HOUR) / every;
  return { workerRequests: positions, objectRequests: positions, roomRows: 0, databaseRows: positions * count.written };
}

test("1,000 vehicles that report every 5 s, 50 in a request, cost at most $2 a month, a hundredth of a row and request for each", async () => {
  const hour = await hourOf({ vehicles: 50, every: 5 * SECOND, batch: 50 });
  // 720 batches are 720 rows of the room; the rest is the four plans to flush and the fleet's numbers.
  expect(hour).toEqual({ workerRequests: 720, objectRequests: 724, roomRows: expect.any(Number), databaseRows: expect.any(Number) });
  expect(hour.roomRows).toBeLessThanOrEqual(800);
  expect(monthOf(hour, 20)).toBeLessThanOrEqual(2);
  expect(monthOf(hour, 20) * 100).toBeLessThanOrEqual(monthOf(await naiveHourOf(50, 5 * SECOND), 20));
});

test("what reaches the database does not grow with the positions, and schedules are rewritten only when they change", async () => {
  const [often, seldom] = [await hourOf({ vehicles: 5, every: 5 * SECOND, batch: 5 }), await hourOf({ vehicles: 5, every: 30 * SECOND, batch: 1 })];
  expect(often.databaseRows).toBe(seldom.databaseRows);
  // Each quarter of an hour the last position and two meters; once, the three services that are known now.
  expect(often.databaseRows / 5).toBeLessThanOrEqual(4 * 6 + 3 * 3);
  // A tracker that sends each position by itself costs a request and a row each: 120 an hour at 30 s.
  expect(seldom).toMatchObject({ workerRequests: 600, objectRequests: 604 });
});
