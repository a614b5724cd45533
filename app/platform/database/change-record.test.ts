import { expect, test } from "vitest";
import { err, ok, type Result } from "~/kernel/result";
import { toUtcMs } from "~/kernel/time";
import { changeRecord } from "./change-record.server";

type Refusal = { kind: "stale" } | { kind: "not-allowed"; message: string };
const stale = err({ kind: "stale" } as const);

/** A record that others save first `overtaken` times, and what happened to it in order. */
function record({ overtaken = 0, decision = () => ok("change") }: { overtaken?: number; decision?: (version: number) => Result<string, Refusal> } = {}) {
  const steps: string[] = [];
  let version = 1;
  let time = 0;
  const run = () =>
    changeRecord({
      clock: { now: () => toUtcMs(++time) },
      load: async () => ({ version }),
      decide: (found, now) => {
        steps.push(`decide on ${found.version} at ${now}`);
        return decision(found.version);
      },
      save: async (found, change, now): Promise<Result<string, { kind: "stale" }>> => {
        steps.push(`save ${change} over ${found.version} at ${now}`);
        if (version > overtaken) return ok(`saved ${change}`);
        version += 1;
        return stale;
      },
    });
  return { run, steps };
}

test("loads, decides and saves once", async () => {
  const { run, steps } = record();
  expect(await run()).toEqual(ok("saved change"));
  expect(steps).toEqual(["decide on 1 at 1", "save change over 1 at 1"]);
});

test("decides again on what others saved, at a time of its own", async () => {
  const { run, steps } = record({ overtaken: 2 });
  expect(await run()).toEqual(ok("saved change"));
  expect(steps.filter((step) => step.startsWith("decide"))).toEqual(["decide on 1 at 1", "decide on 2 at 2", "decide on 3 at 3"]);
  expect(steps.at(-1)).toBe("save change over 3 at 3");
});

test("gives up with `stale` if others are always first", async () => {
  const { run, steps } = record({ overtaken: Number.POSITIVE_INFINITY });
  expect(await run()).toEqual(stale);
  expect(steps.filter((step) => step.startsWith("save"))).toHaveLength(5);
});

test("passes a refusal on and saves nothing", async () => {
  const refusal = err({ kind: "not-allowed", message: "It is paid." } as const);
  const { run, steps } = record({ decision: () => refusal });
  expect(await run()).toEqual(refusal);
  expect(steps).toEqual(["decide on 1 at 1"]);
});

test("what others saved may turn the second decision into a refusal", async () => {
  const { run } = record({ overtaken: 1, decision: (version) => (version === 1 ? ok("approve") : err({ kind: "not-allowed", message: "Declined." })) });
  expect(await run()).toEqual(err({ kind: "not-allowed", message: "Declined." }));
});

test("does not retry a decision's own `stale`: the user must see the conflict", async () => {
  const { run, steps } = record({ decision: () => stale });
  expect(await run()).toEqual(stale);
  expect(steps).toHaveLength(1);
});

test("does not retry a save that was refused for another reason", async () => {
  let saves = 0;
  const refused = err({ kind: "clock-elsewhere" } as const);
  const result = await changeRecord({
    clock: { now: () => toUtcMs(1) },
    load: async () => 1,
    decide: async (found) => ok(found + 1),
    save: async () => {
      saves += 1;
      return refused;
    },
  });
  expect([result, saves]).toEqual([refused, 1]);
});

test("answers `not-found` where there is no record", async () => {
  const never = () => {
    throw new Error("there is nothing to decide on");
  };
  expect(await changeRecord({ clock: { now: () => toUtcMs(1) }, load: async () => null, decide: never, save: never })).toEqual(err({ kind: "not-found" }));
});
