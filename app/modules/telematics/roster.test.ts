import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { type Assignment, assignmentAt, indexRoster, isVisibleTo } from "./roster";

const row = (over: Partial<Record<keyof Assignment, unknown>> = {}): Assignment =>
  ({ deviceId: "d1", assetId: "truck", customerId: "northline", from: 100, to: null, shared: true, ...over }) as Assignment; // as: plain numbers for instants keep the cases readable
const at = toUtcMs;

test("an assignment begins at its first instant and ends before its last", () => {
  const rows = [row({ to: 200 }), row({ from: 200, assetId: "van" })];
  const asset = (instant: number) => assignmentAt(rows, "d1", at(instant))?.assetId ?? null;
  expect([99, 100, 199, 200, 1e12].map(asset)).toEqual([null, "truck", "truck", "van", "van"]);
  expect(assignmentAt(rows, "d2", at(150))).toBeNull();
});

test("the index knows devices that were ever assigned and the asset's row of today", () => {
  const roster = indexRoster([row({ to: 200 }), row({ deviceId: "phone", from: 150, to: 300 })]);
  expect([roster.knows("d1"), roster.knows("stranger")]).toEqual([true, false]);
  expect([roster.currentOf("truck", at(120)), roster.currentOf("truck", at(160)), roster.currentOf("truck", at(300))]).toMatchObject([
    { deviceId: "d1" },
    { deviceId: "phone" },
    null,
  ]);
});

describe("what a customer sees", () => {
  const sees = (rows: Assignment[], recordedAt: number, now: number, customerId = "northline") =>
    isVisibleTo(indexRoster(rows), customerId, { deviceId: "d1", assetId: "truck", recordedAt: at(recordedAt), now: at(now) });

  test("its own shared asset, and nobody else does", () => {
    expect(sees([row()], 150, 160)).toBe(true);
    expect(sees([row()], 150, 160, "summit")).toBe(false);
    expect(sees([row({ shared: false })], 150, 160)).toBe(false);
    expect(sees([row()], 50, 160)).toBe(false);
  });

  test("an asset that changed hands shows neither owner the other's position", () => {
    const sold = [row({ to: 200 }), row({ from: 200, customerId: "summit" })];
    expect(sees(sold, 150, 250)).toBe(false);
    expect(sees(sold, 150, 250, "summit")).toBe(false);
    expect(sees(sold, 250, 260, "summit")).toBe(true);
    expect(sees(sold, 250, 260)).toBe(false);
  });

  test("sharing switched off hides at once, also what was taken while it was on", () => {
    expect(sees([row({ to: 200 }), row({ from: 200, shared: false })], 150, 250)).toBe(false);
  });

  test("a device that moved to another asset, or was taken off, shows nothing", () => {
    expect(sees([row({ to: 200 }), row({ from: 200, assetId: "van" })], 250, 260)).toBe(false);
    expect(sees([row({ to: 200 })], 150, 250)).toBe(false);
  });

  test("where a second device on the asset is not shared, the doubt hides both", () => {
    expect(sees([row(), row({ deviceId: "phone", shared: false })], 150, 250)).toBe(false);
  });
});

test("index and list agree, and a hit is in force", () => {
  const instant = fc.integer({ min: 0, max: 50 });
  const rows = fc.array(
    fc
      .record({
        deviceId: fc.constantFrom("a", "b"),
        assetId: fc.constantFrom("x", "y"),
        from: instant,
        length: fc.option(instant),
        shared: fc.boolean(),
      })
      .map(({ length, ...rest }) => row({ ...rest, to: length === null ? null : rest.from + length })),
  );
  fc.assert(
    fc.property(rows, instant, fc.constantFrom("a", "b"), (all, when, device) => {
      const found = indexRoster(all).assignmentAt(device, at(when));
      expect(found).toEqual(assignmentAt(all, device, at(when)));
      expect(found !== null).toBe(all.some((r) => r.deviceId === device && r.from <= when && (r.to === null || when < r.to)));
    }),
  );
});
