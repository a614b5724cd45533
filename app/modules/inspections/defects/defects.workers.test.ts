import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { HOUR } from "~/kernel/time";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { journal } from "~/platform/database/tenant.tables";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import type { Customer, Shop } from "../../../../tests/world/shop";
import { createWorld, type World } from "../../../../tests/world/world";
import { inspectionDefects } from "../inspection.tables";
import { type FiledReport, fileReport } from "../inspections.fixtures";
import { addDefectsToOrders } from "./add-defects-to-order.server";
import { certifyDefects } from "./certify-defects.server";
import { certificationRound, defectState, unitCondition } from "./defect";
import { loadDefects, ofUnits } from "./defects.store.server";

type Staff = Awaited<ReturnType<Shop["asStaff"]>>;
let world: World;
let shop: Shop;
let staff: Staff;
let customer: Customer;
let driver: Awaited<ReturnType<Shop["driver"]>>;
let asset: Id<"asset">;

beforeAll(async () => {
  world = await createWorld();
  shop = await world.shop();
  staff = await shop.asStaff();
  customer = await shop.customer();
  driver = await shop.driver({ customer });
  asset = await shop.asset({ customer });
});

const report = (more: Partial<Parameters<typeof fileReport>[1]> = {}): Promise<FiledReport> => fileReport(shop, { customer, driver, asset, ...more });
const one = async (id: Id<"defect"> | undefined) => (await loadDefects(shop.db, eq(inspectionDefects.id, id as Id<"defect">)))[0];
const stateIn = async (id: Id<"defect"> | undefined) => {
  const [row] = await shop.db.query({
    from: inspectionDefects,
    columns: { state: inspectionDefects.state },
    where: eq(inspectionDefects.id, id as Id<"defect">),
    limit: 1,
  });
  return row?.state;
};
const repaired = { outcome: "repaired", reason: "New steer tires", signedName: "Sam Ode" } as const;

describe("certifying", () => {
  test("signs several defects of a unit at once, on the record and for the driver's next review", async () => {
    const { defects } = await report({ defects: [{ severity: "safety" }, { part: "lights", problem: "broken" }] });
    expect(unitCondition(await loadDefects(shop.db, ofUnits([asset])))).toBe("do-not-operate");
    const picks = defects.map((id) => ({ id, round: 1 }));
    expect(await certifyDefects(staff, picks, repaired)).toEqual({ ok: true, value: { signed: 2 } });
    for (const id of defects) {
      expect(await stateIn(id)).toBe("certified");
      expect((await one(id))?.certifications).toMatchObject([{ round: 1, outcome: "repaired", reason: "New steer tires", signedName: "Sam Ode" }]);
    }
    const entries = await shop.db.query({
      from: journal,
      columns: { event: journal.event, about: journal.about, version: journal.version },
      where: eq(journal.recordId, defects[0] ?? ""),
      limit: 5,
    });
    expect(entries).toEqual([{ event: "defect.certified", about: asset, version: 1 }]);
    expect(unitCondition(await loadDefects(shop.db, ofUnits([asset])))).toBe("review-pending");
  });

  test("sent twice by the same person signs once; what another signed meanwhile is refused in words", async () => {
    const { defects } = await report({ defects: [{}] });
    const picks = defects.map((id) => ({ id, round: 1 }));
    expect((await certifyDefects(staff, picks, repaired)).ok).toBe(true);
    expect(await certifyDefects(staff, picks, repaired)).toEqual({ ok: true, value: { signed: 0 } });
    const other = await certifyDefects(staff, picks, { ...repaired, signedName: "Ivo Lang" });
    expect(other).toMatchObject({
      ok: false,
      error: { kind: "not-allowed", message: '"Tires: worn" was certified by Sam Ode already. Nothing was signed again.' },
    });
    expect((await one(defects[0]))?.certifications).toHaveLength(1);
  });

  test("by two people at the same time is one certification", async () => {
    const { defects } = await report({ defects: [{}] });
    const picks = defects.map((id) => ({ id, round: 1 }));
    const both = await Promise.all(["Sam Ode", "Ivo Lang"].map((signedName) => certifyDefects(staff, picks, { ...repaired, signedName })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await one(defects[0]))?.certifications).toHaveLength(1);
  });

  test("all of what was chosen or nothing: one that is certified already holds back the others", async () => {
    const { defects } = await report({ defects: [{}, {}] });
    const [first, second] = defects;
    await certifyDefects(staff, [{ id: first as Id<"defect">, round: 1 }], { ...repaired, signedName: "Ivo Lang" });
    expect(
      (
        await certifyDefects(
          staff,
          defects.map((id) => ({ id, round: 1 })),
          repaired,
        )
      ).ok,
    ).toBe(false);
    expect(await stateIn(second)).toBe("open");
  });

  test("a rejected repair opens the next round, and a form of the round before is refused", async () => {
    const { defects } = await report({ defects: [{ severity: "safety" }] });
    const [id] = defects as [Id<"defect">];
    await certifyDefects(staff, [{ id, round: 1 }], repaired);
    world.clock.pass(HOUR);
    await report({ reviews: [{ defectId: id, round: 1, outcome: "rejected", reason: "Still flat" }] });
    expect(await stateIn(id)).toBe("open");
    expect(await certifyDefects(staff, [{ id, round: 1 }], { ...repaired, signedName: "Ivo Lang" })).toMatchObject({ error: { kind: "not-allowed" } });
    expect((await certifyDefects(staff, [{ id, round: 2 }], repaired)).ok).toBe(true);
    await report({ reviews: [{ defectId: id, round: 2, outcome: "accepted" }] });
    expect(await stateIn(id)).toBe("closed");
  });

  test("another shop's defects don't exist here, and nothing chosen is refused", async () => {
    const { defects } = await report({ defects: [{}] });
    const stranger = await (await world.shop()).asStaff();
    expect(
      await certifyDefects(
        stranger,
        defects.map((id) => ({ id, round: 1 })),
        repaired,
      ),
    ).toMatchObject({ error: { kind: "not-found" } });
    expect(await certifyDefects(staff, [], repaired)).toMatchObject({ error: { kind: "nothing-chosen" } });
  });

  test("the state kept for lists is the one that the rules find, whatever was signed", async () => {
    const { defects } = await report({ defects: [{}, {}, {}, {}] });
    const [a, b, c] = defects as [Id<"defect">, Id<"defect">, Id<"defect">];
    await certifyDefects(
      staff,
      [a, b, c].map((id) => ({ id, round: 1 })),
      repaired,
    );
    await report({ at: world.clock.now(), stillThere: [a] });
    world.clock.pass(HOUR);
    await report({ stillThere: [b], reviews: [{ defectId: c, round: 1, outcome: "accepted" }] });
    await report({ reviews: [{ defectId: c, round: 1, outcome: "rejected" }] });
    for (const id of defects) {
      const defect = await one(id);
      expect(defect && defectState(defect)).toBe(await stateIn(id));
    }
    expect([await stateIn(a), await stateIn(b), await stateIn(c)]).toEqual(["certified", "open", "open"]);
    expect(certificationRound((await one(b)) ?? { severity: "minor", certifications: [], reviews: [], sightings: [] })).toBe(2);
  });
});

describe("adding to work orders", () => {
  const orderOf = async (id: Id<"workOrder">) => (await readOrderRecord(staff, id))?.order;

  test("makes a job with one unpriced line per defect on a new order, marked where safety is concerned", async () => {
    const unit = await shop.asset({ customer });
    const { defects } = await report({
      asset: unit,
      defects: [
        { severity: "safety", note: "Cords show on the left steer." },
        { part: "mirrors", problem: "broken" },
      ],
    });
    const workOrderId = newId("workOrder");
    const added = await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId }]);
    expect(added).toMatchObject({ ok: true, value: { added: [{ workOrderId, defects: 2 }], refused: null } });
    const order = await orderOf(workOrderId);
    expect(order).toMatchObject({ state: "open", assetId: unit, customerId: customer.id });
    const jobs = order?.jobs ?? [];
    expect(jobs.map(({ complaint }) => complaint).sort()).toEqual(["Mirrors: broken or cracked", "Tires: worn. Cords show on the left steer."]);
    for (const job of jobs) {
      expect(job.lines).toHaveLength(1);
      expect(job.lines[0]).toMatchObject({ priceOpen: true, each: 0 });
      expect(job.lines[0]?.safety ?? false).toBe(job.complaint.startsWith("Tires"));
    }
    for (const id of defects) {
      const defect = await one(id);
      expect(defect?.workOrderId).toBe(workOrderId);
      expect(jobs.map((job) => job.id)).toContain(defect?.jobId);
    }
  });

  test("twice by the same form is one order with one job each", async () => {
    const unit = await shop.asset({ customer });
    const { defects } = await report({ asset: unit, defects: [{}] });
    const workOrderId = newId("workOrder");
    for (let time = 0; time < 2; time++) expect((await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId }])).ok).toBe(true);
    expect((await orderOf(workOrderId))?.jobs).toHaveLength(1);
    const elsewhere = await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId: newId("workOrder") }]);
    expect(elsewhere).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  });

  test("at the same time from two pages is one job, on one of the two orders", async () => {
    const unit = await shop.asset({ customer });
    const { defects } = await report({ asset: unit, defects: [{}] });
    const ids = [newId("workOrder"), newId("workOrder")];
    const both = await Promise.all(ids.map((workOrderId) => addDefectsToOrders(staff, [{ defectIds: defects, workOrderId }])));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await Promise.all(ids.map(orderOf))).filter((order) => order !== undefined)).toHaveLength(1);
  });

  test("to an order that the unit has: after its jobs; not to another unit's or a canceled one", async () => {
    const unit = await shop.asset({ customer });
    const { defects } = await report({ asset: unit, defects: [{}] });
    const workOrderId = newId("workOrder");
    await openWorkOrder(staff, { id: workOrderId, assetId: unit, complaint: "PM", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false });
    const foreign = await shop.workOrder({ asset, customer });
    expect(await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId: foreign }])).toMatchObject({ error: { kind: "not-allowed" } });
    const canceled = await shop.workOrder({ asset: unit, customer, state: "canceled" });
    expect(await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId: canceled }])).toMatchObject({ error: { kind: "not-allowed" } });
    expect((await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId }])).ok).toBe(true);
    expect((await orderOf(workOrderId))?.jobs.map(({ position, complaint }) => [position, complaint])).toEqual([
      [1, "PM"],
      [2, "Tires: worn"],
    ]);
  });

  test("again where the order was canceled", async () => {
    const unit = await shop.asset({ customer });
    const { defects } = await report({ asset: unit, defects: [{}] });
    const [first, second] = [newId("workOrder"), newId("workOrder")];
    await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId: first }]);
    await shop.db.batch([shop.db.update(workOrders, { state: "canceled" }, eq(workOrders.id, first))]);
    expect((await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId: second }])).ok).toBe(true);
    expect((await one(defects[0]))?.workOrderId).toBe(second);
  });

  test("of several units opens an order for each; a refusal comes with what was added before it", async () => {
    const units = [await shop.asset({ customer }), await shop.asset({ customer })];
    const reports = await Promise.all(units.map((unit) => report({ asset: unit, defects: [{}] })));
    const additions = reports.map((it) => ({ defectIds: it.defects, workOrderId: newId("workOrder") }));
    await certifyDefects(
      staff,
      (reports[1]?.defects ?? []).map((id) => ({ id, round: 1 })),
      repaired,
    );
    const added = await addDefectsToOrders(staff, additions);
    expect(added).toMatchObject({ ok: true, value: { added: [{ unit: reports[0]?.unit }], refused: '"Tires: worn" is certified already.' } });
  });
});
