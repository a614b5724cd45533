import { err, ok, type Result } from "~/kernel/result";
import type { AssetKind } from "~/modules/assets/asset";
import { type DefectProblem, defectProblems } from "../defects/defect";
import {
  type Checklist,
  type ChecklistGroup,
  checklistOf,
  currentChecklist,
  type GroupKey,
  isOwnPart,
  legalParts,
  MAX_PART_NAME,
  ownPart,
  type PartKey,
  partsOf,
  problemsOf,
} from "./checklist";
import { partLabel } from "./labels";

/** Versions of a shop's own checklists begin here; those below are the product's. */
export const OWN_FROM = 1_000;

/** All parts that a shop can ask for, in the order of a walk around the unit. */
const possible: Record<AssetKind, readonly ChecklistGroup[]> = {
  truck: [
    { key: "cab", parts: ["service-brakes", "parking-brake", "steering", "horn", "wipers", "mirrors", "gauges", "controls", "emergency-equipment"] },
    { key: "front", parts: ["lights", "engine-leaks", "exhaust", "cooling-unit"] },
    { key: "wheels", parts: ["tires", "wheels", "suspension"] },
    { key: "coupling", parts: ["coupling", "air-lines", "hydraulics"] },
    { key: "load", parts: ["load", "body", "doors", "underride-guard"] },
  ],
  trailer: [
    { key: "coupling", parts: ["coupling", "air-lines", "landing-gear", "parking-brake", "hydraulics"] },
    { key: "front", parts: ["lights", "cooling-unit"] },
    { key: "wheels", parts: ["service-brakes", "tires", "wheels", "suspension"] },
    { key: "load", parts: ["load", "doors", "body", "underride-guard", "emergency-equipment"] },
  ],
  equipment: [
    { key: "controls", parts: ["controls", "service-brakes", "parking-brake", "steering", "horn", "gauges"] },
    { key: "engine", parts: ["engine-leaks", "hydraulics", "exhaust", "cooling-unit"] },
    { key: "undercarriage", parts: ["tracks", "tires", "wheels", "suspension"] },
    { key: "attachments", parts: ["bucket-and-blade", "coupling", "load"] },
    { key: "machine", parts: ["lights", "mirrors", "wipers", "doors", "body", "emergency-equipment"] },
  ],
};
export const possibleGroups = (kind: AssetKind): readonly ChecklistGroup[] => possible[kind];

/** Parts that 49 CFR 396.11(a)(1) names and that such a unit has. A machine that never goes on the road has no such list. */
const required: Record<AssetKind, readonly PartKey[]> = {
  truck: legalParts,
  trailer: ["service-brakes", "lights", "tires", "coupling", "wheels"],
  equipment: [],
};
export const requiredParts = (kind: AssetKind): readonly PartKey[] => required[kind];

/** Of one kind of unit: a walk around it stays a short one. */
export const MAX_OWN_PARTS = 20;

/** The shop's own parts and choices that a checklist has, which go on into its next version. */
type Kept = Pick<Checklist, "groups">;
const nothingKept: Kept = { groups: [] };

/**
 * The groups of a checklist with these parts, those that the law asks for, and the shop's own of the version before; null
 * where there is none at all.
 */
export function groupsWith(kind: AssetKind, chosen: readonly string[], { groups: before }: Kept = nothingKept): ChecklistGroup[] | null {
  const isIn = (part: PartKey) => required[kind].includes(part) || chosen.includes(part);
  const groups = possible[kind].flatMap(({ key, parts }) => {
    const old = before.find((group) => group.key === key);
    const its = [...parts.filter(isIn), ...(old?.parts.filter(isOwnPart) ?? [])];
    return its.length > 0 ? [groupOf(key, its, old?.problems)] : [];
  });
  return groups.length > 0 ? groups : null;
}

/** A group with the choices of its parts, as far as there are fewer than all. */
function groupOf(key: GroupKey, parts: readonly PartKey[], problems: ChecklistGroup["problems"] = {}): ChecklistGroup {
  const fewer = Object.entries(problems).filter(([part, its]) => parts.some((one) => one === part) && its.length < defectProblems.length);
  return fewer.length > 0 ? { key, parts, problems: Object.fromEntries(fewer) } : { key, parts };
}

export type PartChange = {
  /** The part that is changed; null for a new one. */
  was: PartKey | null;
  /** Of an own part; a part of the product keeps its name and its group. */
  name: string;
  group: GroupKey;
  problems: readonly DefectProblem[];
};
export type PartRefusal = { kind: "no-such-part" } | { kind: "no-name" } | { kind: "name-taken" } | { kind: "no-such-group" } | { kind: "too-many-parts" };

/**
 * The groups with a part added, or changed in its name, its place or its choices. "Something else" is always offered, so that
 * whatever a driver finds can be reported.
 */
export function withPart({ kind, groups }: Pick<Checklist, "kind" | "groups">, change: PartChange): Result<ChecklistGroup[], PartRefusal> {
  const { was } = change;
  if (was !== null && !partsOf({ groups }).includes(was)) return err({ kind: "no-such-part" });
  const problems = defectProblems.filter((problem) => problem === "other" || change.problems.includes(problem));
  if (was !== null && !isOwnPart(was))
    return ok(groups.map((group) => (group.parts.includes(was) ? groupOf(group.key, group.parts, { ...group.problems, [was]: problems }) : group)));
  const name = change.name.trim();
  if (name === "" || name.length > MAX_PART_NAME) return err({ kind: "no-name" });
  const others = [...partsOf({ groups }), ...partsOf({ groups: possible[kind] })].filter((part) => part !== was);
  if (others.some((part) => partLabel(part).toLowerCase() === name.toLowerCase())) return err({ kind: "name-taken" });
  if (!possible[kind].some(({ key }) => key === change.group)) return err({ kind: "no-such-group" });
  if (was === null && partsOf({ groups }).filter(isOwnPart).length >= MAX_OWN_PARTS) return err({ kind: "too-many-parts" });
  const part = ownPart(name);
  return ok(
    possible[kind].flatMap(({ key }) => {
      const old = groups.find((group) => group.key === key);
      const place = was === null || key !== change.group ? -1 : (old?.parts.indexOf(was) ?? -1);
      const without = old?.parts.filter((one) => one !== was) ?? [];
      const at = place < 0 ? without.length : place;
      const parts = key === change.group ? [...without.slice(0, at), part, ...without.slice(at)] : without;
      return parts.length > 0 ? [groupOf(key, parts, { ...old?.problems, [part]: problems })] : [];
    }),
  );
}

/** The groups without one of the shop's own parts; null where it is the last part of all. */
export function withoutPart({ groups }: Pick<Checklist, "groups">, part: PartKey): ChecklistGroup[] | null {
  const left = groups.flatMap((group) => {
    const parts = group.parts.filter((one) => one !== part);
    return parts.length > 0 ? [groupOf(group.key, parts, group.problems)] : [];
  });
  return left.length > 0 ? left : null;
}

/** The checklist that reports on this kind of unit use now, among those that the shop made. */
export function newestChecklist(own: readonly Checklist[], kind: AssetKind): Checklist {
  const ofKind = own.filter((one) => one.kind === kind);
  return ofKind.length === 0 ? currentChecklist(kind) : ofKind.reduce((newest, one) => (one.version > newest.version ? one : newest));
}

/** The checklist of a report; null where there never was such a one. */
export const findChecklist = (own: readonly Checklist[], kind: AssetKind, version: number): Checklist | null =>
  own.find((one) => one.kind === kind && one.version === version) ?? checklistOf(kind, version);

/** What a new version of a checklist asks for that the one before didn't, the other way around, and of which parts it offers other choices. */
export function checklistChange(before: Kept, after: Kept): { added: PartKey[]; removed: PartKey[]; choices: PartKey[] } {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  const offered = ({ groups }: Kept, part: PartKey) => groups.flatMap((group) => (group.parts.includes(part) ? [...problemsOf(group, part)] : [])).join();
  return {
    added: fresh.filter((part) => !old.includes(part)),
    removed: old.filter((part) => !fresh.includes(part)),
    choices: fresh.filter((part) => old.includes(part) && offered(before, part) !== offered(after, part)),
  };
}

/** Whether two versions ask for the same, in the same places. */
export const isSameChecklist = (before: Kept, after: Kept): boolean => {
  const { added, removed, choices } = checklistChange(before, after);
  const placed = ({ groups }: Kept) => groups.map(({ key, parts }) => `${key}:${parts.join()}`).join(";");
  return added.length + removed.length + choices.length === 0 && placed(before) === placed(after);
};
