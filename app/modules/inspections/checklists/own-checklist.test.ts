import { expect, test } from "vitest";
import { assetKinds } from "~/modules/assets/asset";
import { currentChecklist, legalParts, partsOf } from "./checklist";
import { checklistChange, findChecklist, groupsWith, newestChecklist, OWN_FROM, possibleGroups, requiredParts } from "./own-checklist";

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
  expect(checklistChange(own[0] ?? expect.fail("none"), own[1] ?? expect.fail("none"))).toEqual({ added: [], removed: ["doors"] });
});
