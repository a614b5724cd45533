import type * as z from "zod";
import { type Id, newId } from "~/kernel/ids";
import { currentChecklist } from "../checklists/checklist";
import type { SubmissionForm } from "./submission";

export type SubmissionInput = z.input<typeof SubmissionForm>;
export type UnitInput = SubmissionInput["units"][number];
export type DefectInput = UnitInput["defects"][number];

/** A unit without a defect, every group confirmed. */
export const cleanUnit = (assetId: Id<"asset"> | null, more: Partial<UnitInput> = {}): UnitInput => {
  const kind = more.kind ?? "truck";
  const checklist = currentChecklist(kind);
  return {
    id: newId("inspection"),
    assetId,
    corrects: null,
    unitNumber: "101",
    kind,
    checklistVersion: checklist.version,
    confirmed: checklist.groups.map(({ key }) => key),
    odometer: null,
    engineHours: null,
    defects: [],
    stillThere: [],
    reviews: [],
    ...more,
  };
};

export const aDefect = (more: Partial<DefectInput> = {}): DefectInput => ({
  id: newId("defect"),
  part: "tires",
  problem: "worn",
  note: "Left front is down to the bars",
  severity: "safety",
  photos: [],
  ...more,
});

/** A post-trip report that took three minutes, signed at an instant. */
export const aSubmission = (signedAt: number, units: UnitInput[], more: Partial<SubmissionInput> = {}): SubmissionInput => ({
  kind: "post-trip",
  language: "en",
  startedAt: signedAt - 180_000,
  signedAt,
  place: null,
  signature: { name: "Dana Ortiz", path: null },
  units,
  ...more,
});
