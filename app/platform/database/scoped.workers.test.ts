import { eq, ne, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toUtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { Customer, Shop } from "../../../tests/world/shop";
import { createWorld } from "../../../tests/world/world";

let [mine, theirs]: Shop[] = [];
let [myCustomer, theirCustomer]: Customer[] = [];

beforeAll(async () => {
  const world = await createWorld();
  [mine, theirs] = [await world.shop(), await world.shop()];
  [myCustomer, theirCustomer] = [await mine.customer(), await theirs.customer()];
});

const shops = () => ({ mine: mine as Shop, theirs: theirs as Shop, myCustomer: myCustomer as Customer, theirCustomer: theirCustomer as Customer }); // set before all tests
const names = { id: customers.id, name: customers.name };

test("a raw `a or b` in a condition stays inside the organization", async () => {
  const { mine, myCustomer, theirCustomer } = shops();
  const found = await mine.db.query({ from: customers, columns: names, where: sql`${customers.id} = ${theirCustomer.id} or 1 = 1`, limit: 50 });
  expect(found.map(({ id }) => id)).toContain(myCustomer.id);
  expect(found.map(({ id }) => id)).not.toContain(theirCustomer.id);
});

test("a raw `a or b` in a change touches nobody else's rows", async () => {
  const { mine, theirs, theirCustomer } = shops();
  await mine.db.batch([mine.db.update(customers, { name: "Renamed" }, sql`${customers.id} = 'none' or 1 = 1`)]);
  const [untouched] = await theirs.db.query({ from: customers, columns: names, where: eq(customers.id, theirCustomer.id), limit: 1 });
  expect(untouched?.name).not.toBe("Renamed");
  expect(await mine.db.query({ from: customers, columns: names, where: ne(customers.name, "Renamed"), limit: 50 })).toEqual([]);
});

test.each(["join", "leftJoin"] as const)("rows that a %s brings are held to the same organization", async (kind) => {
  const { mine, myCustomer } = shops();
  await mine.asset({ customer: myCustomer });
  const everything = [[customers, sql`1 = 1 or 1 = 1`]] as [typeof customers, ReturnType<typeof sql>][];
  const rows = await mine.db.query({ from: assets, columns: { owner: customers.organizationId }, [kind]: everything, limit: 200 });
  expect(rows.length).toBeGreaterThan(1);
  expect(new Set(rows.map(({ owner }) => owner))).toEqual(new Set([mine.id]));
});

test("a left join keeps the row whose only partner is somebody else's, without the partner", async () => {
  const { mine, myCustomer, theirCustomer } = shops();
  const asset = await mine.asset({ customer: myCustomer });
  const on = eq(customers.id, theirCustomer.id);
  const rows = await mine.db.query({
    from: assets,
    columns: { id: assets.id, other: customers.name },
    leftJoin: [[customers, on]],
    where: eq(assets.id, asset),
    limit: 5,
  });
  expect(rows).toEqual([{ id: asset, other: null }]);
});

test("a row cannot point at another organization's row", async () => {
  const { mine, theirCustomer } = shops();
  const row = { id: newId("asset"), customerId: theirCustomer.id, unitNumber: "X", kind: "truck", sharesPosition: true, createdAt: toUtcMs(0) } as const;
  await expect(mine.db.batch([mine.db.insert(assets, row)])).rejects.toThrow();
});

test("an upsert on a key that another organization uses makes a row of its own", async () => {
  const { mine, theirs, theirCustomer } = shops();
  const row = { id: theirCustomer.id, name: "Mine now", portalEnabled: false, isSelf: false, sharesPositions: false, createdAt: toUtcMs(0) };
  await mine.db.batch([mine.db.upsert(customers, row, [customers.id], { name: "Mine now" })]);
  const [untouched] = await theirs.db.query({ from: customers, columns: names, where: eq(customers.id, theirCustomer.id), limit: 1 });
  expect(untouched?.name).not.toBe("Mine now");
});

test("a batch is all or nothing", async () => {
  const { mine } = shops();
  const row = (id = newId("customer")) => ({ id, name: "Half", portalEnabled: false, isSelf: false, sharesPositions: false, createdAt: toUtcMs(0) });
  const twice = row();
  await expect(mine.db.batch([mine.db.insert(customers, row()), mine.db.insert(customers, twice), mine.db.insert(customers, twice)])).rejects.toThrow();
  expect(await mine.db.query({ from: customers, columns: names, where: eq(customers.name, "Half"), limit: 5 })).toEqual([]);
});

test("queries in one round trip keep columns of one name apart, and decode each", async () => {
  const { mine, myCustomer } = shops();
  const asset = await mine.asset({ customer: myCustomer });
  const [joined, none, counted] = await mine.db.queries(
    {
      from: assets,
      columns: { id: assets.id, owner: customers.id, shares: assets.sharesPosition, theirShares: customers.sharesPositions, archivedAt: assets.archivedAt },
      join: [[customers, eq(customers.id, assets.customerId)]],
      where: eq(assets.id, asset),
      limit: 1,
    },
    { from: assets, columns: { id: assets.id }, where: sql`1 = 0`, limit: 1 },
    { from: assets, columns: { n: sql<number>`count(*)` }, limit: 1 },
  );
  expect(joined).toEqual([{ id: asset, owner: myCustomer.id, shares: true, theirShares: true, archivedAt: null }]);
  expect(none).toEqual([]);
  expect(counted[0]?.n).toBeGreaterThan(0);
});

test("a column of the row keeps its table in a read inside of a read", async () => {
  const { mine, myCustomer } = shops();
  const before = await mine.db.query({ from: customers, columns: { units: unitsOf }, where: eq(customers.id, myCustomer.id), limit: 1 });
  await mine.asset({ customer: myCustomer });
  const after = await mine.db.query({ from: customers, columns: { units: unitsOf }, where: eq(customers.id, myCustomer.id), limit: 1 });
  expect(after[0]?.units).toBe((before[0]?.units ?? 0) + 1);
});

const unitsOf = sql<number>`(select count(*) from assets a where a.organization_id = ${customers.organizationId} and a.customer_id = ${customers.id})`;
