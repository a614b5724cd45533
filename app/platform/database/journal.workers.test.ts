import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { customers } from "~/modules/customers/customer.tables";
import { testEffects } from "../../../tests/world/effects";
import { testJournal } from "../../../tests/world/events";
import type { Shop } from "../../../tests/world/shop";
import { createWorld } from "../../../tests/world/world";
import { type Entry, isTaken, save } from "./journal.server";
import { journal, outbox } from "./tenant.tables";

const entryOf = (id: string, version: number, at: Entry["at"]): Entry => ({
  record: { kind: "customer", id, version },
  at,
  event: testJournal.of("test.renamed"),
});

async function written(shop: Shop, id: string) {
  const [rows, [customer], effects] = await shop.db.queries(
    {
      from: journal,
      columns: { version: journal.version, event: journal.event, actor: journal.actor },
      where: and(eq(journal.recordKind, "customer"), eq(journal.recordId, id)),
      limit: 10,
    },
    { from: customers, columns: { name: customers.name }, where: eq(customers.id, id as never), limit: 1 }, // an id that the test made
    { from: outbox, columns: { key: outbox.key, dueAt: outbox.dueAt, attempts: outbox.attempts }, limit: 10 },
  );
  return { rows, name: customer?.name, effects };
}

test("the second writer of a version gets `stale`, and nothing of its batch is written", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const { id } = await shop.customer();
  const now = world.clock.now();
  const rename = (name: string) =>
    save(
      shop.db,
      entryOf(id, 2, now),
      [shop.db.update(customers, { name }, eq(customers.id, id))],
      [testEffects.of("test.done", `effect:${name}`, { of: name })],
    );

  expect(await rename("First")).toEqual({ ok: true, value: null });
  expect(await rename("Second")).toEqual({ ok: false, error: { kind: "stale" } });
  expect(await written(shop, id)).toEqual({
    rows: [{ version: 2, event: "test.renamed", actor: { audience: "job", id: "test", name: "test" } }],
    name: "First",
    effects: [{ key: "effect:First", dueAt: now, attempts: 0 }],
  });
});

test("of twenty writers at once one wins, and its change is kept", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const { id } = await shop.customer();
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      save(shop.db, entryOf(id, 2, world.clock.now()), [shop.db.update(customers, { name: `Writer ${n}` }, eq(customers.id, id))]),
    ),
  );
  const winners = results.flatMap((result, n) => (result.ok ? [`Writer ${n}`] : []));
  expect(winners).toHaveLength(1);
  expect((await written(shop, id)).name).toBe(winners[0]);
});

test("two organizations may write the same version of the same id", async () => {
  const world = await createWorld();
  const [shop, other] = [await world.shop(), await world.shop()];
  const id = newId("customer");
  expect((await save(shop.db, entryOf(id, 1, world.clock.now()), [])).ok).toBe(true);
  expect((await save(other.db, entryOf(id, 1, world.clock.now()), [])).ok).toBe(true);
});

test("a change that fails takes the entry and the effect with it, and is not called stale", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const { id } = await shop.customer();
  const again = { id, name: "Twice", portalEnabled: false, isSelf: false, sharesPositions: false, createdAt: world.clock.now() };
  const saving = save(shop.db, entryOf(id, 2, world.clock.now()), [shop.db.insert(customers, again)], [testEffects.of("test.done", "never", { of: "it" })]);
  await expect(saving).rejects.toThrow();
  const cause = await saving.catch((thrown: unknown) => thrown);
  expect(isTaken(cause, "customers.")).toBe(true);
  expect(isTaken(cause, "journal.")).toBe(false);
  expect(isTaken(new Error("disk I/O error"), "customers.")).toBe(false);
  expect(await written(shop, id)).toMatchObject({ rows: [], effects: [] });
});
