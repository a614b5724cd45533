import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { HOUR, later, MINUTE } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { fleetSink } from "~/modules/telematics/fleet-sink.server";
import type { FaultChange } from "~/modules/telematics/fleet-state";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { forJob } from "~/platform/scope/scope.server";
import { readBoard } from "~/queries/staff/board.server";
import { readToday } from "~/queries/staff/today.server";
import { createWorld } from "./world/world";

/** Oil pressure below the severe limit: the engine must be stopped. */
const oil = { spn: 100, fmi: 1, occurrenceCount: 3 };
const washer = { spn: 80, fmi: 1, occurrenceCount: 1 };

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const truck = await shop.asset({ customer });
  await shop.db.batch([shop.db.update(assets, { unitNumber: "NL-104" }, eq(assets.id, truck))]);
  await shop.db.batch([
    shop.db.update(customers, { portalEnabled: true }, eq(customers.id, customer.id)),
    ...[
      { name: "Renee", email: customer.email, muted: [] },
      { name: "Otto", email: `otto-${customer.email}`, muted: ["faults"] as const },
    ].map((person) => shop.db.insert(contacts, { id: newId("contact"), customerId: customer.id, version: 1, createdAt: world.clock.now(), ...person })),
  ]);
  const job = scopedDatabase(world.env.TENANTS, forJob(shop.id, "fleet-room"));
  const sink = fleetSink(job, async () => "Pacific/Chatham");
  const report = async (...changes: Omit<FaultChange, "assetId">[]) => {
    await sink.keepFaults(changes.map((change) => ({ assetId: truck, ...change })));
    await world.drainOutbox(shop);
  };
  const subjects = async (to = shop.ownerEmail) => (await world.mail(to)).map(({ subject }) => subject);
  const today = async () => {
    const now = world.clock.now();
    return readToday((await shop.asStaff()).db, { me: newId("membership"), now, today: "2030-01-01", endOfDay: now });
  };
  const board = async () => readBoard((await shop.asStaff()).db, world.clock.now());
  return { world, shop, customer, truck, report, subjects, today, board };
}

test("a fault with which a unit should stop is mailed to the shop and to the contacts who want it, once", async () => {
  const { world, shop, customer, truck, report, subjects, today } = await setUp();
  const openedAt = world.clock.now();
  const stop = { fault: oil, openedAt, closedAt: null };
  await report(stop, { fault: washer, openedAt, closedAt: null });
  await report(stop);
  const subject = "Stop now: critical fault on unit NL-104";
  expect(await subjects()).toEqual([subject]);
  expect(await subjects(customer.email)).toEqual([subject]);
  expect(await subjects(`otto-${customer.email}`)).toEqual([]);
  const [mail] = await world.mail(customer.email);
  expect(mail?.text).toContain("SPN 100 FMI 1");
  expect(mail?.text).toContain(`/portal/assets/${truck}`);
  const notices = await world.env.TENANTS.prepare("select title, href from staff_notices where organization_id = ?").bind(shop.id).all();
  expect(notices.results).toEqual([{ title: subject, href: `/assets/${truck}` }]);
  expect((await today()).faults).toMatchObject([{ id: truck, unitNumber: "NL-104", since: openedAt, codes: "spn:100/fmi:1" }]);
});

test("a fault that comes and goes is mailed once a day, and not when it is over already", async () => {
  const { world, report, subjects, today } = await setUp();
  const openedAt = world.clock.now();
  await report({ fault: oil, openedAt, closedAt: null }, { fault: oil, openedAt, closedAt: later(openedAt, MINUTE) });
  expect(await subjects()).toEqual([]);
  const again = later(openedAt, 26 * HOUR);
  world.clock.set(again);
  await report({ fault: oil, openedAt: again, closedAt: null });
  await report({ fault: oil, openedAt: again, closedAt: later(again, 2 * MINUTE) });
  await report({ fault: oil, openedAt: later(again, 3 * MINUTE), closedAt: null });
  expect(await subjects()).toHaveLength(1);
  expect((await today()).faults).toHaveLength(1);
  await report({ fault: oil, openedAt: later(again, 3 * MINUTE), closedAt: later(again, 4 * MINUTE) });
  expect((await today()).faults).toEqual([]);
});

test("the customer gets no mail about live data that the shop doesn't share", async () => {
  const { world, shop, customer, report, subjects } = await setUp();
  await shop.db.batch([shop.db.update(customers, { sharesPositions: false }, eq(customers.id, customer.id))]);
  await report({ fault: oil, openedAt: world.clock.now(), closedAt: null });
  expect(await subjects()).toHaveLength(1);
  expect(await subjects(customer.email)).toEqual([]);
});

test("the board marks the orders of a unit with a critical fault", async () => {
  const { world, shop, customer, truck, report, board } = await setUp();
  const order = await shop.workOrder({ asset: truck, customer, state: "open" });
  expect(await board()).toMatchObject([{ id: order, criticalFault: false }]);
  await report({ fault: oil, openedAt: world.clock.now(), closedAt: null });
  expect(await board()).toMatchObject([{ id: order, criticalFault: true }]);
});
