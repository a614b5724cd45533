import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { MINUTE } from "~/kernel/time";
import { assetDrivers, assets } from "~/modules/assets/asset.tables";
import { changeDriver } from "~/modules/drivers/save-driver.server";
import { inspectionEffects } from "~/modules/inspections/inspection.effects";
import { fileReport } from "~/modules/inspections/inspections.fixtures";
import { fleetSink } from "~/modules/telematics/fleet-sink.server";
import { effectRow } from "~/platform/database/journal.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { forJob } from "~/platform/scope/scope.server";
import { addBrowser } from "./world/push";
import { openSocket } from "./world/socket";
import { createWorld } from "./world/world";

/** Two drivers who have a truck today, one who had it before, and one of another truck; each with a phone that has push. */
async function begin() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const [truck, other] = [await shop.asset({ customer }), await shop.asset({ customer })];
  await shop.db.batch([shop.db.update(assets, { unitNumber: "NL-104" }, eq(assets.id, truck))]);
  const now = world.clock.now();
  const person = async (name: string, asset: typeof truck, from: number, to: number | null) => {
    const email = `${name}-${shop.id.slice(-8)}@people.test`;
    const driver = await shop.driver({ customer, email });
    await shop.db.batch([shop.db.insert(assetDrivers, { assetId: asset, driverId: driver.id, from: from as typeof now, to: to as typeof now | null })]); // instants
    return { driver, email, phone: await addBrowser(world, shop, email, "driver") };
  };
  const dana = await person("dana", truck, now - MINUTE, null);
  const lee = await person("lee", truck, now - MINUTE, now + 60 * MINUTE);
  const before = await person("before", truck, now - 9 * MINUTE, now - 5 * MINUTE);
  const elsewhere = await person("elsewhere", other, now - MINUTE, null);
  const sink = fleetSink(scopedDatabase(world.env.TENANTS, forJob(shop.id, "fleet-room")), async () => "UTC");
  /** Oil pressure below the severe limit. */
  const fault = async (closedAt: typeof now | null = null) => {
    await sink.keepFaults([{ assetId: truck, fault: { spn: 100, fmi: 1, occurrenceCount: 3 }, openedAt: now, closedAt }]);
  };
  return { world, shop, customer, truck, dana, lee, before, elsewhere, fault };
}

test("the drivers who have a unit now are pushed a fault with which it should stop, to its page; nobody else", async () => {
  const { world, shop, truck, dana, lee, before, elsewhere, fault } = await begin();
  await fault();
  await world.drainOutbox(shop);
  expect(await dana.phone.shown()).toMatchObject([
    { title: "Stop now: critical fault on unit NL-104", body: expect.stringContaining("SPN 100 FMI 1"), path: `/driver-portal/unit/${truck}` },
  ]);
  expect((await dana.phone.received()).messages).toMatchObject([{ urgency: "high" }]);
  expect(await Promise.all([lee, before, elsewhere].map(({ phone }) => phone.titles()))).toEqual([["Stop now: critical fault on unit NL-104"], [], []]);
});

test("not while the driver has the app open, nor once the driver was switched off", async () => {
  const { world, shop, dana, lee, fault } = await begin();
  const app = await openSocket(`board-room/${shop.id}?as=driver`, (await shop.session(dana.email, "driver")).cookie);
  await app.soFar();
  const staff = await shop.asStaff();
  const { id, name, code } = lee.driver;
  const off = await changeDriver(staff, { id, version: 1, form: { name, code, email: lee.email, phone: "", portalEnabled: false } });
  expect(off.ok).toBe(true);
  await staff.drainNow();
  await fault();
  await world.drainOutbox(shop);
  expect([await dana.phone.titles(), await lee.phone.titles()]).toEqual([[], []]);
});

test("a unit that another driver reports as not safe is pushed to who has it, not to who reported it", async () => {
  const { world, shop, customer, truck, dana, lee, before } = await begin();
  const { id } = await fileReport(shop, { customer, driver: dana.driver, asset: truck, defects: [{ severity: "safety", note: "Cords show." }] });
  const effect = inspectionEffects.of("mail.inspection-defects", `mail.inspection-defects:${id}`, { inspectionId: id });
  await shop.db.batch([effectRow(shop.db, effect, world.clock.now())]);
  await world.drainOutbox(shop);
  expect(await lee.phone.shown()).toMatchObject([{ title: "Do not operate unit NL-104", body: "Tires: worn", path: `/driver-portal/unit/${truck}` }]);
  expect([await dana.phone.titles(), await before.phone.titles()]).toEqual([[], []]);
});
