import type { Id } from "~/kernel/ids";
import { DAY, dayOf, later, type UtcMs } from "~/kernel/time";
import { meterReadings } from "~/modules/assets/asset.tables";
import { maintenanceStore } from "~/modules/maintenance/maintenance.store.server";
import { countCannedWork } from "~/modules/maintenance/orders/count-canned.server";
import type { Baseline, Plan } from "~/modules/maintenance/plan";
import { refreshUnits } from "~/modules/maintenance/refresh-schedules.server";
import type { Template } from "~/modules/maintenance/template";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type DemoCustomer, readingOf } from "./fleets";
import { demoId } from "./ids";

const ZONE = "America/Chicago";
const MILE = 1_609.344;
const HOUR_SECONDS = 3_600;
type Shop = { db: ScopedDatabase<"job">; now: UtcMs };

const distance = (miles: number): Plan => ({ meters: [{ meter: "odometer", every: miles * MILE, soon: miles * MILE * 0.1 }], calendar: null, grace: 10 });
const hours = (count: number): Plan => ({
  meters: [{ meter: "engine", every: count * HOUR_SECONDS, soon: count * HOUR_SECONDS * 0.1 }],
  calendar: null,
  grace: 10,
});
const yearly = (fixed: boolean): Plan => ({ meters: [], calendar: { every: 12, unit: "month", soonDays: 30, fixed }, grace: 0 });

/** Templates and schedules of a demo shop: overdue, due, due soon and current ones, with readings that give their use a day. */
export async function maintenanceDemo({ db, now }: Shop, slug: "harbor" | "ridge", fleets: readonly DemoCustomer[], cannedKey: string): Promise<void> {
  const store = maintenanceStore(db);
  const template = (
    key: string,
    name: string,
    category: Template["category"],
    kind: Template["kind"],
    plan: Plan,
    cannedJobId: Template["cannedJobId"] = null,
  ): Template => ({
    id: demoId("maintenanceTemplate", `${slug} ${key}`),
    name,
    category,
    kind,
    plan,
    cannedJobId,
    version: 1,
  });
  const at = later(now, -300 * DAY);
  const service = template(
    "service",
    slug === "harbor" ? "Highway A-service" : "Ridge PM service",
    "service",
    "truck",
    distance(25_000),
    demoId("cannedJob", `${slug} ${cannedKey}`),
  );
  const equipment = template("equipment", "500-hour service", "service", "equipment", hours(500));
  const inspection = template("inspection", "Annual DOT inspection", "inspection", null, yearly(false));
  const registration = template("registration", "Registration", "registration", null, yearly(true));
  for (const one of [service, equipment, inspection, registration]) await store.saveTemplate(one, at);
  const units = fleets.flatMap((customer) => customer.units);
  // From far over to just done: each unit is somewhere else in its interval.
  const used = (n: number): number => [1.13, 0.93, 0.4, 1.02, 0.15, 0.7, 0.97, 0.3][n % 8] ?? 0;
  const dayAgo = (days: number) => dayOf(later(now, -days * DAY), ZONE);
  for (const [n, unit] of units.entries()) {
    const assetId = demoId("asset", `${slug} ${unit.unit}`);
    const read = readingOf(unit);
    const schedule = (of: Template, baseline: Baseline) =>
      store.newSchedules(of, [{ id: demoId("schedule", `${slug} ${unit.unit} ${of.name}`), assetId, baseline }], later(now, -90 * DAY));
    const meter = unit.kind === "truck" ? ("odometer" as const) : ("engine" as const);
    const one = meter === "odometer" ? MILE : HOUR_SECONDS;
    const interval = meter === "odometer" ? 25_000 : 500;
    const statements =
      read === null
        ? []
        : schedule(meter === "odometer" ? service : equipment, { means: "last-done", day: dayAgo(80), meters: { [meter]: (read - interval * used(n)) * one } });
    if (read !== null)
      statements.push(
        ...[85, 28].map((days) => reading(db, { assetId, meter, at: later(now, -days * DAY), value: read - days * (meter === "odometer" ? 310 : 4) }, one)),
      );
    statements.push(...schedule(inspection, { means: "last-done", day: dayAgo(360 - ((n * 53) % 330)), meters: {} }));
    if (unit.kind !== "equipment") statements.push(...schedule(registration, { means: "first-due", day: dayAgo(-((n * 41) % 300) + 6), meters: {} }));
    await store.batch(statements);
  }
  const clock = { now: () => now };
  const ids = units.map(({ unit }) => demoId("asset", `${slug} ${unit}`));
  await countCannedWork({ db, clock }, ids);
  await refreshUnits({ db, clock, zone: ZONE }, ids);
}

type Read = { assetId: Id<"asset">; meter: "odometer" | "engine"; at: UtcMs; value: number };
const reading = (db: Shop["db"], { assetId, meter, at, value }: Read, one: number) =>
  db.insertOnce(meterReadings, {
    assetId,
    meter,
    at,
    source: "read by Marta Ruiz",
    value: Math.max(1, value) * one,
    receivedValue: Math.max(1, value),
    receivedUnit: meter === "odometer" ? "mi" : "h",
    status: "counted",
    reason: null,
    decidedBy: null,
  });
