import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { DAY, dayOf, HOUR, later, MINUTE, type UtcMs } from "~/kernel/time";
import { assignVehicle } from "~/modules/assets/driver-vehicles.server";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { fleetSink } from "~/modules/telematics/fleet-sink.server";
import type { Snapshot } from "~/modules/telematics/fleet-state";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { forJob } from "~/platform/scope/scope.server";
import { createWorld } from "../../../../tests/world/world";
import { certifyDefects } from "../defects/certify-defects.server";
import { fileReport } from "../inspections.fixtures";
import { readMissingInspections } from "./alerts.read.server";
import { changeInspectionSettings } from "./change-settings.server";
import { checkInspections } from "./check-inspections.server";

const ZONE = "Pacific/Chatham";

/** A shop with a customer that wants daily inspections. Ten in the morning in its zone. */
async function setUp() {
  const world = await createWorld({ now: "2030-03-01T20:15:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  await shop.db.batch([
    shop.db.update(customers, { dailyInspections: true }, eq(customers.id, customer.id)),
    shop.db.insert(contacts, { id: newId("contact"), customerId: customer.id, name: "Renee", email: customer.email, version: 1, createdAt: world.clock.now() }),
  ]);
  const driver = await shop.driver({ customer });
  const job = scopedDatabase(world.env.TENANTS, forJob(shop.id, "Automatic"));
  const sink = fleetSink(job, async () => ZONE);
  const moves = (assetId: Id<"asset">, at: UtcMs, lastMovedAt: UtcMs | null = at) =>
    sink.keepLastSeen([
      {
        assetId,
        deviceId: "t1",
        seq: 1,
        recordedAt: at,
        latitude: 1,
        longitude: 1,
        speedMps: 0,
        headingDegrees: null,
        odometerMeters: null,
        odometerAt: null,
        engineSeconds: null,
        engineAt: null,
        ignition: null,
        lastMovedAt,
        faults: [],
      } satisfies Snapshot,
    ]);
  const check = async () => {
    await checkInspections({ db: job, clock: world.clock, zone: ZONE });
    await world.drainOutbox(shop);
  };
  const subjects = async (to = shop.ownerEmail) => (await world.mail(to)).map(({ subject }) => subject);
  const notices = async () =>
    (
      await world.env.TENANTS.prepare("select title from staff_notices where organization_id = ? order by at, title").bind(shop.id).all<{ title: string }>()
    ).results.map(({ title }) => title);
  return { world, shop, customer, driver, moves, check, subjects, notices, staff: await shop.asStaff(), now: () => world.clock.now() };
}

test("a unit that drove without an inspection is listed with its driver, and the shop is notified once, the next morning", async () => {
  const { world, shop, customer, driver, staff, moves, check, notices, now } = await setUp();
  const [drove, parked, inspected] = [await shop.asset({ customer }), await shop.asset({ customer }), await shop.asset({ customer })];
  const stranger = await shop.asset({ customer: await shop.customer() });
  await assignVehicle(staff, { driverId: driver.id, assetId: drove, first: dayOf(now(), ZONE), last: null });
  for (const unit of [drove, inspected, stranger]) await moves(unit, now());
  await moves(parked, now(), null);
  await fileReport(shop, { customer, driver, asset: inspected });
  world.clock.pass(DAY);
  const list = () => readMissingInspections(staff.db, now());
  expect((await list()).map(({ assetId, drivers }) => [assetId, drivers])).toContainEqual([drove, [driver.name]]);
  expect((await list()).map(({ assetId }) => assetId)).not.toContain(parked);
  expect((await list()).map(({ assetId }) => assetId)).not.toContain(stranger);
  await check();
  await check();
  expect((await notices()).filter((title) => title.startsWith("No inspection of"))).toHaveLength(1);
  // Another customer's list has none of it.
  expect(await readMissingInspections((await shop.as(await shop.customer())).db, now())).toEqual([]);
  expect((await readMissingInspections((await shop.as(customer)).db, now())).length).toBeGreaterThan(0);
});

test("a report that comes in late takes its unit off the list", async () => {
  const { world, shop, customer, driver, staff, moves, check, notices, now } = await setUp();
  const asset = await shop.asset({ customer });
  await moves(asset, now());
  const at = now();
  world.clock.pass(DAY);
  expect(await readMissingInspections(staff.db, now())).toHaveLength(1);
  const { id } = await fileReport(shop, { customer, driver, asset, at });
  await world.env.TENANTS.prepare("update inspections set day = ? where id = ?").bind(dayOf(at, ZONE), id).run();
  expect(await readMissingInspections(staff.db, now())).toEqual([]);
  await check();
  expect(await notices()).toEqual([]);
});

test("a defect that waits longer than the shop set is a case, once; one that is certified in time is none", async () => {
  const { world, shop, customer, driver, staff, check, notices } = await setUp();
  const asset = await shop.asset({ customer });
  const [waits, certified] = [
    await fileReport(shop, { customer, driver, asset, defects: [{ part: "lights" }] }),
    await fileReport(shop, { customer, driver, asset, defects: [{ part: "horn" }] }),
  ];
  expect(await changeInspectionSettings(staff, { hours: "no", seen: 0 })).toMatchObject({ error: { kind: "unreadable-hours" } });
  expect((await changeInspectionSettings(staff, { hours: "6", seen: 0 })).ok).toBe(true);
  expect(await changeInspectionSettings(staff, { hours: "7", seen: 0 })).toMatchObject({ error: { kind: "stale" } });
  world.clock.pass(5 * HOUR);
  await check();
  expect(await notices()).toEqual([]);
  await certifyDefects(
    staff,
    certified.defects.map((id) => ({ id, round: 1 })),
    { outcome: "repaired", reason: "", signedName: "Sam Ode" },
  );
  world.clock.pass(2 * HOUR);
  await check();
  await check();
  expect(await notices()).toEqual([`Not certified yet: Lights and reflectors: worn of unit ${waits.unit}`]);
});

test('a unit that moves while "Do not operate" is mailed to shop and customer, once; the drive home of the report is none', async () => {
  const { world, shop, customer, driver, moves, check, subjects, now } = await setUp();
  const asset = await shop.asset({ customer });
  const { unit } = await fileReport(shop, { customer, driver, asset, defects: [{ severity: "safety" }] });
  await moves(asset, later(now(), 10 * MINUTE));
  world.clock.pass(HOUR);
  await check();
  expect(await subjects()).toEqual([]);
  await moves(asset, now());
  await check();
  await check();
  expect(await subjects()).toEqual([`Unit ${unit} was driven while "Do not operate"`]);
  expect(await subjects(customer.email)).toEqual([`Unit ${unit} was driven while "Do not operate"`]);
});
