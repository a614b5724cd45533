import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import type { Job, Line } from "../jobs/job";
import type { Order } from "../order";
import { isAsked, leftoverOf } from "./leftover";
import { newLine } from "./order-lines";

const option = (name: string) => name as Id<"option">; // short ids keep the examples readable
const lineId = (name: string) => name as Id<"line">;
const line = (id: string, more: Partial<Line> = {}): Line => ({
  id: lineId(id),
  kind: "part",
  text: id,
  partNumber: null,
  quantity: toQuantity(1_000),
  each: toCents(100),
  cost: null,
  supplies: false,
  ...more,
});
const list = [
  { id: option("good"), name: "Good" },
  { id: option("best"), name: "Best" },
];
const lines = [
  line("kit"),
  line("pads", { option: option("good") }),
  line("shoes", { option: option("good") }),
  line("core", { kind: "core", option: option("good"), ofLine: lineId("shoes") }),
  line("drums", { option: option("best") }),
];
const job = { id: "job_1" as Id<"job">, options: { list, preselected: option("good") }, lines: lines.map((one) => newLine(one, 1)) } as unknown as Job;
const order = (decisions: Order["decisions"] = []) => ({ jobs: [job], decisions }) as unknown as Order; // all that is read of them
const approved = (id: string, outcome: "approved" | "unchosen" = "approved"): Order["decisions"][number] => ({
  lineId: lineId(id),
  sequence: 1,
  outcome,
  amount: toCents(100),
  ground: null,
  reason: "",
  estimateId: null,
  revision: null,
  by: "Renee",
  how: "phone",
  splits: false,
  at: 0 as UtcMs, // any will do
});
const asked = (notDone: string[], choice: "follow-up" | "withdraw" = "follow-up") =>
  ({ notDone, choice, refusedJobs: new Set<string>(), by: "Joan", now: 0 as UtcMs }) as const; // any will do

describe("what is left over of a job with options", () => {
  it("takes the other options along where nothing of the preselected one was done", () => {
    expect(leftoverOf(order(), asked(["pads", "shoes"]))).toMatchObject({ approved: [], undecided: ["pads", "shoes", "core", "drums"] });
  });

  it("leaves the other options where a part of the preselected one was done", () => {
    expect(leftoverOf(order(), asked(["shoes"]))).toMatchObject({ undecided: ["shoes", "core"] });
  });

  it("leaves unchosen lines where they are", () => {
    const chosen = order([approved("drums"), ...["pads", "shoes", "core"].map((id) => approved(id, "unchosen"))]);
    expect(leftoverOf(chosen, asked(["drums", "pads"]))).toMatchObject({ approved: ["drums"], undecided: [] });
  });

  it("takes a core along with its part, and does not ask about it", () => {
    const chosen = order([approved("pads"), approved("shoes"), approved("drums", "unchosen")]);
    expect(leftoverOf(chosen, asked(["core"]))).toMatchObject({ approved: [], undecided: [] });
    expect(leftoverOf(chosen, asked(["shoes"]))).toMatchObject({ approved: ["shoes", "core"], undecided: [] });
    expect(leftoverOf(chosen, asked(["shoes"], "withdraw")).decisions.map(({ lineId: id }) => id)).toEqual(["shoes", "core"]);
    expect(job.lines.map((one) => isAsked(one, "none", new Set()))).toEqual([true, true, true, false, true]);
  });
});
