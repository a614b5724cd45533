import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { type Assignment, assignmentAt, indexRoster, isVisibleTo } from "./roster";

const row = (over: Partial<Record<keyof Assignment, unknown>> = {}): Assignment =>
  ({ deviceId: "d1", assetId: "truck", customerId: "northline", from: 100, to: null, shared: true, ...over }) as Assignment; // plain numbers as instants keep the cases readable
const at = toUtcMs;

test("an assignment includes its start and excludes its end", () => {
  const rows = [row({ to: 200 }), row({ from: 200, assetId: "van" })];
  const asset = (instant: number) => assignmentAt(rows, "d1", at(instant))?.assetId ?? null;
  expect([99, 100, 199, 200, 1e12].map(asset)).toEqual([null, "truck", "truck", "van", "van"]);
  expect(assignmentAt(rows, "d2", at(150))).toBeNull();
});

test("the index knows all devices ever assigned and the asset's current row", () => {
  const roster = indexRoster([row({ to: 200 }), row({ deviceId: "phone", from: 150, to: 300 })]);
  expect([roster.knows("d1"), roster.knows("stranger")]).toEqual([true, false]);
  expect([roster.currentOf("truck", at(120)), roster.currentOf("truck", at(160)), roster.currentOf("truck", at(300))]).toMatchObject([
    { deviceId: "d1" },
    { deviceId: "phone" },
    null,
  ]);
});

describe("viewing customer", () => {
  const sees = (rows: Assignment[], recordedAt: number, now: number, customerId = "northline") =>
    isVisibleTo(indexRoster(rows), customerId, { deviceId: "d1", assetId: "truck", recordedAt: at(recordedAt), now: at(now) });

  test("sees their own shared asset, and no other customer does", () => {
    expect(sees([row()], 150, 160)).toBe(true);
    expect(sees([row()], 150, 160, "summit")).toBe(false);
    expect(sees([row({ shared: false })], 150, 160)).toBe(false);
    expect(sees([row()], 50, 160)).toBe(false);
  });

  test("owners of a transferred asset don't see each other's positions", () => {
    const sold = [row({ to: 200 }), row({ from: 200, customerId: "summit" })];
    expect(sees(sold, 150, 250)).toBe(false);
    expect(sees(sold, 150, 250, "summit")).toBe(false);
    expect(sees(sold, 250, 260, "summit")).toBe(true);
    expect(sees(sold, 250, 260)).toBe(false);
  });

  test("turning sharing off hides at once, also earlier positions", () => {
    expect(sees([row({ to: 200 }), row({ from: 200, shared: false })], 150, 250)).toBe(false);
  });

  test("a device moved to another asset or unassigned shows nothing", () => {
    expect(sees([row({ to: 200 }), row({ from: 200, assetId: "van" })], 250, 260)).toBe(false);
    expect(sees([row({ to: 200 })], 150, 250)).toBe(false);
  });

  test("if a second device on the asset isn't shared, both are hidden", () => {
    expect(sees([row(), row({ deviceId: "phone", shared: false })], 150, 250)).toBe(false);
  });
});

test("index and list agree, and a match is in force", () => {
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
