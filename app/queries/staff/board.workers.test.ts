import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { DAY, MINUTE } from "~/kernel/time";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { OrderFilter } from "~/modules/work-orders/order-filters";
import { estimateShop, partLine, writtenOrder } from "../../../tests/world/estimates";
import { createWorld } from "../../../tests/world/world";
import { readBoard } from "./board.server";
import { readOrderList } from "./order-list.server";

test("the board shows one organization's orders, longest waiting first", async () => {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const [shop, other] = [await world.shop(), await world.shop()];
  const [customer, theirs] = [await shop.customer(), await other.customer()];
  const asset = await shop.asset({ customer });
  await other.workOrder({ asset: await other.asset({ customer: theirs }), customer: theirs });
  const first = await shop.workOrder({ asset, customer, state: "on-hold" });
  world.clock.pass(MINUTE);
  const second = await shop.workOrder({ asset, customer, state: "draft" });
  const staff = await shop.asStaff();
  expect((await changeWorkOrder(staff, second, { intent: "arrive" })).ok).toBe(true);
  const cards = await readBoard(staff.db, world.clock.now());
  expect(cards.map(({ id, state }) => [id, state])).toEqual([
    [first, "on-hold"],
    [second, "draft"],
  ]);
  expect(cards[0]?.unitNumber).toMatch(/^U-/);
  expect(cards[0]?.customer).toMatch(/^Customer/);
});

test("a completed order leaves the board after a week; invoiced and canceled ones are not on it", async () => {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const done = await shop.workOrder({ asset, customer, state: "completed" });
  for (const state of ["invoiced", "canceled"] as const) await shop.workOrder({ asset, customer, state });
  const { db } = await shop.asStaff();
  world.clock.pass(7 * DAY);
  expect((await readBoard(db, world.clock.now())).map(({ id }) => id)).toEqual([done]);
  world.clock.pass(1);
  expect(await readBoard(db, world.clock.now())).toEqual([]);
});

test("a draft that staff wrote is on the board and among open work only while its unit is at the shop", async () => {
  const { staff, asset, world } = await estimateShop();
  const { id } = await writtenOrder(staff, asset, [{ lines: [partLine("Drums", 100_00)] }], { asDraft: true });
  const listed = async (filter: OrderFilter) => {
    const { rows } = await readOrderList(staff.db, { filter, query: "", after: null, me: newId("membership") });
    return rows.map((row) => row.id);
  };
  const shown = async () => [(await readBoard(staff.db, world.clock.now())).map((card) => card.id), await listed("current")];
  expect(await shown()).toEqual([[], []]);
  expect(await listed("draft")).toEqual([id]);
  expect((await changeWorkOrder(staff, id, { intent: "arrive" })).ok).toBe(true);
  expect(await shown()).toEqual([[id], [id]]);
  expect((await changeWorkOrder(staff, id, { intent: "release" })).ok).toBe(true);
  expect(await shown()).toEqual([[], []]);
});
