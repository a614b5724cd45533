import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { HOUR, MINUTE, SECOND, toUtcMs } from "~/kernel/time";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { eventColumns, save } from "~/platform/database/journal.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import { forJob } from "~/platform/scope/scope.server";
import { journalCsv, readJournal } from "~/queries/staff/journal.server";
import { testJournal } from "../../../tests/world/events";
import type { Shop } from "../../../tests/world/shop";
import { createWorld, type World } from "../../../tests/world/world";
import { sweepJournal } from "../../../workers/background";
import { anchorJournal } from "./anchor-journal.server";
import { journalSeals, sealLeases } from "./audit.tables";
import { sealStore } from "./seal.store.server";
import { sealJournal } from "./seal-journal.server";
import { verifyJournal } from "./verify-journal.server";

const NOON = "2030-03-01T12:00:00Z";

/** A shop's journal with extra rows, and the functions to work on it. */
async function journalOf(world: World, shop: Shop, rows = 0) {
  const scope = forJob(shop.id, "sealer");
  const needs = { ...world.context.platform, db: scopedDatabase(world.env.TENANTS, scope), files: scopedFiles(world.env.FILES, scope) };
  const write = async (note = "noted", kind = "test") => {
    const id = newId("event", world.clock.now());
    await save(shop.db, { record: { kind, id, version: 1 }, at: world.clock.now(), event: testJournal.of("test.noted", { note }), about: note }, []);
    return id;
  };
  for (let nth = 0; nth < rows; nth++) await write(`note ${nth}`);
  return {
    needs,
    write,
    seal: () => sealJournal(needs),
    verify: () => verifyJournal(needs),
    anchor: () => anchorJournal(needs),
    places: async () =>
      (await shop.db.query({ from: journalSeals, columns: { place: journalSeals.place }, orderBy: [journalSeals.place], limit: 1_000 })).map(
        ({ place }) => place,
      ),
    /** An attacker with full access to the database. */
    forge: (statement: string, ...values: unknown[]) =>
      world.env.TENANTS.prepare(statement)
        .bind(...values)
        .run(),
  };
}

const upTo = (last: number) => Array.from({ length: last }, (_, nth) => nth + 1);
const whole = (sealed: number) => ({ ok: true, value: { sealed } });
const fault = (why: string, place: number | null) => ({ ok: false, error: expect.objectContaining({ why, place }) });

test("seals what a use case saved after its response", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const { places, verify } = await journalOf(world, shop);
  expect(await places()).toEqual([]);
  expect((await addContact(await shop.asStaff(), { customerId: customer.id, name: "Ann", email: "ann@fleet.test" })).ok).toBe(true);
  await world.settle();
  expect(await places()).toEqual([1, 2]);
  expect(await verify()).toEqual(whole(2));
});

test("two sealers at once produce one chain, with and without the lease", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const { needs, seal, places, verify } = await journalOf(world, shop, 20);
  const sealed = await Promise.all([seal(), seal(), seal()]);
  expect(sealed.sort((a, b) => a - b)).toEqual([0, 0, 21]);
  expect(await places()).toEqual(upTo(21));

  // If the lease expires while its holder still works, each place can still be assigned only once.
  const store = sealStore(needs.db);
  const { write } = await journalOf(world, shop);
  await write();
  const [row] = await store.unsealed(null, world.clock.now(), 1);
  if (!row) throw new Error("the row that was just written has a place");
  const mine = { recordKind: row.recordKind, recordId: row.recordId, version: row.version, hash: "of a sealer that was too slow" };
  expect(await seal()).toBe(1);
  expect(await store.add([{ ...mine, place: 22 }])).toBe(false);
  expect(await store.add([{ ...mine, place: 23 }])).toBe(false);
  expect(await verify()).toEqual(whole(22));
});

test("after a sealer dies between two chunks, another one continues where it stopped", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const { needs, seal, places, verify } = await journalOf(world, shop, 120);
  let batches = 0;
  // It takes the lease, seals the first chunk and dies.
  const dying = {
    ...needs,
    db: {
      ...needs.db,
      batch: (statements: Parameters<typeof needs.db.batch>[0]) => (++batches > 2 ? new Promise<never>(() => {}) : needs.db.batch(statements)),
    },
  };
  void sealJournal(dying);
  await expect.poll(() => batches).toBe(3);
  expect(await places()).toEqual(upTo(50));
  expect(await seal()).toBe(0);
  world.clock.pass(30 * SECOND);
  expect(await seal()).toBe(71);
  expect(await verify()).toEqual(whole(121));
  const [lease] = await shop.db.query({ from: sealLeases, columns: { heldUntil: sealLeases.heldUntil }, limit: 1 });
  expect(lease?.heldUntil).toBe(0);
});

test("an unsealed row is a fault after five minutes, until the sweep seals it", async () => {
  // Long before the rows of other tests, because the sweep takes a hundred shops at a time.
  const world = await createWorld({ now: "2019-03-01T12:00:00Z" });
  const shop = await world.shop();
  const { write, seal, verify } = await journalOf(world, shop);
  await seal();
  const id = await write();
  world.clock.pass(5 * MINUTE - 1);
  expect(await verify()).toEqual(whole(1));
  world.clock.pass(1);
  expect(await verify()).toEqual({
    ok: false,
    error: { why: "unsealed for over 5 minutes", place: null, record: { recordKind: "test", recordId: id, version: 1 } },
  });
  expect(await world.context.platform.directory.organizationsWithUnsealedRows(world.clock.now())).toContain(shop.id);
  await sweepJournal(world.env, world.context.platform);
  expect(await verify()).toEqual(whole(2));
  expect(await world.context.platform.directory.organizationsWithUnsealedRows(world.clock.now())).not.toContain(shop.id);
});

test("a row inserted among sealed ones is never sealed, and one dated in the future waits for its time", async () => {
  const world = await createWorld({ now: NOON });
  const shop = await world.shop();
  const { write, seal, verify, forge } = await journalOf(world, shop, 3);
  await seal();
  const id = await write();
  await forge("update journal set at = at - ? where record_id = ?", HOUR, id);
  expect(await seal()).toBe(0);
  expect(await world.context.platform.directory.organizationsWithUnsealedRows(world.clock.now())).not.toContain(shop.id);
  expect(await verify()).toEqual(fault("unsealed for over 5 minutes", null));
  await forge("update journal set at = ? where record_id = ?", world.clock.now() + HOUR, id);
  expect(await seal()).toBe(0);
  world.clock.pass(HOUR);
  expect(await seal()).toBe(1);
  expect(await verify()).toEqual(whole(5));
});

test.each<[what: string, sql: string, fault: ReturnType<typeof fault>]>([
  [
    "a changed body",
    "update journal set body = json_set(body, '$.note', 'nothing') where (record_kind, record_id) = (select record_kind, record_id from journal_seals where place = 4 and organization_id = ?1) and organization_id = ?1",
    fault("changed", 4),
  ],
  [
    "a body that is no JSON any more",
    "update journal set body = '{' where record_id = (select record_id from journal_seals where place = 4 and organization_id = ?1) and organization_id = ?1",
    fault("changed", 4),
  ],
  [
    "a space in a body",
    "update journal set body = body || ' ' where record_id = (select record_id from journal_seals where place = 4 and organization_id = ?1) and organization_id = ?1",
    fault("changed", 4),
  ],
  [
    "another address",
    "update journal set ip = '192.0.2.1' where record_id = (select record_id from journal_seals where place = 2 and organization_id = ?1) and organization_id = ?1",
    fault("changed", 2),
  ],
  [
    "a deleted row",
    "delete from journal where record_id = (select record_id from journal_seals where place = 3 and organization_id = ?1) and organization_id = ?1",
    fault("missing row", 3),
  ],
  ["a deleted seal", "delete from journal_seals where place = 3 and organization_id = ?1", fault("missing row", 3)],
  [
    "two places exchanged",
    "update journal_seals set place = case place when 1003 then 5 else 3 end where place in (1003, 1005) and organization_id = ?1",
    fault("reordered", 3),
  ],
])("finds %s in the stored journal", async (what, sql, expected) => {
  const world = await createWorld({ now: NOON });
  const [shop, other] = [await world.shop(), await world.shop()];
  const { seal, verify, forge } = await journalOf(world, shop, 5);
  const its = await journalOf(world, other, 5);
  await seal();
  await its.seal();
  expect(await verify()).toEqual(whole(6));
  // The primary key doesn't allow a direct swap, so move the rows away first.
  if (what === "two places exchanged") await forge("update journal_seals set place = place + 1000 where place in (3, 5) and organization_id = ?1", shop.id);
  await forge(sql, shop.id);
  expect(await verify()).toEqual(expected);
  expect(await its.verify()).toEqual(whole(6));
});

test("seals a long backlog in several runs, and verifies a chain of several pages", async () => {
  const world = await createWorld({ now: NOON });
  const shop = await world.shop();
  const { seal, verify, forge } = await journalOf(world, shop);
  const row = (nth: number) =>
    shop.db.insert(journal, {
      recordKind: "test",
      recordId: newId("event"),
      version: 1,
      at: world.clock.now(),
      actor: shop.db.scope.actor,
      ...eventColumns(testJournal.of("test.noted", { note: `note ${nth}` })),
    });
  for (let from = 0; from < 1_050; from += 50) await shop.db.batch(upTo(50).map((nth) => row(from + nth)));
  expect([await seal(), await seal(), await seal()]).toEqual([1_000, 51, 0]);
  expect(await verify()).toEqual(whole(1_051));
  // The row of the third place is now on the next page.
  for (const change of ["place + 5000 where place in (3, 1040)", "case place when 5003 then 1040 else 3 end where place in (5003, 6040)"])
    await forge(`update journal_seals set place = ${change} and organization_id = ?1`, shop.id);
  expect(await verify()).toEqual(fault("reordered", 3));
});

test("finds a cut tail by the anchors, even after the journal grew again", async () => {
  const world = await createWorld({ now: NOON });
  const shop = await world.shop();
  const { needs, write, seal, verify, anchor, forge } = await journalOf(world, shop, 5);
  expect(await anchor()).toBe(false);
  await seal();
  expect(await anchor()).toBe(true);
  const file = await world.env.FILES.get(`${shop.id}/journal-anchors/2030-03-01.json`);
  expect(await file?.json()).toMatchObject({ place: 6, hash: expect.stringMatching(/^[\w-]{43}$/), at: "2030-03-01T12:00:00.000Z" });

  await write();
  await seal();
  expect(await anchor()).toBe(false);
  expect(await needs.files.create("journal-anchors/2030-03-01.json", "forged", {})).toBe(false);
  expect((await world.env.FILES.get(`${shop.id}/journal-anchors/2030-03-01.json`))?.etag).toBe(file?.etag);
  expect(await verify()).toEqual(whole(7));

  await forge(
    "delete from journal where organization_id = ?1 and record_id in (select record_id from journal_seals where organization_id = ?1 and place > 4)",
    shop.id,
  );
  await forge("delete from journal_seals where organization_id = ?1 and place > 4", shop.id);
  expect(await verify()).toEqual(fault("tail cut", 5));
  for (const nth of upTo(4)) await write(`grown ${nth}`);
  await seal();
  expect(await verify()).toEqual(fault("tail cut", 6));
});

test("anchors the day's first state in the first minute of an hour", async () => {
  const world = await createWorld({ now: "2030-03-01T12:30:00Z" });
  const [shop, other] = [await world.shop(), await world.shop()];
  const anchors = async (of: Shop) => (await world.env.FILES.list({ prefix: `${of.id}/` })).objects.map(({ key }) => key.slice(of.id.length));
  const sweepAt = (instant: string) => {
    world.clock.set(toUtcMs(Date.parse(instant)));
    return sweepJournal(world.env, world.context.platform);
  };
  await sweepAt("2030-03-01T12:30:00Z");
  expect(await anchors(shop)).toEqual([]);
  for (const instant of ["2030-03-01T13:00:20Z", "2030-03-01T14:00:20Z", "2030-03-02T00:00:01Z"]) await sweepAt(instant);
  expect(await anchors(shop)).toEqual(["/journal-anchors/2030-03-01.json", "/journal-anchors/2030-03-02.json"]);
  expect(await anchors(other)).toEqual(await anchors(shop));
});

test("organizations have separate chains, and neither page nor file shows another's rows", async () => {
  const world = await createWorld({ now: NOON });
  const [shop, other] = [await world.shop(), await world.shop()];
  const mine = await journalOf(world, shop);
  const its = await journalOf(world, other);
  for (const nth of upTo(3)) {
    await mine.write(`mine ${nth}`);
    await its.write(`its ${nth}`, "vendor");
  }
  await mine.seal();
  expect([await mine.places(), await its.places()]).toEqual([upTo(4), []]);
  await its.seal();
  expect(await its.places()).toEqual(upTo(4));

  const { db } = await shop.asStaff();
  const { db: itsDb } = await other.asStaff();
  expect((await readJournal(db, { topic: null, before: null })).rows.map(({ event, body }) => body.note ?? event).sort()).toEqual([
    "mine 1",
    "mine 2",
    "mine 3",
    "shop.opened",
  ]);
  expect((await readJournal(db, { topic: "vendors", before: null })).rows).toEqual([]);
  expect((await readJournal(itsDb, { topic: "vendors", before: null })).rows).toHaveLength(3);
  const csv = await new Response(journalCsv(db, null)).text();
  expect(csv.trimEnd().split("\r\n")).toHaveLength(5);
  expect(csv).not.toMatch(/its \d/);
});

test("pages and file hold each row once, newest first, while rows are added", async () => {
  const world = await createWorld({ now: NOON });
  const shop = await world.shop();
  // All in one millisecond, so the record decides the order.
  const { write } = await journalOf(world, shop, 120);
  const { db } = await shop.asStaff();
  const first = await readJournal(db, { topic: null, before: null });
  world.clock.pass(SECOND);
  await write("=new()");
  const second = await readJournal(db, { topic: null, before: first.next });
  const third = await readJournal(db, { topic: null, before: second.next });
  const ids = [first, second, third].flatMap(({ rows }) => rows.map(({ recordId }) => recordId));
  expect([ids.length, new Set(ids).size, third.next]).toEqual([121, 121, null]);

  const lines = (await new Response(journalCsv(db, null, 25)).text()).split("\r\n");
  expect(lines[0]).toBe("When (UTC),Who,As,What,Event,Record,Id,Version,About,IP address,Program,Details,Place in the chain");
  expect(lines[1]).toMatch(/^2030-03-01T12:00:01\.000Z,test,job,Test noted,test\.noted,test,\w+,1,'=new\(\),/);
  expect(lines.slice(1, -1).map((line) => line.split(",")[5])).toHaveLength(122);
  const [row] = await shop.db.query({
    from: journal,
    columns: { at: journal.at },
    where: and(sql`json_extract(${journal.body}, '$.note') = '=new()'`, eq(journal.recordKind, "test")),
    limit: 1,
  });
  expect(row?.at).toBe(world.clock.now());
});
