import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { scheduleStates } from "~/modules/maintenance/schedule-state";
import { type ScopedDatabase, scopedDatabase } from "~/platform/database/scoped.server";
import type { Scope } from "~/platform/scope/scope.server";
import { readMaintenanceList, readWaitingMaintenance } from "~/queries/maintenance-list.server";
import { readUnitList } from "~/queries/staff/unit-list.server";
import { metered } from "./world/metered";
import { createWorld } from "./world/world";

type Db = ScopedDatabase<"staff">;

/** What is read, and the most rows for each row that is shown: those of its unit, customer, template and last reading, and those that are passed over. */
const reads: Record<string, { read(db: Db): Promise<{ rows: readonly unknown[] }>; mostRows: number }> = {
  "due maintenance": { read: (db) => readMaintenanceList(db, { states: ["overdue", "due"] }), mostRows: 10 },
  "due maintenance, next page": {
    read: (db) => readMaintenanceList(db, { states: ["overdue", "due"], after: { state: "due", day: "2030-01-01", id: "sch_" } }),
    mostRows: 10,
  },
  "all maintenance": { read: (db) => readMaintenanceList(db, { states: scheduleStates }), mostRows: 10 },
  "due work on Today": { read: (db) => readWaitingMaintenance(db, 6), mostRows: 11 },
  units: { read: (db) => readUnitList(db, { filter: "all", query: "", after: null, customer: null }), mostRows: 8 },
  // Two of ten units are due: the other eight, with their three schedules, are passed over.
  "units with due maintenance": { read: (db) => readUnitList(db, { filter: "maintenance-due", query: "", after: null, customer: null }), mostRows: 40 },
};

/** A shop with so many units that have ten readings and three schedules by miles each. Of ten units one is overdue and one is due. */
async function shopOf(units: number): Promise<Scope<"staff">> {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const { db } = await shop.asStaff();
  const templates = ["a", "b", "c"].map(() => newId("maintenanceTemplate"));
  const asset = newId("asset").slice(0, -6);
  const schedule = newId("schedule").slice(0, -7);
  const run = (sql: string, ...values: unknown[]) =>
    env.TENANTS.prepare(sql)
      .bind(...values)
      .run();
  for (const [n, id] of templates.entries())
    await run(
      "insert into maintenance_templates (organization_id, id, name, category, plan, version, created_at) values (?, ?, ?, 'service', '{}', 1, 0)",
      shop.id,
      id,
      `Service ${n}`,
    );
  const numbers = "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ?)";
  await run(
    `${numbers} insert into assets (organization_id, id, customer_id, unit_number, kind, shares_position, version, created_at) select ?, ? || printf('%06d', i), ?, 'U-' || printf('%05d', i), 'truck', 1, 1, 0 from n`,
    units,
    shop.id,
    asset,
    customer.id,
  );
  await run(
    `${numbers}, r(k) as (select 0 union all select k + 1 from r where k + 1 < 10) insert into meter_readings (organization_id, asset_id, meter, at, source, value, received_value, received_unit, status) select ?, ? || printf('%06d', i), 'odometer', k, 'telematics', k, k, 'm', 'counted' from n, r`,
    units,
    shop.id,
    asset,
  );
  for (const [n, template] of templates.entries())
    await run(
      `${numbers} insert into maintenance_schedules (organization_id, id, asset_id, template_id, baseline, state, first_by, due_meter, due_day, projected_day, version, created_at)
       select ?, ? || ${n} || printf('%06d', i), ? || printf('%06d', i), ?, '{}', case when i % 10 = 0 then 'overdue' when i % 10 = 1 then 'due' else 'current' end, 'odometer', 5.0, null, date('2030-01-01', '+' || (i % 365) || ' days'), 1, 0 from n`,
      units,
      shop.id,
      schedule,
      asset,
      template,
    );
  return db.scope;
}

async function rowsOf(scope: Scope<"staff">, read: (db: Db) => Promise<{ rows: readonly unknown[] }>) {
  const count = { read: 0, written: 0 };
  const { rows } = await read(scopedDatabase(metered(env.TENANTS, count), scope));
  return { shown: rows.length, rowsRead: count.read };
}

describe("lists read as many rows of 10,000 units as of 1,000", async () => {
  const [small, large] = [await shopOf(1_000), await shopOf(10_000)];

  test.each(Object.entries(reads))("%s", async (_name, { read, mostRows }) => {
    const [few, many] = [await rowsOf(small, read), await rowsOf(large, read)];
    expect(few.shown).toBeGreaterThan(0);
    expect(many).toEqual(few);
    expect(many.rowsRead / many.shown).toBeLessThanOrEqual(mostRows);
  });
});
