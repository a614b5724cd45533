import { asc, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { ok } from "~/kernel/result";
import { DAY, HOUR, later, MINUTE } from "~/kernel/time";
import { toMeters } from "~/kernel/units";
import { readUnitMeters } from "~/queries/staff/unit-meters.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import { createWorld } from "../../../../tests/world/world";
import { meterReadings } from "../asset.tables";
import { correctReading, decideReading } from "./decide-reading.server";
import { meterLog } from "./meter-log.store.server";
import { recordMeterReading } from "./record-meter-reading.server";
import { replaceMeter } from "./replace-meter.server";
import { undoReplacement } from "./undo-replacement.server";

async function unitWithMeter() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const staff = await shop.asStaff();
  const assetId = await shop.asset({ customer: await shop.customer() });
  const read = (displayValue: number, daysAgo = 0) =>
    recordMeterReading(staff, { assetId, meter: "odometer", displayValue, source: "read by Owner", at: later(world.clock.now(), -daysAgo * DAY) });
  const shown = async () => {
    const counted = (await readUnitRecord(staff.db, assetId))?.meters.odometer;
    return counted && { total: Math.round(counted.value / toMeters(1, "km")), dash: Math.round((counted.value - counted.offset) / toMeters(1, "km")) };
  };
  const log = async () =>
    (await readUnitMeters(staff.db, assetId, { now: world.clock.now() }))?.readings.map(({ receivedValue, status }) => [receivedValue, status]) ?? [];
  const inReview = async () => (await readUnitRecord(staff.db, assetId))?.inReview.map(({ meter, at, source }) => ({ assetId, meter, at, source })) ?? [];
  return { world, staff, assetId, read, shown, log, inReview };
}

test("a reading under review counts once it is accepted, and for nothing once it is dismissed", async () => {
  const { staff, world, read, shown, inReview, log } = await unitWithMeter();
  await read(991_211, 2);
  world.clock.pass(DAY);
  await read(76_712);
  const [held] = await inReview();
  expect(await shown()).toEqual({ total: 991_211, dash: 991_211 });
  if (!held) throw new Error("nothing is under review");
  expect(await decideReading(staff, held, "accept")).toEqual(ok(null));
  expect(await decideReading(staff, held, "accept")).toEqual(ok(null));
  expect(await shown()).toEqual({ total: 76_712, dash: 76_712 });
  expect(await decideReading(staff, held, "dismiss")).toEqual(ok(null));
  expect(await shown()).toEqual({ total: 991_211, dash: 991_211 });
  expect(await log()).toEqual([
    [76_712, "dismissed"],
    [991_211, "counted"],
  ]);
});

test("a correction takes the place of what was mistyped, if it fits the readings around it", async () => {
  const { staff, read, shown, inReview, log } = await unitWithMeter();
  await read(100_000, 2);
  await read(1_003_000, 1);
  const [held] = await inReview();
  if (!held) throw new Error("nothing is under review");
  expect(await correctReading(staff, held, 90_000)).toEqual({ ok: false, error: { kind: "does-not-fit", reason: "rollback" } });
  expect(await correctReading(staff, held, 100_300)).toEqual(ok(null));
  expect(await shown()).toEqual({ total: 100_300, dash: 100_300 });
  expect(await log()).toEqual([
    [100_300, "counted"],
    [1_003_000, "dismissed"],
    [100_000, "counted"],
  ]);
});

test("a counted reading can be corrected too, without being judged against itself", async () => {
  const { staff, world, assetId, read, shown } = await unitWithMeter();
  await read(100_000, 30);
  await read(109_000);
  const key = { assetId, meter: "odometer", at: world.clock.now(), source: "read by Owner" } as const;
  expect(await correctReading(staff, key, 100_900)).toEqual(ok(null));
  expect(await shown()).toEqual({ total: 100_900, dash: 100_900 });
});

test("a second reading of the same minute is kept beside the first, and the same one sent again is not", async () => {
  const { staff, read, shown, log, inReview } = await unitWithMeter();
  await read(100_000, 2);
  expect(await read(100_900, 1)).toEqual(ok({ status: "counted", reason: null }));
  expect(await read(100_300, 1)).toEqual(ok({ status: "review", reason: "rollback" }));
  expect(await read(100_300, 1)).toEqual(ok({ status: "review", reason: "rollback" }));
  expect(await read(101_000, 1)).toEqual(ok({ status: "counted", reason: null }));
  expect(await shown()).toEqual({ total: 101_000, dash: 101_000 });
  expect(await log()).toEqual([
    [101_000, "counted"],
    [100_300, "review"],
    [100_900, "counted"],
    [100_000, "counted"],
  ]);
  const [held] = await inReview();
  if (!held) throw new Error("nothing is under review");
  await decideReading(staff, held, "dismiss");
  expect(await read(100_300, 1)).toEqual(ok({ status: "review", reason: "rollback" }));
  expect((await log()).map(([value, status]) => `${value} ${status}`)).toContain("100300 review");
});

test("two people at once each have their reading of the same minute", async () => {
  const { read, log } = await unitWithMeter();
  await read(100_000, 2);
  const both = await Promise.all([read(100_300, 1), read(100_301, 1)]);
  expect(both.map((one) => one.ok)).toEqual([true, true]);
  expect((await log()).map(([value]) => value).sort()).toEqual([100_000, 100_300, 100_301]);
});

test("a correction can be corrected again by the same person, and one of what somebody dismissed is refused", async () => {
  const { staff, world, assetId, read, shown, log } = await unitWithMeter();
  await read(100_000, 30);
  await read(109_000);
  const at = world.clock.now();
  const key = { assetId, meter: "odometer", at, source: "read by Owner" } as const;
  expect(await correctReading(staff, key, 100_900)).toEqual(ok(null));
  expect(await correctReading(staff, key, 100_900)).toEqual(ok(null));
  expect(await correctReading(staff, key, 100_700)).toEqual({ ok: false, error: { kind: "stale" } });
  const corrected = { ...key, source: `corrected by ${staff.db.scope.actor.name}` };
  expect(await correctReading(staff, corrected, 100_800)).toEqual(ok(null));
  expect(await shown()).toEqual({ total: 100_800, dash: 100_800 });
  expect((await log()).sort()).toEqual([
    [100_000, "counted"],
    [100_800, "counted"],
    [100_900, "dismissed"],
    [109_000, "dismissed"],
  ]);
});

test("an earlier reading fits between its neighbors or is held, and changes nothing newer", async () => {
  const { read, shown } = await unitWithMeter();
  await read(100_000, 10);
  await read(102_000);
  expect(await read(101_000, 5)).toEqual(ok({ status: "counted", reason: null }));
  expect(await read(103_000, 4)).toEqual(ok({ status: "review", reason: "rollback" }));
  expect(await read(50_000, -1)).toEqual({ ok: false, error: { kind: "in-future" } });
  expect(await shown()).toEqual({ total: 102_000, dash: 102_000 });
});

const KM = toMeters(1, "km");

test("a replacement that looks wrong is asked about, and saved as a person confirmed it", async () => {
  const { staff, world, assetId, read, shown, log } = await unitWithMeter();
  await read(412_000, 20);
  await read(412_800, 2);
  const replaced = { assetId, meter: "odometer", at: later(world.clock.now(), -10 * DAY), newShows: 0, name: "" } as const;
  const doubtful = (...doubts: string[]) => ({ ok: false, error: { kind: "doubtful", doubts } });
  expect(await replaceMeter(staff, { ...replaced, oldShows: 41_250 })).toMatchObject(doubtful("old-rollback", "later-1"));
  expect(await replaceMeter(staff, { ...replaced, oldShows: 4_125_000 })).toMatchObject(doubtful("old-jump", "later-1"));
  expect(await replaceMeter(staff, { ...replaced, oldShows: null, newShows: 9_999_999 })).toMatchObject(doubtful("new-too-high", "later-1"));
  expect(await shown()).toEqual({ total: 412_800, dash: 412_800 });
  // At 412,800 the new meter that showed zero ten days ago ran too far.
  expect(await replaceMeter(staff, { ...replaced, oldShows: 412_500, confirmed: "old-rollback later-1" })).toMatchObject(doubtful("later-1"));
  expect(await replaceMeter(staff, { ...replaced, oldShows: 412_500, confirmed: "later-1" })).toEqual(ok({ held: 1 }));
  expect(await shown()).toEqual({ total: 412_500, dash: 0 });
  expect((await log())[0]).toEqual([412_800, "review"]);
  const [held] = (await readUnitMeters(staff.db, assetId, { now: world.clock.now() }))?.inReview ?? [];
  expect(held).toMatchObject({ reason: "jump", value: 825_300 * KM });
});

test("a replacement can be undone: readings since then are the old meter's again, and it can be replaced anew", async () => {
  const { staff, world, assetId, read, shown, log, inReview } = await unitWithMeter();
  await read(412_000, 20);
  expect(await read(150, 3)).toEqual(ok({ status: "review", reason: "rollback" }));
  const replaced = { assetId, meter: "odometer", at: later(world.clock.now(), -10 * DAY), oldShows: 412_500, newShows: 0, name: "new cluster" } as const;
  expect(await replaceMeter(staff, replaced)).toEqual(ok({ held: 0 }));
  await read(400);
  expect(await shown()).toEqual({ total: 412_900, dash: 400 });
  const instrument = async () => (await readUnitMeters(staff.db, assetId, { now: world.clock.now() }))?.replaced;
  const [used] = (await instrument()) ?? [];
  if (!used) throw new Error("no meter was replaced");
  const stranger = await (await world.shop()).asStaff();
  expect(await undoReplacement(stranger, { assetId, meterId: used.id })).toEqual({ ok: false, error: { kind: "not-found" } });
  const lastOfChart = async () => (await readUnitMeters(staff.db, assetId, { now: world.clock.now() }))?.days.at(-1)?.value;
  expect(await lastOfChart()).toBe(412_900 * KM);
  expect(await undoReplacement(staff, { assetId, meterId: used.id })).toEqual(ok({ held: 2 }));
  expect(await lastOfChart()).toBe(412_000 * KM);
  expect(await undoReplacement(staff, { assetId, meterId: used.id })).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await instrument()).toEqual([]);
  expect(await shown()).toEqual({ total: 412_000, dash: 412_000 });
  expect(await log()).toEqual([
    [400, "review"],
    [150, "review"],
    [0, "dismissed"],
    [412_500, "dismissed"],
    [412_000, "counted"],
  ]);
  expect(await read(413_000, 1)).toEqual(ok({ status: "counted", reason: null }));
  for (const held of await inReview()) await decideReading(staff, held, "dismiss");

  expect(await replaceMeter(staff, { ...replaced, oldShows: 412_400, newShows: 412_300 })).toEqual(ok({ held: 0 }));
  expect(await shown()).toEqual({ total: 413_100, dash: 413_000 });
  const [again] = (await instrument()) ?? [];
  if (!again) throw new Error("it wasn't replaced anew");
  expect(await undoReplacement(staff, { assetId, meterId: again.id })).toEqual(ok({ held: 0 }));
  expect(await shown()).toEqual({ total: 413_000, dash: 413_000 });
});

test("undoing the second replacement of a meter leaves the first one, which can be undone next", async () => {
  const { staff, world, assetId, read, shown } = await unitWithMeter();
  await read(412_000, 20);
  const at = (daysAgo: number) => later(world.clock.now(), -daysAgo * DAY);
  const replaced = { assetId, meter: "odometer", newShows: 0, name: "" } as const;
  expect(await replaceMeter(staff, { ...replaced, at: at(15), oldShows: 412_100 })).toEqual(ok({ held: 0 }));
  await read(500, 12);
  expect(await replaceMeter(staff, { ...replaced, at: at(10), oldShows: 700 })).toEqual(ok({ held: 0 }));
  const undo = async () => {
    const [used] = (await readUnitMeters(staff.db, assetId, { now: world.clock.now() }))?.replaced ?? [];
    return used ? undoReplacement(staff, { assetId, meterId: used.id }) : null;
  };
  expect(await undo()).toEqual(ok({ held: 0 }));
  expect(await read(900, 8)).toEqual(ok({ status: "counted", reason: null }));
  expect(await shown()).toEqual({ total: 413_000, dash: 900 });
  expect(await undo()).toEqual(ok({ held: 2 }));
  expect(await undo()).toBeNull();
  expect(await shown()).toEqual({ total: 412_000, dash: 412_000 });
});

test("a replacement long ago moves every reading since, and names why one is held", async () => {
  const { staff, world, assetId, read, shown } = await unitWithMeter();
  await read(500_000, 201);
  const rows = Array.from({ length: 1_200 }, (_, n) => ({
    assetId,
    meter: "odometer" as const,
    at: later(world.clock.now(), -200 * DAY + n * 4 * HOUR),
    source: "telematics",
    value: (500_010 + n * 10) * KM,
    receivedValue: (500_010 + n * 10) * 1_000,
    receivedUnit: "m",
    status: "counted" as const,
    reason: null,
  }));
  for (let from = 0; from < rows.length; from += 100) await staff.db.batch(meterLog(staff.db).rows(rows.slice(from, from + 100)));
  const values = () =>
    staff.db.query({
      from: meterReadings,
      columns: { value: meterReadings.value, status: meterReadings.status, reason: meterReadings.reason },
      where: sql`${meterReadings.source} = 'telematics'`,
      orderBy: [asc(meterReadings.at)],
      limit: 2_000,
    });
  const replaced = { assetId, meter: "odometer", at: later(world.clock.now(), -200 * DAY - HOUR), oldShows: 500_000, name: "" } as const;
  expect(await replaceMeter(staff, { ...replaced, newShows: 499_990 })).toEqual(ok({ held: 0 }));
  expect((await values()).map(({ value }) => Math.round(value / KM))).toEqual(rows.map(({ value }) => Math.round(value / KM) + 10));
  expect(await shown()).toEqual({ total: 512_010, dash: 512_000 });
  const [used] = (await readUnitMeters(staff.db, assetId, { now: world.clock.now() }))?.replaced ?? [];
  if (!used) throw new Error("no meter was replaced");
  expect(await undoReplacement(staff, { assetId, meterId: used.id })).toEqual(ok({ held: 0 }));
  expect((await values()).map(({ value }) => Math.round(value / KM))).toEqual(rows.map(({ value }) => Math.round(value / KM)));
  // Far ahead of what it can have run from zero: all of them are held, each with its reason.
  expect(await replaceMeter(staff, { ...replaced, newShows: 600_000, confirmed: "later-1200" })).toEqual(ok({ held: 1_200 }));
  expect(new Set((await values()).map(({ status, reason }) => `${status} ${reason}`))).toEqual(new Set(["review rollback"]));
});

test("after a replacement the total goes on, and what the new meter showed since is judged again", async () => {
  const { staff, world, assetId, read, shown, inReview } = await unitWithMeter();
  await read(412_000, 20);
  expect(await read(150, 3)).toEqual(ok({ status: "review", reason: "rollback" }));
  const replaced = { assetId, meter: "odometer", oldShows: 412_500, newShows: 0, name: "new cluster" } as const;
  expect(await replaceMeter(staff, { ...replaced, at: later(world.clock.now(), -10 * DAY) })).toEqual(ok({ held: 0 }));
  expect(await inReview()).toEqual([]);
  expect(await shown()).toEqual({ total: 412_650, dash: 150 });
  expect(await read(400)).toEqual(ok({ status: "counted", reason: null }));
  expect(await shown()).toEqual({ total: 412_900, dash: 400 });
  expect(await replaceMeter(staff, { ...replaced, at: later(world.clock.now(), -11 * DAY) })).toEqual({ ok: false, error: { kind: "before-last" } });
});

test("another shop's readings are neither found nor changed", async () => {
  const { world, read, inReview, shown, assetId } = await unitWithMeter();
  await read(100_000, 2);
  await read(90_000);
  const stranger = await (await world.shop()).asStaff();
  const [held] = await inReview();
  if (!held) throw new Error("nothing is under review");
  for (const refused of [
    await decideReading(stranger, held, "accept"),
    await correctReading(stranger, held, 100_001),
    await recordMeterReading(stranger, { assetId, meter: "odometer", displayValue: 100_005, source: "mischief" }),
    await replaceMeter(stranger, { assetId, meter: "odometer", at: world.clock.now(), oldShows: 1, newShows: 0, name: "" }),
  ])
    expect(refused).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await shown()).toEqual({ total: 100_000, dash: 100_000 });
});

test("older readings come by page, each once, while what is in doubt and the chart stay on every page", async () => {
  const { staff, world, assetId, read } = await unitWithMeter();
  await read(900_000, 130);
  for (let daysAgo = 129; daysAgo >= 0; daysAgo--) expect((await read(900_000 + (129 - daysAgo) * 100, daysAgo)).ok).toBe(true);
  world.clock.pass(DAY);
  await read(12);
  const now = world.clock.now();
  const first = await readUnitMeters(staff.db, assetId, { now });
  const second = await readUnitMeters(staff.db, assetId, { now, after: first?.next });
  const all = [...(first?.readings ?? []), ...(second?.readings ?? [])].map(({ at, receivedValue }) => `${at} ${receivedValue}`);
  expect([first?.readings.length, second?.readings.length, second?.next, new Set(all).size]).toEqual([100, 32, null, 132]);
  expect([first?.inReview.length, second?.inReview.length]).toEqual([1, 1]);
  expect(second?.days).toEqual(first?.days);
  expect(first?.days.at(-1)?.value).toBe(toMeters(912_900, "km"));
});

test("a reading of now that is sent twice, at once or moments later, is one reading; another value or a later minute is another", async () => {
  const { world, staff, assetId, log } = await unitWithMeter();
  const press = (displayValue: number) => recordMeterReading(staff, { assetId, meter: "odometer", displayValue, source: "read by Owner" });
  world.clock.pass(400);
  await Promise.all([press(100_000), press(100_000)]);
  world.clock.pass(2_345);
  expect(await press(100_000)).toEqual(ok({ status: "counted", reason: null }));
  expect(await log()).toEqual([[100_000, "counted"]]);
  await press(100_010);
  world.clock.pass(2 * MINUTE);
  await press(100_010);
  expect(await log()).toEqual([
    [100_010, "counted"],
    [100_010, "counted"],
    [100_000, "counted"],
  ]);
});
