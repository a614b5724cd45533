import * as z from "zod";
import { type Id, parseId, type RecordKind } from "~/kernel/ids";
import { assetKinds } from "~/modules/assets/asset";
import { partCount } from "~/modules/attachments/upload/parts";
import { type Checklist, groupKeys, isPartKey, type PartKey, partsOf } from "../checklists/checklist";
import { languages } from "../checklists/labels";
import { findChecklist } from "../checklists/own-checklist";
import { defectProblems, defectSeverities, reviewOutcomes } from "../defects/defect";
import { inspectionKinds } from "../inspection";
import { MAX_PHOTOS, MAX_UNITS, MAX_VIDEO_BYTES } from "./limits";
import type { FilingCode } from "./refusals";

/** A driver's report is text; its photos come apart. */
export const MAX_SUBMISSION_BYTES = 400_000;
/** In all of one submission. */
const MAX_ALL_PHOTOS = 60;
const [MAX_DEFECTS, MAX_NOTE] = [30, 1_000];

const idOf = <K extends RecordKind>(kind: K) =>
  z.string().transform((text, context): Id<K> => {
    const id = parseId(kind, text);
    if (id === null) context.addIssue({ code: "custom", message: `No id of a ${kind}.` });
    return id as Id<K>; // refused by the issue where it is null
  });
/** An instant that any calendar can show. */
export const instant = z.number().int().min(1_500_000_000_000).max(9_000_000_000_000);
const note = z.string().max(MAX_NOTE);
/** That it is on the checklist is asked later; one that a shop added is called as it liked. */
const part = z.custom<PartKey>((value) => typeof value === "string" && isPartKey(value), "No part of a unit.");

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Photo = z.object({ id: idOf("attachment"), sha256, bytes: z.number().int().min(1) });
/** It comes in parts; what is signed is the checksum of each. */
const Video = z
  .object({ id: idOf("attachment"), bytes: z.number().int().min(1).max(MAX_VIDEO_BYTES), parts: z.array(sha256) })
  .refine(({ bytes, parts }) => parts.length === partCount(bytes), "Not the parts of a video of this size.");

const Defect = z.object({
  id: idOf("defect"),
  part,
  problem: z.enum(defectProblems),
  note,
  severity: z.enum(defectSeverities),
  photos: z.array(Photo).max(MAX_PHOTOS),
  video: Video.optional(),
});

const Unit = z.object({
  id: idOf("inspection"),
  /** Null where the driver's unit isn't listed; the shop finds out which one it is. */
  assetId: idOf("asset").nullable(),
  /** An earlier report of the same driver that this one puts right. */
  corrects: idOf("inspection").nullable().default(null),
  /** The unit's number as the driver knows it. */
  unitNumber: z.string().trim().min(1).max(40),
  kind: z.enum(assetKinds),
  checklistVersion: z.number().int().min(1),
  /** Groups of parts that the driver confirmed to be without a new defect. */
  confirmed: z.array(z.enum(groupKeys)).max(groupKeys.length),
  /** As shown on the dash. */
  odometer: z.object({ value: z.number().min(0).max(99_999_999), unit: z.enum(["mi", "km"]) }).nullable(),
  engineHours: z.number().min(0).max(999_999).nullable(),
  defects: z.array(Defect).max(MAX_DEFECTS),
  /** Open defects of earlier reports that are still there. */
  stillThere: z.array(z.object({ defectId: idOf("defect"), part, note })).max(MAX_DEFECTS),
  /** The driver's review of what was certified since the last report, signed with this one (49 CFR 396.13). */
  reviews: z
    .array(z.object({ defectId: idOf("defect"), round: z.number().int().min(1).max(1_000), outcome: z.enum(reviewOutcomes), reason: note }))
    .max(MAX_DEFECTS),
});

/** One act of filing: a tractor and its trailers, one report each, signed once. Every id in it was made on the phone. */
export const SubmissionForm = z.object({
  kind: z.enum(inspectionKinds),
  language: z.enum(languages),
  /** By the device's clock, UTC ms. */
  startedAt: instant,
  signedAt: instant,
  place: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).nullable(),
  signature: z.object({
    name: z.string().trim().min(1).max(120),
    /** SVG path data of a drawn signature. */
    path: z
      .string()
      .max(12_000)
      .regex(/^[ML0-9 .-]*$/)
      .nullable(),
  }),
  units: z.array(Unit).min(1).max(MAX_UNITS),
});
export type Submission = z.output<typeof SubmissionForm>;
export type SubmittedUnit = Submission["units"][number];
type SubmittedPhoto = SubmittedUnit["defects"][number]["photos"][number];

/** Every photo that the reports name. */
export const photosOf = (units: readonly SubmittedUnit[]): SubmittedPhoto[] => units.flatMap(({ defects }) => defects.flatMap(({ photos }) => photos));

/** Why a report that has the right shape can't be filed; null if it can. `own` are the shop's own checklists. */
export function submissionProblem({ units, startedAt, signedAt }: Submission, own: readonly Checklist[]): { code: FilingCode; unit: string } | null {
  const because = (code: FilingCode, unit = "") => ({ code, unit });
  if (signedAt < startedAt) return because("signed-before-start");
  const ids = units.flatMap((unit) => [
    unit.id,
    ...unit.defects.flatMap((defect) => [defect.id, ...defect.photos.map(({ id }) => id), ...(defect.video ? [defect.video.id] : [])]),
  ]);
  if (new Set<string>(ids).size !== ids.length) return because("same-ids");
  if (photosOf(units).length > MAX_ALL_PHOTOS) return because("too-many-photos");
  for (const unit of units) {
    const checklist = findChecklist(own, unit.kind, unit.checklistVersion);
    if (!checklist) return because("no-such-checklist", unit.unitNumber);
    const parts = partsOf(checklist);
    if (unit.defects.some(({ part }) => !parts.includes(part))) return because("part-unknown", unit.unitNumber);
    const found = new Set<string>([...unit.defects, ...unit.stillThere].map(({ part }) => part));
    if (checklist.groups.some(({ key, parts: its }) => !unit.confirmed.includes(key) && !its.some((part) => found.has(part))))
      return because("group-missing", unit.unitNumber);
    if (unit.reviews.some(({ outcome, reason }) => outcome === "rejected" && reason.trim() === "")) return because("reason-missing");
  }
  return null;
}
