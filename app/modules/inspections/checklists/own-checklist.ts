import type { AssetKind } from "~/modules/assets/asset";
import { type Checklist, type ChecklistGroup, checklistOf, currentChecklist, legalParts, type PartKey, partsOf } from "./checklist";

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

/** The groups of a checklist with these parts and those that the law asks for; null where there is none at all. */
export function groupsWith(kind: AssetKind, chosen: readonly string[]): ChecklistGroup[] | null {
  const isIn = (part: PartKey) => required[kind].includes(part) || chosen.includes(part);
  const groups = possible[kind].flatMap(({ key, parts }) => {
    const its = parts.filter(isIn);
    return its.length > 0 ? [{ key, parts: its }] : [];
  });
  return groups.length > 0 ? groups : null;
}

/** The checklist that reports on this kind of unit use now, among those that the shop made. */
export function newestChecklist(own: readonly Checklist[], kind: AssetKind): Checklist {
  const ofKind = own.filter((one) => one.kind === kind);
  return ofKind.length === 0 ? currentChecklist(kind) : ofKind.reduce((newest, one) => (one.version > newest.version ? one : newest));
}

/** The checklist of a report; null where there never was such a one. */
export const findChecklist = (own: readonly Checklist[], kind: AssetKind, version: number): Checklist | null =>
  own.find((one) => one.kind === kind && one.version === version) ?? checklistOf(kind, version);

/** What a new version of a checklist asks for that the one before didn't, and the other way around. */
export function checklistChange(before: Checklist, after: Pick<Checklist, "groups">): { added: PartKey[]; removed: PartKey[] } {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  return { added: fresh.filter((part) => !old.includes(part)), removed: old.filter((part) => !fresh.includes(part)) };
}
