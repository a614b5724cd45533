import { type Id, newId } from "~/kernel/ids";
import { HOUR } from "~/kernel/time";
import { parseReading, toMeters } from "~/kernel/units";
import { type Checklist, type ChecklistGroup, currentChecklist, type GroupKey, type PartKey } from "~/modules/inspections/checklists/checklist";
import type { Language } from "~/modules/inspections/checklists/labels";
import { newestChecklist } from "~/modules/inspections/checklists/own-checklist";
import type { DefectProblem, DefectSeverity } from "~/modules/inspections/defects/defect";
import type { Submission } from "~/modules/inspections/filing/submission";
import type { InspectionKind } from "~/modules/inspections/inspection";
import type { StartDefect, StartUnit } from "~/queries/driver/start.server";

export type DraftPhoto = { id: Id<"attachment">; sha256: string; bytes: number };
/** `parts`: the hex SHA-256 of each part that it is sent in. */
export type DraftVideo = { id: Id<"attachment">; bytes: number; parts: string[] };
export type DraftDefect = {
  id: Id<"defect">;
  part: PartKey;
  problem: DefectProblem;
  note: string;
  severity: DefectSeverity;
  photos: readonly DraftPhoto[];
  video?: DraftVideo;
};
export type DraftReview = { defectId: Id<"defect">; round: number; outcome: "accepted" | "rejected"; reason: string };
/** A defect whose form is open: saved as it is filled in, since a phone may close the page while the camera is open. */
export type DefectInHand = Omit<DraftDefect, "part" | "problem" | "severity"> & {
  group: GroupKey;
  part: PartKey | null;
  problem: DefectProblem | null;
  severity: DefectSeverity | null;
};
export type DraftUnit = {
  id: Id<"inspection">;
  assetId: Id<"asset"> | null;
  /** The driver's earlier report that this one puts right. */
  corrects: Id<"inspection"> | null;
  unitNumber: string;
  kind: StartUnit["kind"];
  checklistVersion: number;
  /** The groups of that checklist as the phone had it; absent in drafts of older versions of the app. */
  groups?: readonly ChecklistGroup[];
  confirmed: readonly GroupKey[];
  /** As typed. */
  odometer: string;
  engineHours: string;
  defects: readonly DraftDefect[];
  stillThere: readonly { defectId: Id<"defect">; part: PartKey }[];
  reviews: readonly DraftReview[];
  inHand: DefectInHand | null;
  /** That the driver said so of the whole unit, once every group was looked at. */
  done: boolean;
};

/** An inspection that isn't signed yet. It is saved on the phone at every tap. */
export type Draft = {
  id: Id<"submission">;
  driverId: string;
  kind: InspectionKind | null;
  startedAt: number;
  units: readonly DraftUnit[];
  /** The number of a trailer that is being typed; null or absent while none is added. */
  trailer?: string | null;
  /** What was typed and drawn to sign with; absent until then. */
  signing?: DraftSignature;
};
export type DraftSignature = { name: string /** SVG path data. */; path: string };

export type UnitFacts = Pick<StartUnit, "unitNumber" | "kind"> & { id: Id<"asset"> | null } & Partial<Pick<StartUnit, "odometer" | "engine">>;

/** A tracker's reading of the last hour is filled in; the driver checks it. */
const FRESH = HOUR;
type Reader = { now: number; distanceUnit: "mi" | "km"; checklists: readonly Checklist[] };

export const draftUnit = ({ id, unitNumber, kind, odometer, engine }: UnitFacts, { now, distanceUnit, checklists }: Reader): DraftUnit => ({
  id: newId("inspection"),
  assetId: id,
  corrects: null,
  unitNumber,
  kind,
  ...checklistFor(checklists, kind),
  confirmed: [],
  odometer: odometer && now - odometer.at < FRESH ? String(Math.ceil(odometer.value / toMeters(1, distanceUnit))) : "",
  engineHours: engine && now - engine.at < FRESH ? (Math.ceil(engine.value / 360) / 10).toFixed(1) : "",
  defects: [],
  stillThere: [],
  reviews: [],
  inHand: null,
  done: false,
});

export const newDraft = (driverId: string, unit: UnitFacts, reader: Reader): Draft => ({
  id: newId("submission"),
  driverId,
  kind: null,
  startedAt: reader.now,
  units: [draftUnit(unit, reader)],
});

/** A draft with other units. A signature that was drawn before is not for them. */
export const withUnits = ({ signing, ...draft }: Draft, units: readonly DraftUnit[]): Draft => ({
  ...draft,
  units,
  ...(signing ? { signing: { ...signing, path: "" } } : {}),
});

/** Changes one unit of a draft. A unit that changed is not done any more. */
export const changeUnit = (draft: Draft, index: number, change: (unit: DraftUnit) => Partial<DraftUnit>): Draft =>
  withUnits(
    draft,
    draft.units.map((unit, at) => (at === index ? { ...unit, done: false, ...change(unit) } : unit)),
  );

/** The newest that the phone knows; it may be older than what the shop has by now. */
function checklistFor(checklists: readonly Checklist[], kind: StartUnit["kind"]) {
  const { version: checklistVersion, groups } = newestChecklist(checklists, kind);
  return { checklistVersion, groups };
}

export const groupsOf = ({ kind, groups }: Pick<DraftUnit, "kind" | "groups">) => groups ?? currentChecklist(kind).groups;

/** Whether a group of parts was looked at: confirmed, or with a defect in it, and none half described. */
export function isLookedAt(unit: DraftUnit, key: GroupKey): boolean {
  if (unit.inHand?.group === key) return false;
  const parts = groupsOf(unit).find((group) => group.key === key)?.parts ?? [];
  return unit.confirmed.includes(key) || [...unit.defects, ...unit.stillThere].some(({ part }) => parts.includes(part));
}

export const isAllLookedAt = (unit: DraftUnit): boolean => groupsOf(unit).every(({ key }) => isLookedAt(unit, key));

/** One question a screen, in this order. `index` is the unit's place in the combination. */
export type Step =
  | { name: "kind" }
  | { name: "review"; index: number }
  | { name: "group"; index: number; group: GroupKey }
  | { name: "finish"; index: number }
  | { name: "sign" };

/** The steps of an inspection. `toReview` tells of which units the driver has defects or repairs to look at first. */
export function stepsOf(draft: Draft, toReview: (unit: DraftUnit) => boolean): Step[] {
  return [
    { name: "kind" },
    ...draft.units.flatMap((unit, index): Step[] => [
      ...(toReview(unit) ? [{ name: "review" as const, index }] : []),
      ...groupsOf(unit).map(({ key }) => ({ name: "group" as const, index, group: key })),
      { name: "finish", index },
    ]),
    { name: "sign" },
  ];
}

/** A step in the app's address: "kind", "0-cab", "1-finish". */
export const stepText = (step: Step): string => ("index" in step ? `${step.index}-${step.name === "group" ? step.group : step.name}` : step.name);

/** A rejection has a reason. */
export const isReviewed = ({ outcome, reason }: DraftReview): boolean => outcome === "accepted" || reason.trim() !== "";

/** Whether the meters of a unit can be read. */
export const areMetersReadable = ({ odometer, engineHours }: DraftUnit): boolean =>
  checkMeter(odometer, null, secondsFrom) !== "unreadable" && checkMeter(engineHours, null, secondsFrom, MOST_HOURS) !== "unreadable";

/** The step with what was left half typed: a trailer's number, or the form of a defect. */
export const stepInHand = (draft: Draft): string | null => (draft.trailer?.trim() ? "kind" : defectInHand(draft));

const defectInHand = (draft: Draft): string | null =>
  draft.units.flatMap(({ inHand }, index) => (inHand ? [stepText({ name: "group", index, group: inHand.group })] : []))[0] ?? null;

/** A defect from the form in hand once it is complete. */
export function defectFrom({ group: _, part, problem, severity, note, ...kept }: DefectInHand): DraftDefect | null {
  return part && problem && severity ? { ...kept, part, problem, severity, note: note.trim() } : null;
}

/** Whether a step was answered, so that a draft opens again where it was left. */
export function isAnswered(draft: Draft, step: Step, defects: readonly StartDefect[]): boolean {
  if (step.name === "kind") return draft.kind !== null;
  if (step.name === "sign") return false;
  const unit = draft.units[step.index];
  if (!unit) return true;
  if (step.name === "group") return isLookedAt(unit, step.group);
  if (step.name === "finish") return unit.done;
  return defects
    .filter(({ assetId, state }) => assetId === unit.assetId && state === "certified")
    .every(({ id }) => unit.reviews.some((review) => review.defectId === id && isReviewed(review)));
}

/** The server's limit for hours; an odometer has its own by its digits. */
export const MOST_HOURS = 999_999;

/** What a typed meter means against the last known reading, in meters or seconds. */
type MeterCheck = "empty" | "unreadable" | "lower" | "fine";
export function checkMeter(text: string, last: number | null, toBase: (value: number) => number, most = Number.POSITIVE_INFINITY): MeterCheck {
  if (text.trim() === "") return "empty";
  const value = parseReading(text);
  if (value === null || value > most) return "unreadable";
  // A dash shows whole units: it may be up to one behind the tracker.
  return last !== null && toBase(value + 1) <= last ? "lower" : "fine";
}
export const metersFrom = (unit: "mi" | "km") => (value: number) => toMeters(value, unit);
export const secondsFrom = (hours: number): number => hours * 3_600;

type Signing = { language: Language; signedAt: number; place: Submission["place"]; signature: Submission["signature"]; distanceUnit: "mi" | "km" };

/** The report as it is signed and sent: from then on it never changes. */
export function toSubmission(draft: Draft, signing: Signing) {
  const { language, signedAt, place, signature, distanceUnit } = signing;
  return {
    kind: draft.kind ?? "post-trip",
    language,
    startedAt: Math.min(draft.startedAt, signedAt),
    signedAt,
    place,
    signature,
    units: draft.units.map(({ odometer, engineHours, done: _, inHand: __, groups: ___, stillThere, ...unit }) => {
      const [miles, hours] = [parseReading(odometer), parseReading(engineHours)];
      return {
        ...unit,
        odometer: miles === null ? null : { value: miles, unit: distanceUnit },
        engineHours: hours,
        stillThere: stillThere.map((one) => ({ ...one, note: "" })),
      };
    }),
  };
}
export type SignedReport = ReturnType<typeof toSubmission>;

/** A signed report that the server refused for good, as a draft again under the same ids. */
export const draftFrom = (id: Draft["id"], driverId: string, report: SignedReport, checklists: readonly Checklist[]): Draft => ({
  id,
  driverId,
  kind: report.kind,
  startedAt: report.startedAt,
  units: report.units.map(({ odometer, engineHours, ...unit }) => ({
    ...unit,
    ...checklistFor(checklists, unit.kind),
    odometer: odometer === null ? "" : String(odometer.value),
    engineHours: engineHours === null ? "" : String(engineHours),
    inHand: null,
    done: false,
  })),
});
