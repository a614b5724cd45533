import { env, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import type { MailTurn, MailTurns, Pace } from "~/modules/notifications/pacing";

const none = { limit: null, retryAfterMs: null };
const pacer = (name: string) => {
  const stub = env.MailPacer.getByName(name);
  return { stub, turns: stub as unknown as MailTurns }; // held to its port in mail-pacer.ts
};
const idOf = (turn: MailTurn): string => {
  if (!("id" in turn)) throw new Error("no turn was given");
  return turn.id;
};

test("of many senders at once only as many have a turn as the provider takes; each answer lets the next in", async () => {
  const { turns } = pacer("many senders");
  const given: string[] = [];
  const asked = ["a", "b", "c", "d"].map((name) =>
    turns.take(name, "rest").then((turn) => {
      given.push(name);
      return idOf(turn);
    }),
  );
  const [first = "", second = ""] = await Promise.all(asked.slice(0, 2));
  const signIn = turns.take("e", "sign-in").then((turn) => {
    given.push("e");
    return idOf(turn);
  });
  expect(given).toEqual(["a", "b"]);
  await turns.giveBack(first, none);
  await turns.giveBack(second, { limit: 50, retryAfterMs: null });
  await Promise.all([...asked, signIn]);
  expect(given.indexOf("e")).toBe(2);
  expect(given.sort()).toEqual(["a", "b", "c", "d", "e"]);
});

test("who waits too long is asked to come again, later than those before", async () => {
  const { turns } = pacer("a long pause");
  const first = idOf(await turns.take("a", "rest"));
  await turns.giveBack(first, { limit: 2, retryAfterMs: 60_000 });
  const waits = (await Promise.all([1, 2, 3, 4].map(() => turns.take("a", "rest")))).map((turn) => ("laterMs" in turn ? turn.laterMs : 0));
  expect(waits.every((ms) => ms > 50_000)).toBe(true);
  expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  expect(new Set(waits).size).toBe(4);
});

test("what was given out is on disk, so a pacer that starts again counts it", async () => {
  const { stub, turns } = pacer("on disk");
  const id = idOf(await turns.take("a", "rest"));
  const kept = await runInDurableObject(stub, (_, state) => state.storage.kv.get<Pace>("pace"));
  expect(Object.keys(kept?.turns ?? {})).toEqual([id]);
});
