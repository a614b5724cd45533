import { like } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { DAY, later } from "~/kernel/time";
import { readRoster } from "~/modules/telematics/roster.store.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { unitStatus } from "~/modules/work-orders/unit-status/unit-status";
import { outbox } from "~/platform/database/tenant.tables";
import { findUnits } from "~/queries/staff/find-units.server";
import { readUnitList } from "~/queries/staff/unit-list.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import { createWorld } from "../../../tests/world/world";
import type { AssetForm } from "./asset";
import { archiveAsset, handOverAsset, setOutOfService } from "./change-asset.server";
import { recordMeterReading } from "./record-meter-reading.server";
import { saveAsset } from "./save-asset.server";
import { withCheckDigit } from "./vin";

const form = (change: Partial<AssetForm> = {}): AssetForm => ({
  unitNumber: "101",
  kind: "truck",
  vin: "",
  plate: "",
  year: "",
  make: "",
  model: "",
  shares: true,
  ...change,
});

async function shopWith() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const [customer, buyer] = [await shop.customer(), await shop.customer()];
  const staff = await shop.asStaff();
  const add = async (change: Partial<AssetForm> = {}) => {
    const id = newId("asset");
    return { id, saved: await saveAsset(staff, { id, owner: customer.id, form: form(change) }) };
  };
  return { world, shop, customer, buyer, staff, add };
}

test("a unit's form submitted twice adds it once; a second unit with its VIN is refused until the first is archived", async () => {
  const { staff, customer, add } = await shopWith();
  const vin = withCheckDigit("1FUJGLDR0HLHZ1101");
  const { id, saved } = await add({ vin });
  expect(saved.ok).toBe(true);
  expect((await saveAsset(staff, { id, owner: customer.id, form: form({ vin }) })).ok).toBe(true);
  expect((await add({ vin, unitNumber: "102" })).saved).toEqual({ ok: false, error: { kind: "vin-taken" } });
  expect((await archiveAsset(staff, id)).ok).toBe(true);
  expect((await add({ vin, unitNumber: "102" })).saved.ok).toBe(true);
  const list = (filter: "all" | "archived") => readUnitList(staff.db, { filter, query: "", after: null, customer: null });
  expect((await list("all")).rows.map(({ unitNumber }) => unitNumber)).toEqual(["102"]);
  expect((await list("archived")).rows.map(({ unitNumber }) => unitNumber)).toEqual(["101"]);
});

test("a transferred unit leaves its history with the old owner, and the fleet room gets the new owner at once", async () => {
  const { world, shop, staff, customer, buyer, add } = await shopWith();
  const { id } = await add();
  const code = await shop.device({ asset: id, from: world.clock.now() });
  world.clock.pass(20 * DAY);
  const from = later(world.clock.now(), -DAY);
  const before = (await readRoster(shop.db)).version;
  expect((await handOverAsset(staff, { id, to: buyer.id, from })).ok).toBe(true);
  const roster = await readRoster(shop.db);
  expect(roster.version).toBeGreaterThan(before);
  expect(roster.assignments.filter(({ deviceId }) => deviceId === code).map(({ customerId, from: since, to }) => [customerId, since, to])).toEqual([
    [customer.id, expect.any(Number), from],
    [buyer.id, from, null],
  ]);
  const record = await readUnitRecord(staff.db, id);
  expect(record?.owners.map(({ customerId, to }) => [customerId, to])).toEqual([
    [buyer.id, null],
    [customer.id, from],
  ]);
  expect(await handOverAsset(staff, { id, to: buyer.id, from: world.clock.now() })).toEqual({ ok: false, error: { kind: "same-owner" } });
});

test("the second of two people who change a unit gets stale", async () => {
  const { staff, add } = await shopWith();
  const { id } = await add();
  expect((await saveAsset(staff, { id, seen: 1, form: form({ plate: "ab 123" }) })).ok).toBe(true);
  expect(await saveAsset(staff, { id, seen: 1, form: form({ plate: "cd 456" }) })).toEqual({ ok: false, error: { kind: "stale" } });
  expect((await readUnitRecord(staff.db, id))?.unit.plate).toBe("AB 123");
});

test("status follows from the out-of-service flag and the orders", async () => {
  const { shop, staff, customer, add } = await shopWith();
  const { id } = await add();
  const status = async () => {
    const record = await readUnitRecord(staff.db, id);
    return record && unitStatus(record.unit, record.orders).status;
  };
  expect(await status()).toBe("in-service");
  const order = await shop.workOrder({ asset: id, customer });
  expect(await status()).toBe("in-service");
  await changeWorkOrder(staff, order, { intent: "arrive" });
  expect(await status()).toBe("in-shop");
  await changeWorkOrder(staff, order, { intent: "release" });
  expect(await status()).toBe("in-service");
  await shop.workOrder({ asset: id, customer, state: "on-hold" });
  expect(await status()).toBe("waiting");
  await shop.workOrder({ asset: id, customer, state: "in-progress" });
  expect(await status()).toBe("in-shop");
  await setOutOfService(staff, id, "cracked frame");
  expect(await status()).toBe("out-of-service");
  await setOutOfService(staff, id, null);
  expect(await status()).toBe("in-shop");
  // Open pages reload, the owner's too.
  const boardEvents = await shop.db.query({
    from: outbox,
    columns: { body: outbox.body },
    where: like(outbox.key, `board:${id}:%`),
    orderBy: [outbox.key],
    limit: 5,
  });
  expect(boardEvents.map(({ body }) => body)).toEqual(
    [1, 2, 3].map((version) => ({ kind: "asset", id, version, audiences: ["staff", `customer:${customer.id}`] })),
  );
  expect((await readUnitRecord(staff.db, id))?.activity.map(({ event }) => event)).toEqual(
    expect.arrayContaining(["asset.taken-out-of-service", "asset.put-back-in-service", "asset.added"]),
  );
});

test("a reading that runs backward is saved for review and doesn't count", async () => {
  const { world, staff, add } = await shopWith();
  const { id } = await add();
  const read = (displayValue: number) => recordMeterReading(staff, { assetId: id, meter: "odometer", displayValue, source: "read by Owner" });
  expect(await read(100_000)).toEqual(ok("counted"));
  world.clock.pass(DAY);
  expect(await read(99_000)).toEqual(ok("review"));
  const record = await readUnitRecord(staff.db, id);
  expect(Math.round((record?.meters.odometer?.value ?? 0) / 1_000)).toBe(100_000);
  expect(record?.meters.review.odometer).toHaveLength(1);
});

test("another shop can neither see nor change a unit", async () => {
  const { world, add, buyer } = await shopWith();
  const { id } = await add();
  const stranger = await (await world.shop()).asStaff();
  expect(await readUnitRecord(stranger.db, id)).toBeNull();
  expect((await readUnitList(stranger.db, { filter: "all", query: "", after: null, customer: null })).rows).toEqual([]);
  expect(await saveAsset(stranger, { id: newId("asset"), owner: buyer.id, form: form() })).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await saveAsset(stranger, { id, seen: 1, form: form() })).toEqual({ ok: false, error: { kind: "not-found" } });
  for (const refused of [
    await archiveAsset(stranger, id),
    await setOutOfService(stranger, id, "mischief"),
    await handOverAsset(stranger, { id, to: buyer.id, from: world.clock.now() }),
  ])
    expect(refused).toEqual({ ok: false, error: { kind: "not-found" } });
});

test("a page of the list has 50 units, and the next one continues after it", async () => {
  const { shop, customer, staff } = await shopWith();
  for (let n = 0; n < 53; n++) await shop.asset({ customer });
  const first = await readUnitList(staff.db, { filter: "all", query: "", after: null, customer: null });
  const second = await readUnitList(staff.db, { filter: "all", query: "", after: first.next, customer: null });
  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 3, null]);
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(53);
});

test("a work order opens for the chosen unit; search finds by number, VIN and owner, and no archived units", async () => {
  const { staff, add } = await shopWith();
  const [first, named, gone] = [
    await add({ unitNumber: "101" }),
    await add({ unitNumber: "205" }),
    await add({ unitNumber: "300", vin: withCheckDigit("1FUJGLDR0HLHZ1101") }),
  ];
  const found = async (query: string, only: typeof first.id | null = null) => (await findUnits(staff.db, { query, only })).map(({ unitNumber }) => unitNumber);
  expect(await found("", named.id)).toEqual(["205"]);
  expect(await found("fujg")).toEqual(["300"]);
  expect((await archiveAsset(staff, gone.id)).ok).toBe(true);
  expect(await found("fujg")).toEqual([]);
  expect(await found("customer")).toEqual(["101", "205"]);
  expect(await found("05")).toEqual(["205"]);
});
