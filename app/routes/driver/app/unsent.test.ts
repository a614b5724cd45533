import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toUtcMs } from "~/kernel/time";
import type { StartDefect } from "~/queries/driver/start.server";
import { draftUnit, type SignedReport } from "./draft";
import type { QueuedReport, Start } from "./phone/phone-database.client";
import { withUnsent } from "./unsent";

const assetId = newId("asset");
const known = (state: StartDefect["state"]): StartDefect => ({
  id: newId("defect"),
  assetId,
  part: "tires",
  problem: "worn",
  note: "",
  severity: "safety",
  reportedAt: toUtcMs(1),
  driverName: "Dana",
  state,
  certification: state === "certified" ? { round: 1, outcome: "repaired", reason: "", signedName: "Luis", signedFor: null, at: toUtcMs(2) } : null,
});
const start = (...defects: StartDefect[]) => ({ driver: { id: "mem" }, defects, reports: [] }) as unknown as Start; // what the function reads

type UnitChange = Partial<SignedReport["units"][number]>;
function queued(change: UnitChange, more: Partial<QueuedReport> = {}): QueuedReport {
  const {
    done: _,
    inHand: _hand,
    odometer: __,
    engineHours: ___,
    ...unit
  } = draftUnit({ id: assetId, unitNumber: "101", kind: "truck" }, { now: 5, distanceUnit: "mi", checklists: [] });
  const signed = { ...unit, odometer: null, engineHours: null, stillThere: [], ...change };
  const report: SignedReport = {
    kind: "post-trip",
    language: "en",
    startedAt: 3,
    signedAt: 4,
    place: null,
    signature: { name: "Dana", path: null },
    units: [signed],
  };
  return { id: newId("submission"), driverId: "mem", driverName: "Dana", report, queuedAt: 4, isFiled: false, refusal: null, needsSignIn: false, ...more };
}
const states = (of: Start) => of.defects.map(({ state }) => state);

test("a defect that was signed without signal counts at once, and its report is in the history", () => {
  const defect = { id: newId("defect"), part: "horn" as const, problem: "broken" as const, note: "", severity: "safety" as const, photos: [] };
  const shown = withUnsent(start(), [queued({ defects: [defect] })]);
  expect(shown.defects).toMatchObject([{ id: defect.id, assetId, state: "open" }]);
  expect(shown.reports).toMatchObject([{ unitNumber: "101", defects: 1, safetyDefects: 1, isOwn: true }]);
});

test("an accepted repair is not asked about again, a rejected one is open", () => {
  const [one, other] = [known("certified"), known("certified")];
  const reviews = [
    { defectId: one.id, round: 1, outcome: "accepted" as const, reason: "" },
    { defectId: other.id, round: 1, outcome: "rejected" as const, reason: "Still leaks" },
  ];
  const shown = withUnsent(start(one, other), [queued({ reviews })]);
  expect(shown.defects.map(({ id }) => id)).toEqual([other.id]);
  expect(states(shown)).toEqual(["open"]);
});

test("what the server has already is not shown twice", () => {
  const defect = known("open");
  const report = queued({ defects: [{ ...defect, photos: [] }] });
  expect(withUnsent(start(defect), [report, report]).defects).toHaveLength(1);
  expect(withUnsent(start(defect), [report, report]).reports).toHaveLength(1);
});
