import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import { outbox } from "~/platform/database/tenant.tables";
import { expectConsoleError } from "../../../tests/setup/console";
import { testEffects } from "../../../tests/world/effects";
import { createWorld } from "../../../tests/world/world";
import { deliver, drain, type EffectHandler, NotYet, type OutboxDispatcher, Refused, Unavailable } from "./drain.server";

type Handle = EffectHandler["handle"];

/** A shop's outbox with one kind of effect, whose handler is the test's. */
async function outboxWith(handle: Handle, via: EffectHandler["via"] = "now", timeoutMs: number = MINUTE) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const { db } = shop;
  const messages: string[] = [];
  const dispatcher: OutboxDispatcher = {
    db,
    clock: world.clock,
    handlerOf: (kind) => (kind === "test.unknown" ? null : { via, timeoutMs, handle }),
    enqueue: async (key) => void messages.push(key),
  };
  return {
    world,
    dispatcher,
    messages,
    put: (key: string, kind: "test.done" | "test.unknown" = "test.done") =>
      db.batch([effectRow(db, testEffects.of(kind, key, { of: key }), world.clock.now())]),
    /** Effects of one record, each a second after the one before. */
    async putInOrder(record: string, ...keys: string[]) {
      for (const key of keys) {
        await db.batch([effectRow(db, testEffects.of("test.in-order", key, { of: key, record }), world.clock.now())]);
        world.clock.pass(SECOND);
      }
    },
    async row(key: string) {
      const { dueAt, doneAt, attempts, problem } = outbox;
      const [row] = await db.query({ from: outbox, columns: { dueAt, doneAt, attempts, problem }, where: eq(outbox.key, key), limit: 1 });
      return row;
    },
  };
}

test("an effect is done once, however often it is drained", async () => {
  const seen: unknown[] = [];
  const { world, dispatcher, put, row } = await outboxWith(async (key, body, createdAt) => void seen.push([key, body, createdAt]));
  const now = world.clock.now();
  await put("one");
  await put("one");
  expect(await drain(dispatcher)).toBe(1);
  expect(await drain(dispatcher)).toBe(0);
  expect(await deliver(dispatcher, "one")).toBeNull();
  expect(seen).toEqual([["one", { of: "one" }, now]]);
  expect(await row("one")).toEqual({ dueAt: null, doneAt: now, attempts: 1, problem: null });
});

test("another organization's row is out of reach", async () => {
  const seen: string[] = [];
  const { world, dispatcher, put } = await outboxWith(async (key) => void seen.push(key));
  const other = await world.shop();
  await put("mine");
  await deliver({ ...dispatcher, db: other.db }, "mine");
  await drain({ ...dispatcher, db: other.db });
  expect(seen).toEqual([]);
});

test("a failure waits longer each time, keeps its reason, and the effect comes when it can", async () => {
  let failures = 3;
  const { world, dispatcher, put, row } = await outboxWith(async () => {
    if (failures-- > 0) throw new Error("the printer is out of paper");
  });
  await put("one");
  const delays = [await deliver(dispatcher, "one"), await deliver(dispatcher, "one"), await deliver(dispatcher, "one")];
  expect(delays).toEqual([10 * SECOND, 20 * SECOND, 40 * SECOND]);
  expect(await row("one")).toMatchObject({ dueAt: world.clock.now() + 40 * SECOND, doneAt: null, attempts: 3, problem: "the printer is out of paper" });

  world.clock.pass(39 * SECOND);
  expect(await drain(dispatcher)).toBe(0);
  world.clock.pass(SECOND);
  expect(await drain(dispatcher)).toBe(1);
  expect(await row("one")).toMatchObject({ dueAt: null, doneAt: world.clock.now(), problem: null });
});

test("the wait never exceeds an hour, and a provider's own word goes before ours", async () => {
  let retryAfter: number | null = null;
  const { dispatcher, put } = await outboxWith(async () => {
    throw new Unavailable("busy", retryAfter);
  });
  await put("one");
  let delay: number | null = 0;
  for (let n = 0; n < 15; n++) delay = await deliver(dispatcher, "one");
  expect(delay).toBe(HOUR);
  retryAfter = 7 * MINUTE;
  expect(await deliver(dispatcher, "one")).toBe(7 * MINUTE);
});

test("after thirty failures it is given up, loudly, and never tried again", async () => {
  let deliveries = 0;
  const { world, dispatcher, put, row } = await outboxWith(async () => {
    deliveries += 1;
    throw new Error("no such address");
  });
  expectConsoleError(/outbox\.gave-up/);
  await put("one");
  let delay: number | null = 0;
  for (let n = 0; n < 40 && delay !== null; n++) delay = await deliver(dispatcher, "one");
  expect(deliveries).toBe(30);
  expect(await row("one")).toMatchObject({ dueAt: null, doneAt: null, attempts: 30, problem: "no such address" });
  world.clock.pass(24 * HOUR);
  expect(await drain(dispatcher)).toBe(0);
});

test("a kind that this deployment does not know yet waits for one that does", async () => {
  const { dispatcher, put, row } = await outboxWith(async () => {});
  await put("one", "test.unknown");
  expect(await deliver(dispatcher, "one")).toBe(10 * SECOND);
  expect(await row("one")).toMatchObject({ doneAt: null, problem: "nobody handles test.unknown" });
});

test("while it is being done the sweep leaves it alone, and takes it up when the doer died", async () => {
  let die = true;
  const { world, dispatcher, put, row } = await outboxWith(async () => {});
  await put("one");
  // The doer stops between taking the row and the end: nothing is written after its lease.
  const dying: OutboxDispatcher = {
    ...dispatcher,
    handlerOf: () => ({ via: "now", timeoutMs: HOUR, handle: () => (die ? new Promise<never>(() => {}) : Promise.resolve()) }),
  };
  void deliver(dying, "one");
  await expect.poll(async () => (await row("one"))?.dueAt).toBe(world.clock.now() + 2 * MINUTE);
  die = false;
  world.clock.pass(2 * MINUTE - 1);
  expect(await drain(dispatcher)).toBe(0);
  world.clock.pass(1);
  expect(await drain(dispatcher)).toBe(1);
  expect(await row("one")).toMatchObject({ doneAt: world.clock.now(), attempts: 2 });
});

test("a crash between the effect and `done` repeats it under the same key", async () => {
  const seen: string[] = [];
  const { world, dispatcher, put, row } = await outboxWith(async (key, body) => void seen.push(`${key} ${JSON.stringify(body)}`));
  await put("one");
  const crashing: OutboxDispatcher = {
    ...dispatcher,
    db: { ...dispatcher.db, batch: async (statements) => (seen.length > 0 ? new Promise<never>(() => {}) : dispatcher.db.batch(statements)) },
  };
  void deliver(crashing, "one");
  await expect.poll(() => seen.length).toBe(1);
  expect(await row("one")).toMatchObject({ doneAt: null });
  world.clock.pass(2 * MINUTE);
  await drain(dispatcher);
  expect(seen).toEqual([`one {"of":"one"}`, `one {"of":"one"}`]);
  expect(await row("one")).toMatchObject({ doneAt: world.clock.now() });
});

test("a slow attempt that fails after another succeeded does not bring the row back", async () => {
  let deliveries = 0;
  let lose = (_cause: Error) => {};
  const answer = new Promise<void>((_, reject) => {
    lose = reject;
  });
  const { world, dispatcher, put, row } = await outboxWith(async () => {
    deliveries += 1;
    if (deliveries === 1) await answer;
  });
  await put("one");
  const slow = deliver(dispatcher, "one");
  await expect.poll(() => deliveries).toBe(1);
  await deliver(dispatcher, "one");
  lose(new Error("the connection was lost"));
  await slow;
  expect(await row("one")).toMatchObject({ dueAt: null, doneAt: world.clock.now() });
  world.clock.pass(24 * HOUR);
  expect(await drain(dispatcher)).toBe(0);
  expect(deliveries).toBe(2);
});

test("what goes by queue is handed over once, counted as one attempt, and healed when its message is lost", async () => {
  const seen: string[] = [];
  const { world, dispatcher, messages, put, row } = await outboxWith(async (key) => void seen.push(key), "queue");
  await put("one");
  await drain(dispatcher);
  await drain(dispatcher);
  expect(messages).toEqual(["one"]);
  expect(seen).toEqual([]);
  // The message is lost; the sweep finds the row when its lease is over.
  world.clock.pass(2 * MINUTE);
  await drain(dispatcher);
  expect(messages).toEqual(["one", "one"]);
  await deliver(dispatcher, "one");
  await deliver(dispatcher, "one");
  expect(seen).toEqual(["one"]);
  expect(await row("one")).toMatchObject({ doneAt: world.clock.now(), attempts: 1 });
});

test("one row's failure does not hold up the others", async () => {
  const seen: string[] = [];
  const { dispatcher, put } = await outboxWith(async (key) => {
    if (key === "b") throw new Error("not this one");
    seen.push(key);
  });
  for (const key of ["a", "b", "c"]) await put(key);
  await drain(dispatcher);
  expect(seen.sort()).toEqual(["a", "c"]);
});

test("drains side by side give each row one turn, so that a burst while the provider fails doesn't use up its attempts", async () => {
  const seen: string[] = [];
  const { dispatcher, put, row } = await outboxWith(async (key) => {
    seen.push(key);
    throw new Unavailable("down");
  }, "first");
  const keys = ["a", "b", "c", "d"];
  for (const key of keys) await put(key);
  await Promise.all(Array.from({ length: 8 }, () => drain(dispatcher)));
  expect(seen.sort()).toEqual(keys);
  for (const key of keys) expect(await row(key)).toMatchObject({ attempts: 1, doneAt: null });
});

test("drains side by side put a row in the queue once", async () => {
  const { dispatcher, put, messages } = await outboxWith(async () => {}, "queue");
  await put("one");
  await Promise.all(Array.from({ length: 8 }, () => drain(dispatcher)));
  expect(messages).toEqual(["one"]);
});

test("a row that can't be found by its own key is passed over, and the drain ends", async () => {
  const seen: string[] = [];
  const { dispatcher, put } = await outboxWith(async (key) => void seen.push(key));
  // Half a character is stored as something else than was asked for.
  for (const key of ["half \ud800", "whole"]) await put(key);
  await drain(dispatcher);
  expect(seen).toEqual(["whole"]);
});

test("effects of one record leave in the order in which they were caused, however late the first one is", async () => {
  const seen: string[] = [];
  let fails = true;
  const { world, dispatcher, putInOrder, put, row } = await outboxWith(async (key) => {
    if (key === "first" && fails) throw new Error("not yet");
    seen.push(key);
  });
  await putInOrder("est_1", "first", "second", "third");
  await putInOrder("est_2", "another record's");
  await put("of no record");
  await drain(dispatcher);
  expect(seen.sort()).toEqual(["another record's", "of no record"]);
  expect(await row("second")).toMatchObject({ attempts: 0, doneAt: null });

  fails = false;
  world.clock.pass(10 * SECOND);
  await drain(dispatcher);
  expect(seen.slice(2)).toEqual(["first", "second", "third"]);
});

test("two of one record caused in the same save leave in the order of the save", async () => {
  const seen: string[] = [];
  const { world, dispatcher } = await outboxWith(async (key) => void seen.push(key));
  const { db, clock } = dispatcher;
  const keys = ["z", "a", "m"];
  await db.batch(keys.map((key) => effectRow(db, testEffects.of("test.in-order", key, { of: key, record: "est_1" }), clock.now())));
  world.clock.pass(SECOND);
  await drain(dispatcher);
  expect(seen).toEqual(keys);
});

test("one that was given up holds nothing up", async () => {
  const seen: string[] = [];
  const { dispatcher, putInOrder } = await outboxWith(async (key) => {
    if (key === "first") throw new Refused("no such address");
    seen.push(key);
  });
  expectConsoleError(/outbox\.gave-up/);
  await putInOrder("est_1", "first", "second");
  await drain(dispatcher);
  expect(seen).toEqual(["second"]);
});

test("what goes by queue is handed over one after the other for a record", async () => {
  const seen: string[] = [];
  const { world, dispatcher, messages, putInOrder } = await outboxWith(async (key) => void seen.push(key), "queue");
  await putInOrder("est_1", "first", "second");
  await putInOrder("est_2", "other");
  await drain(dispatcher);
  await drain(dispatcher);
  expect(messages).toEqual(["first", "other"]);
  // Its message was lost and comes again: the second still waits.
  world.clock.pass(2 * MINUTE);
  await drain(dispatcher);
  expect(messages.slice(2)).toEqual(["first", "other"]);
  await deliver(dispatcher, "first");
  expect(messages.slice(4)).toEqual(["second"]);
  await deliver(dispatcher, "second");
  expect(seen).toEqual(["first", "second"]);
});

test("a message that comes too early waits for the ones before it", async () => {
  const seen: string[] = [];
  const { dispatcher, putInOrder, row } = await outboxWith(async (key) => void seen.push(key), "queue");
  await putInOrder("est_1", "first", "second");
  expect(await deliver(dispatcher, "second")).toBe(10 * SECOND);
  expect(seen).toEqual([]);
  expect(await row("second")).toMatchObject({ attempts: 0, doneAt: null });
});

test("a handler that hangs is abandoned after its kind's time, counted, and tried again", async () => {
  let hangs = true;
  const seen: string[] = [];
  const { world, dispatcher, put, row } = await outboxWith((key) => (hangs ? new Promise<never>(() => {}) : Promise.resolve(void seen.push(key))), "now", 5);
  await put("one");
  await put("two");
  await drain(dispatcher);
  for (const key of ["one", "two"]) expect(await row(key)).toMatchObject({ doneAt: null, attempts: 1, problem: "took longer than 5 ms" });
  hangs = false;
  world.clock.pass(10 * SECOND);
  await drain(dispatcher);
  expect(seen.sort()).toEqual(["one", "two"]);
});

test("what has no turn yet comes again, and that was no attempt", async () => {
  let turns = 0;
  const { world, dispatcher, put, row } = await outboxWith(async () => {
    turns += 1;
    if (turns < 40) throw new NotYet(3 * SECOND);
  }, "queue");
  await put("one");
  let delay = await deliver(dispatcher, "one");
  expect(delay).toBe(3 * SECOND);
  expect(await row("one")).toMatchObject({ dueAt: world.clock.now() + 3 * SECOND, attempts: 0, doneAt: null, problem: null });
  while (delay !== null) delay = await deliver(dispatcher, "one");
  expect(turns).toBe(40);
  expect(await row("one")).toMatchObject({ attempts: 1, doneAt: world.clock.now() });
});

test("what a person waits for is tried at once, and by the queue where that failed", async () => {
  let failures = 1;
  const { dispatcher, messages, put, row } = await outboxWith(async () => {
    if (failures-- > 0) throw new Error("not yet");
  }, "first");
  await put("one");
  await drain(dispatcher);
  expect(messages).toEqual(["one"]);
  expect(await row("one")).toMatchObject({ attempts: 1, doneAt: null });
  await deliver(dispatcher, "one");
  await put("two");
  await drain(dispatcher);
  expect(await row("two")).toMatchObject({ attempts: 1, dueAt: null });
  expect(messages).toEqual(["one"]);
});
