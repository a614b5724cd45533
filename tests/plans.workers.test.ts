import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toUtcMs } from "~/kernel/time";
import { readCustomerList } from "~/modules/assets/customer-list.read.server";
import { readCustomerRecord } from "~/modules/assets/customer-record.read.server";
import { findUnits } from "~/modules/assets/find-units.read.server";
import { readJournal } from "~/modules/audit/journal.read.server";
import { readMailHistory } from "~/modules/customers/mail-history.read.server";
import { readAssetDevices } from "~/modules/telematics/asset-devices.read.server";
import { readBoard } from "~/modules/work-orders/board.read.server";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs.read.server";
import { readCustomerOrders } from "~/modules/work-orders/customer-orders.read.server";
import { readOrderList } from "~/modules/work-orders/order-list.read.server";
import { readOrderRecord } from "~/modules/work-orders/order-record.read.server";
import { readUnitList } from "~/modules/work-orders/unit-list.read.server";
import { readUnitRecord } from "~/modules/work-orders/unit-record.read.server";
import { type ScopedDatabase, scopedDatabase } from "~/platform/database/scoped.server";
import { createWorld } from "./world/world";

type Db = ScopedDatabase<"staff">;
type Ids = { order: ReturnType<typeof newId<"workOrder">>; asset: ReturnType<typeof newId<"asset">>; customer: ReturnType<typeof newId<"customer">> };

/** The reads behind staff's pages. */
const pages: Record<string, (db: Db, ids: Ids) => Promise<unknown>> = {
  board: (db) => readBoard(db, toUtcMs(Date.parse("2030-03-01T09:00:00Z"))),
  "work orders": (db) => readOrderList(db, { filter: "current", query: "", before: null, me: newId("membership") }),
  "all work orders, next page": (db) => readOrderList(db, { filter: "all", query: "", before: 40, me: newId("membership") }),
  "a work order": (db, { order }) => readOrderRecord(db, order),
  units: (db) => readUnitList(db, { filter: "all", query: "", after: null, customer: null }),
  "units, next page": (db) => readUnitList(db, { filter: "all", query: "", after: { unitNumber: "U-1", id: "ast_" }, customer: null }),
  "a unit": (db, { asset }) => readUnitRecord(db, asset),
  customers: (db) => readCustomerList(db, { filter: "all", query: "", after: null }),
  "a customer": (db, { customer }) => readCustomerRecord(db, customer),
  "a customer's orders": (db, { customer }) => readCustomerOrders(db, customer),
  "a customer's mail": (db) => readMailHistory(db, ["fleet@northline.test"]),
  "a unit's trackers": (db, { asset }) => readAssetDevices(db, asset),
  "find a unit": (db) => findUnits(db, { query: "u-", only: null }),
  "canned jobs": readCannedJobs,
  journal: (db) => readJournal(db, { topic: null, before: null }),
};

/** A binding that keeps every statement that is prepared on it. */
function recorded(binding: D1Database, statements: string[]): D1Database {
  return new Proxy(binding, {
    get(target, name) {
      if (name === "prepare")
        return (sql: string) => {
          statements.push(sql);
          return target.prepare(sql);
        };
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

async function shopOf(units: number) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const assets = [];
  const orders = [];
  for (let n = 0; n < units; n++) {
    const asset = await shop.asset({ customer });
    assets.push(asset);
    orders.push(await shop.workOrder({ asset, customer }));
  }
  const { db } = await shop.asStaff();
  const ids = { order: orders[0] ?? newId("workOrder"), asset: assets[0] ?? newId("asset"), customer: customer.id };
  return { scope: db.scope, ids };
}

describe("the reads behind the pages", async () => {
  const [small, large] = [await shopOf(2), await shopOf(60)];

  test.each(Object.entries(pages))("%s: as many statements for 60 units as for 2, at most ten, and no table is read from end to end", async (_name, read) => {
    const counts = [];
    for (const { scope, ids } of [small, large]) {
      const statements: string[] = [];
      await read(scopedDatabase(recorded(env.TENANTS, statements), scope), ids);
      counts.push(statements.length);
      for (const sql of statements) expect(await scansOf(sql), sql).toEqual([]);
    }
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[0]).toBeLessThanOrEqual(10);
  });
});

test("a read without an index is told", async () => {
  expect(await scansOf("select * from work_orders where title = ?")).toEqual([expect.stringContaining("SCAN work_orders")]);
});

/** Base tables that SQLite would read whole. Rows of an organization by its index are what a filter over a shop's own list costs. */
async function scansOf(sql: string): Promise<string[]> {
  const blanks = (sql.match(/\?/g) ?? []).map(() => null);
  const { results } = await env.TENANTS.prepare(`explain query plan ${sql}`)
    .bind(...blanks)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail).filter((detail) => /^SCAN (?!CONSTANT|json_each)/.test(detail));
}
