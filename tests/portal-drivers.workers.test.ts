import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { assignVehicle, giveBackVehicle } from "~/modules/assets/driver-vehicles.server";
import { contacts } from "~/modules/customers/customer.tables";
import { addDriver, archiveDriver, changeDriver, resetPin } from "~/modules/drivers/save-driver.server";
import { readPortalDriver } from "~/queries/customer/drivers.server";
import { createWorld } from "./world/world";

const form = { name: "Ana Ruiz", code: "770011", email: "", phone: "", portalEnabled: true };

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const [customer, other] = [await shop.customer(), await shop.customer()];
  await shop.db.batch(
    [customer, other].map((one) =>
      shop.db.insert(contacts, {
        id: newId("contact"),
        customerId: one.id,
        name: "Renee",
        email: one.email,
        mayDrivers: true,
        version: 1,
        createdAt: world.clock.now(),
      }),
    ),
  );
  const [truck, foreign] = [await shop.asset({ customer }), await shop.asset({ customer: other })];
  return { world, shop, customer, other, truck, foreign, mine: await shop.as(customer), theirs: await shop.as(other) };
}

test("a contact with the right adds a driver, assigns a unit with dates, and ends both", async () => {
  const { customer, other, truck, foreign, mine } = await setUp();
  const id = newId("driver");
  const added = await addDriver(mine, { id, customerId: customer.id, form });
  expect(added).toMatchObject({ ok: true, value: { pin: expect.stringMatching(/^\d+$/) } });
  expect(await assignVehicle(mine, { driverId: id, assetId: truck, first: "2020-01-01", last: null })).toMatchObject({ ok: true });
  expect(await assignVehicle(mine, { driverId: id, assetId: foreign, first: "2020-01-01", last: null })).toMatchObject({ error: { kind: "not-found" } });
  const [vehicle] = (await readPortalDriver(mine.db, id))?.vehicles ?? [];
  if (!vehicle) throw new Error("no vehicle");
  expect(await giveBackVehicle(mine, { driverId: id, assetId: truck, from: vehicle.from })).toMatchObject({ ok: true });
  expect(await archiveDriver(mine, id)).toMatchObject({ ok: true });
  expect((await readPortalDriver(mine.db, id))?.driver.archivedAt).not.toBeNull();
  expect(await addDriver(mine, { id: newId("driver"), customerId: other.id, form })).toMatchObject({ ok: false, error: { kind: "not-found" } });
});

test("another customer's driver can be neither seen nor changed", async () => {
  const { shop, customer, truck, foreign, theirs } = await setUp();
  const driver = await shop.driver({ customer });
  expect(await readPortalDriver(theirs.db, driver.id)).toBeNull();
  const refused = { ok: false, error: { kind: "not-found" } };
  expect(await changeDriver(theirs, { id: driver.id, version: 1, form })).toMatchObject(refused);
  expect(await resetPin(theirs, driver.id)).toMatchObject(refused);
  expect(await archiveDriver(theirs, driver.id)).toMatchObject(refused);
  for (const assetId of [truck, foreign])
    expect(await assignVehicle(theirs, { driverId: driver.id, assetId, first: "2020-01-01", last: null })).toMatchObject(refused);
});

test("a contact without the right changes nothing", async () => {
  const { shop, customer, truck, mine } = await setUp();
  const driver = await shop.driver({ customer });
  await shop.db.batch([shop.db.update(contacts, { mayDrivers: false }, eq(contacts.email, customer.email))]);
  const refused = { ok: false, error: { kind: "not-allowed" } };
  expect(await addDriver(mine, { id: newId("driver"), customerId: customer.id, form })).toMatchObject(refused);
  expect(await changeDriver(mine, { id: driver.id, version: 1, form })).toMatchObject(refused);
  expect(await resetPin(mine, driver.id)).toMatchObject(refused);
  expect(await archiveDriver(mine, driver.id)).toMatchObject(refused);
  expect(await assignVehicle(mine, { driverId: driver.id, assetId: truck, first: "2020-01-01", last: null })).toMatchObject(refused);
});
