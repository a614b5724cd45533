import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { assetKinds } from "~/modules/assets/asset";
import { partKeys } from "~/modules/inspections/checklists/checklist";
import { groupsWith, OWN_FROM } from "~/modules/inspections/checklists/own-checklist";
import { SubmissionForm, submissionProblem } from "~/modules/inspections/filing/submission";
import type { StartDefect } from "~/queries/driver/start.server";
import {
  changeUnit,
  checkMeter,
  type Draft,
  type DraftUnit,
  defectFrom,
  groupsOf,
  isAllLookedAt,
  isAnswered,
  metersFrom,
  newDraft,
  stepInHand,
  stepsOf,
  stepText,
  toSubmission,
  withUnits,
} from "./draft";

const reader = { now: Date.parse("2030-03-01T12:00:00Z"), distanceUnit: "mi" as const, checklists: [] };
const unit = { id: newId("asset"), unitNumber: "101", kind: "truck" as const };
const none = () => false;
const signing = {
  language: "en" as const,
  signedAt: reader.now + 180_000,
  place: null,
  signature: { name: "Dana", path: null },
  distanceUnit: "mi" as const,
  checklists: [],
};
const defectIn = (of: DraftUnit, group: number) => ({
  id: newId("defect"),
  part: groupsOf(of)[group]?.parts[0] ?? "tires",
  problem: "worn" as const,
  note: "",
  severity: "minor" as const,
  photos: [],
});

describe("an inspection on the phone", () => {
  test("asks one question a screen: kind, each group of each unit, its end, the signature", () => {
    const draft = newDraft("mem", unit, reader);
    expect(stepsOf(draft, none).map(stepText)).toEqual(["kind", "0-cab", "0-front", "0-wheels", "0-coupling", "0-load", "0-finish", "sign"]);
    expect(stepsOf(draft, () => true).map(stepText)[1]).toBe("0-review");
  });

  test("nothing is checked before the driver tapped, and it opens again at the first unanswered step", () => {
    let draft = newDraft("mem", unit, reader);
    const first = (at: Draft) => stepText(stepsOf(at, none).find((step) => !isAnswered(at, step, [])) ?? { name: "sign" });
    expect(first(draft)).toBe("kind");
    draft = changeUnit({ ...draft, kind: "post-trip" }, 0, () => ({ confirmed: ["cab"] }));
    expect(first(draft)).toBe("0-front");
  });

  test("a change to a unit that was done opens it again", () => {
    const done = changeUnit(newDraft("mem", unit, reader), 0, () => ({ done: true }));
    expect(changeUnit(done, 0, () => ({ odometer: "1" })).units[0]?.done).toBe(false);
  });

  test("a repair that waits for review is asked about until it is answered", () => {
    const certified = { id: newId("defect"), assetId: unit.id, state: "certified" } as StartDefect; // what the step looks at
    const draft = { ...newDraft("mem", unit, reader), kind: "pre-trip" as const };
    expect(isAnswered(draft, { name: "review", index: 0 }, [certified])).toBe(false);
    const reviewed = changeUnit(draft, 0, () => ({ reviews: [{ defectId: certified.id, round: 1, outcome: "accepted", reason: "" }] }));
    expect(isAnswered(reviewed, { name: "review", index: 0 }, [certified])).toBe(true);
  });

  test("whatever is confirmed and found, the server takes it exactly where every group was looked at", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ kind: fc.constantFrom(...assetKinds), answers: fc.array(fc.constantFrom("good", "defect", "nothing"), { minLength: 5, maxLength: 5 }) }),
          { minLength: 1, maxLength: 4 },
        ),
        fc.subarray([...partKeys]),
        (combination, chosen) => {
          // A shop's own checklists, where it chose any part.
          const own = assetKinds.flatMap((kind) => {
            const groups = groupsWith(kind, chosen);
            return groups && chosen.length > 0 ? [{ kind, version: OWN_FROM, groups }] : [];
          });
          const phone = { ...reader, checklists: own };
          let draft = newDraft("mem", unit, phone);
          draft = {
            ...draft,
            kind: "post-trip",
            units: combination.map(({ kind }, at) => ({ ...(newDraft("mem", { id: null, unitNumber: `U-${at}`, kind }, phone).units[0] as DraftUnit) })),
          }; // one unit each
          for (const [at, { answers }] of combination.entries()) {
            draft = changeUnit(draft, at, (one) => ({
              confirmed: groupsOf(one)
                .filter((_, group) => answers[group] === "good")
                .map(({ key }) => key),
              defects: groupsOf(one).flatMap((_, group) => (answers[group] === "defect" ? [defectIn(one, group)] : [])),
            }));
          }
          const read = SubmissionForm.safeParse(JSON.parse(JSON.stringify(toSubmission(draft, signing))));
          expect(read.success).toBe(true);
          if (read.success) expect(submissionProblem(read.data, own) === null).toBe(draft.units.every(isAllLookedAt));
        },
      ),
    );
  });

  test("a defect whose form is open keeps its group unanswered, opens again, and is part of no report", () => {
    const begun = newDraft("mem", unit, reader);
    const group = groupsOf(unit)[2]?.key ?? "wheels";
    const inHand = { ...defectIn(begun.units[0] as DraftUnit, 2), group, problem: null, note: "  Cords " };
    const open = changeUnit({ ...begun, kind: "post-trip" }, 0, () => ({ confirmed: groupsOf(unit).map(({ key }) => key), inHand }));
    expect(stepInHand(open)).toBe(`0-${group}`);
    expect(open.units.every(isAllLookedAt)).toBe(false);
    expect(JSON.stringify(toSubmission(open, signing))).not.toContain("Cords");
    expect(defectFrom(inHand)).toBeNull();
    expect(defectFrom({ ...inHand, problem: "worn" })).toEqual({ ...defectIn(begun.units[0] as DraftUnit, 2), id: inHand.id, note: "Cords" });
    expect(stepInHand(changeUnit(open, 0, () => ({ inHand: null })))).toBeNull();
  });

  test("a trailer's number that is half typed opens its step again; a drawn signature is for the units that it was drawn under", () => {
    const begun = { ...newDraft("mem", unit, reader), kind: "post-trip" as const };
    expect(stepInHand({ ...begun, trailer: "T-1" })).toBe("kind");
    expect([stepInHand({ ...begun, trailer: " " }), stepInHand({ ...begun, trailer: null })]).toEqual([null, null]);
    const signed = { ...begun, signing: { name: "D. Reyes", path: "M1 2L3 4" } };
    expect(changeUnit(signed, 0, () => ({ odometer: "1" })).signing).toEqual({ name: "D. Reyes", path: "" });
    expect(withUnits(begun, begun.units)).not.toHaveProperty("signing");
  });

  test("a tracker's reading of the last hour is filled in, an older one is not", () => {
    const read = (age: number) => newDraft("mem", { ...unit, odometer: { value: 1_609_344, at: reader.now - age } }, reader).units[0]?.odometer;
    expect([read(60_000), read(3_600_001)]).toEqual(["1000", ""]);
  });

  test.each([
    ["", "empty"],
    ["abc", "unreadable"],
    ["999", "lower"],
    ["1,000", "fine"],
    ["1001.5", "fine"],
  ])("a meter of %j against a last one of 1,000 mi is %s", (text, result) => {
    expect(checkMeter(text, 1_609_344, metersFrom("mi"))).toBe(result);
  });
});
