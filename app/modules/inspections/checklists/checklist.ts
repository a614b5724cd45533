import type { AssetKind } from "~/modules/assets/asset";
import { type DefectProblem, defectProblems } from "../defects/defect.ts";

/**
 * Parts that a driver looks at. The eleven that 49 CFR 396.11(a)(1) names are `legalParts`; the others are what
 * shops see fail most.
 */
export const partKeys = [
  "service-brakes",
  "parking-brake",
  "steering",
  "lights",
  "tires",
  "horn",
  "wipers",
  "mirrors",
  "coupling",
  "wheels",
  "emergency-equipment",
  "air-lines",
  "body",
  "bucket-and-blade",
  "controls",
  "cooling-unit",
  "doors",
  "engine-leaks",
  "exhaust",
  "gauges",
  "hydraulics",
  "landing-gear",
  "load",
  "suspension",
  "tracks",
  "underride-guard",
] as const;
export type ProductPart = (typeof partKeys)[number];
/** A part that a shop added. Its key is its name, so that a report reads as it was signed whatever becomes of the checklist. */
export type OwnPart = `own:${string}`;
export type PartKey = ProductPart | OwnPart;

export const MAX_PART_NAME = 40;
export const ownPart = (name: string): OwnPart => `own:${name}`;
export const isOwnPart = (part: PartKey): part is OwnPart => part.startsWith("own:");
export const nameOfOwn = (part: OwnPart): string => part.slice("own:".length);

/** Whether a text from outside can be a part of some checklist. */
export const isPartKey = (text: string): text is PartKey =>
  (partKeys as readonly string[]).includes(text) || (/^own:[^\p{Cc}\s]/u.test(text) && !/\p{Cc}/u.test(text) && text.length <= "own:".length + MAX_PART_NAME);

/** Parts that a report must cover at least (49 CFR 396.11(a)(1)). */
export const legalParts = [
  "service-brakes",
  "parking-brake",
  "steering",
  "lights",
  "tires",
  "horn",
  "wipers",
  "mirrors",
  "coupling",
  "wheels",
  "emergency-equipment",
] as const satisfies readonly ProductPart[];

export const groupKeys = ["cab", "front", "wheels", "coupling", "load", "controls", "engine", "undercarriage", "attachments", "machine"] as const;
export type GroupKey = (typeof groupKeys)[number];

/** `problems`: what a driver can choose from where it isn't all of it, by part. */
export type ChecklistGroup = { key: GroupKey; parts: readonly PartKey[]; problems?: Readonly<Record<string, readonly DefectProblem[]>> };
/** The parts of a kind of unit, in the order of a walk around it. */
export type Checklist = { kind: AssetKind; version: number; groups: readonly ChecklistGroup[] };

/**
 * Every checklist that was ever in use, newest last. A report names its version, so a version is never edited: a change
 * is a new one.
 */
const checklists: readonly Checklist[] = [
  {
    kind: "truck",
    version: 1,
    groups: [
      { key: "cab", parts: ["service-brakes", "parking-brake", "steering", "horn", "wipers", "mirrors", "gauges", "emergency-equipment"] },
      { key: "front", parts: ["lights", "engine-leaks", "exhaust"] },
      { key: "wheels", parts: ["tires", "wheels", "suspension"] },
      { key: "coupling", parts: ["coupling", "air-lines"] },
      { key: "load", parts: ["load", "body"] },
    ],
  },
  {
    kind: "trailer",
    version: 1,
    groups: [
      { key: "coupling", parts: ["coupling", "air-lines", "landing-gear"] },
      { key: "front", parts: ["lights", "cooling-unit"] },
      { key: "wheels", parts: ["service-brakes", "tires", "wheels", "suspension"] },
      { key: "load", parts: ["load", "doors", "body", "underride-guard"] },
    ],
  },
  {
    kind: "equipment",
    version: 1,
    groups: [
      { key: "controls", parts: ["controls", "service-brakes", "parking-brake", "steering", "horn", "gauges"] },
      { key: "engine", parts: ["engine-leaks", "hydraulics", "exhaust"] },
      { key: "undercarriage", parts: ["tracks", "tires", "wheels"] },
      { key: "attachments", parts: ["bucket-and-blade", "coupling"] },
      { key: "machine", parts: ["lights", "mirrors", "wipers", "body", "emergency-equipment"] },
    ],
  },
];

/** The checklist that reports on this kind of unit use now. */
export function currentChecklist(kind: AssetKind): Checklist {
  const newest = checklists.filter((one) => one.kind === kind).at(-1);
  if (!newest) throw new Error(`no checklist for ${kind}`);
  return newest;
}

/** The checklist of an earlier report; null where there never was such a one. */
export const checklistOf = (kind: AssetKind, version: number): Checklist | null =>
  checklists.find((one) => one.kind === kind && one.version === version) ?? null;

/** What a driver can choose as wrong with a part. */
export const problemsOf = ({ problems }: Pick<ChecklistGroup, "problems">, part: PartKey | null): readonly DefectProblem[] =>
  (part === null ? undefined : problems?.[part]) ?? defectProblems;

export const partsOf = ({ groups }: Pick<Checklist, "groups">): PartKey[] => groups.flatMap(({ parts }) => parts);
