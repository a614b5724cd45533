import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { choiceOf, linesWith, livingOptions, type Optioned, standingIn } from "./job-options";
import { decidedOf, type LineDecision, type Outcome } from "./line-decision";

const option = (name: string) => name as Id<"option">; // short ids keep the examples readable
const [good, better, best] = ["good", "better", "best"].map(option) as [Id<"option">, Id<"option">, Id<"option">]; // the three above
const line = (id: string, of?: Id<"option">) => ({ id, ...(of ? { option: of } : {}) });
const job: Optioned = {
  options: { list: [good, better, best].map((id) => ({ id, name: id })), preselected: better },
  lines: [line("common"), line("pads", good), line("shoes", better), line("drums", better), line("all new", best)],
};
const decided = (id: string, ...outcomes: Outcome[]): LineDecision[] =>
  outcomes.map((outcome, at) => ({
    lineId: id as Id<"line">, // as above
    sequence: at + 1,
    outcome,
    amount: toCents(1),
    ground: null,
    reason: "",
    estimateId: null,
    revision: null,
    by: "Renee",
    how: "phone",
    splits: false,
    at: 0 as LineDecision["at"], // the sequence orders them
  }));
const standings = (decisions: readonly LineDecision[], of: Optioned = job) =>
  Object.fromEntries(of.lines.map((one) => [one.id, standingIn(choiceOf(of, decisions), one, decidedOf(decisions.filter(({ lineId }) => lineId === one.id)))]));

describe("the option that counts", () => {
  it("is the preselected one before the customer chooses, and the others are alternatives", () => {
    expect(choiceOf(job, [])).toEqual({ counts: better, isMade: false });
    expect(standings([])).toEqual({ common: "counts", pads: "alternative", shoes: "counts", drums: "counts", "all new": "alternative" });
  });

  it("is the approved one, and lines of the others are unchosen, also those that were written later", () => {
    const decisions = [...decided("all new", "approved"), ...decided("shoes", "unchosen")];
    expect(choiceOf(job, decisions)).toEqual({ counts: best, isMade: true });
    expect(standings(decisions)).toEqual({ common: "counts", pads: "unchosen", shoes: "unchosen", drums: "unchosen", "all new": "counts" });
  });

  it("is the declined one where all were declined", () => {
    const decisions = [...decided("shoes", "declined"), ...decided("drums", "declined"), ...decided("pads", "unchosen"), ...decided("all new", "unchosen")];
    expect(standings(decisions)).toMatchObject({ pads: "unchosen", shoes: "counts", drums: "counts", "all new": "unchosen" });
  });

  it("stays the chosen one when the customer withdraws the approval", () => {
    const decisions = [...decided("all new", "approved", "declined"), ...decided("shoes", "unchosen"), ...decided("drums", "unchosen")];
    expect(choiceOf(job, decisions)).toEqual({ counts: best, isMade: true });
  });

  it("follows a switch", () => {
    const decisions = [...decided("shoes", "approved", "unchosen"), ...decided("drums", "declined", "unchosen"), ...decided("pads", "unchosen", "approved")];
    expect(standings(decisions)).toEqual({ common: "counts", pads: "counts", shoes: "unchosen", drums: "unchosen", "all new": "unchosen" });
  });

  it("is not chosen by lines that are in all of them, nor by the shop's own reasons", () => {
    expect(choiceOf(job, [...decided("common", "approved"), ...decided("shoes", "reasoned")])?.isMade).toBe(false);
  });

  it("is the first with lines where the preselected has none", () => {
    expect(choiceOf({ ...job, lines: [line("pads", good), line("all new", best)] }, [])).toEqual({ counts: good, isMade: false });
  });

  it("is none where a job has no options", () => {
    expect(choiceOf({ lines: job.lines }, [])).toBeNull();
    expect(new Set(Object.values(standings([], { lines: job.lines })))).toEqual(new Set(["counts"]));
  });
});

it("comes with the lines that are in all options", () => {
  expect(linesWith(job.lines, better).map(({ id }) => id)).toEqual(["common", "shoes", "drums"]);
  expect(livingOptions({ ...job, lines: [line("common"), line("pads", good)] })).toEqual([{ id: good, name: good }]);
});
