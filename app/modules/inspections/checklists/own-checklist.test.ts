import { expect, test } from "vitest";
import { assetKinds } from "~/modules/assets/asset";
import { currentChecklist, legalParts, type PartKey, partsOf, problemsOf } from "./checklist";
import { defectTitle } from "./labels";
import {
  checklistChange,
  findChecklist,
  groupsWith,
  isSameChecklist,
  MAX_OWN_PARTS,
  newestChecklist,
  OWN_FROM,
  type PartChange,
  possibleGroups,
  requiredParts,
  withoutPart,
  withPart,
} from "./own-checklist";

test.each(assetKinds)("a shop can choose every part of the product's checklist of a %s, each once", (kind) => {
  const parts = partsOf({ groups: possibleGroups(kind) });
  expect(new Set(parts).size).toBe(parts.length);
  expect(partsOf(currentChecklist(kind)).filter((part) => !parts.includes(part))).toEqual([]);
  expect(requiredParts(kind).filter((part) => !parts.includes(part))).toEqual([]);
});

test("what 49 CFR 396.11 names stays, whatever is chosen", () => {
  expect([...partsOf({ groups: groupsWith("truck", []) ?? [] })].sort()).toEqual([...legalParts].sort());
  const trailer = partsOf({ groups: groupsWith("trailer", ["doors"]) ?? [] });
  expect([...trailer].sort()).toEqual(["coupling", "doors", "lights", "service-brakes", "tires", "wheels"]);
  expect(groupsWith("equipment", [])).toBeNull();
  expect(groupsWith("equipment", ["tracks"])).toEqual([{ key: "undercarriage", parts: ["tracks"] }]);
});

test("a report finds the version that it names, and the next one takes the newest", () => {
  const own = [OWN_FROM, OWN_FROM + 1].map((version) => ({
    kind: "truck" as const,
    version,
    groups: groupsWith("truck", version === OWN_FROM ? ["doors"] : []) ?? [],
  }));
  expect(newestChecklist(own, "truck").version).toBe(OWN_FROM + 1);
  expect(newestChecklist(own, "trailer")).toBe(currentChecklist("trailer"));
  expect(findChecklist(own, "truck", OWN_FROM)).toBe(own[0]);
  expect(findChecklist(own, "truck", 1)).toBe(currentChecklist("truck"));
  expect(findChecklist(own, "trailer", OWN_FROM)).toBeNull();
  expect(checklistChange(own[0] ?? expect.fail("none"), own[1] ?? expect.fail("none"))).toEqual({ added: [], removed: ["doors"], choices: [] });
});

const truck = currentChecklist("truck");
const liftgate: PartChange = { was: null, name: " Liftgate ", group: "load", problems: ["broken", "leaking"] };
const groupsAfter = (change: PartChange, before = truck) => {
  const groups = withPart(before, change);
  return groups.ok ? groups.value : expect.fail(groups.error.kind);
};
const offered = (groups: typeof truck.groups, part: PartKey) => groups.flatMap((group) => (group.parts.includes(part) ? [...problemsOf(group, part)] : []));

test("a shop's own part is added under its name, offers what was chosen, and a change of the product's parts keeps it", () => {
  const groups = groupsAfter(liftgate);
  expect(groups.at(-1)?.parts).toEqual(["load", "body", "own:Liftgate"]);
  expect(offered(groups, "own:Liftgate")).toEqual(["broken", "leaking", "other"]);
  expect(offered(groups, "tires")).toHaveLength(9);
  expect(checklistChange(truck, { groups })).toEqual({ added: ["own:Liftgate"], removed: [], choices: [] });
  expect(defectTitle({ part: "own:Liftgate", problem: "broken" })).toBe("Liftgate: broken or cracked");
  const later = groupsWith("truck", ["gauges"], { groups }) ?? expect.fail("none");
  expect(partsOf({ groups: later })).toContain("own:Liftgate");
  expect(offered(later, "own:Liftgate")).toEqual(["broken", "leaking", "other"]);
});

test("renamed it keeps its place, moved it goes to the end of its group, and removed it leaves no choices behind", () => {
  const before = { ...truck, groups: groupsAfter({ ...liftgate, name: "Chains" }, { ...truck, groups: groupsAfter(liftgate) }) };
  const change: PartChange = { ...liftgate, was: "own:Liftgate", name: "Tail lift" };
  expect(groupsAfter(change, before).at(-1)?.parts).toEqual(["load", "body", "own:Tail lift", "own:Chains"]);
  const moved = groupsAfter({ ...change, name: "Liftgate", group: "cab" }, before);
  expect(moved[0]?.parts.at(-1)).toBe("own:Liftgate");
  expect(isSameChecklist(before, { groups: moved })).toBe(false);
  expect(isSameChecklist(before, { groups: groupsAfter({ ...change, name: "Liftgate" }, before) })).toBe(true);
  const left = withoutPart({ groups: withoutPart(before, "own:Liftgate") ?? [] }, "own:Chains");
  expect(left).toEqual(truck.groups);
  expect(withoutPart({ groups: [{ key: "cab", parts: ["own:Radio"] }] }, "own:Radio")).toBeNull();
});

test("of a part of the product only the choices change, and something else is always one of them", () => {
  const groups = groupsAfter({ was: "tires", name: "Rubber", group: "cab", problems: [] });
  expect(offered(groups, "tires")).toEqual(["other"]);
  expect(partsOf({ groups })).toEqual(partsOf(truck));
  expect(checklistChange(truck, { groups })).toEqual({ added: [], removed: [], choices: ["tires"] });
});

test.each<[string, Partial<PartChange>]>([
  ["no-name", { name: " " }],
  ["no-name", { name: "x".repeat(41) }],
  ["name-taken", { name: "tires" }],
  ["name-taken", { name: "Doors and hinges" }],
  ["no-such-group", { group: "machine" }],
  ["no-such-part", { was: "own:Radio" }],
])("refuses %s: %o", (kind, change) => {
  expect(withPart(truck, { ...liftgate, ...change })).toEqual({ ok: false, error: { kind } });
});

test("a checklist has room for a number of own parts", () => {
  let checklist = truck;
  for (let at = 0; at < MAX_OWN_PARTS; at++) checklist = { ...checklist, groups: groupsAfter({ ...liftgate, name: `Part ${at}` }, checklist) };
  expect(withPart(checklist, liftgate)).toEqual({ ok: false, error: { kind: "too-many-parts" } });
  expect(withPart(checklist, { ...liftgate, was: "own:Part 3" }).ok).toBe(true);
});
