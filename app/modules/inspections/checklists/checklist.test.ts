import { expect, test } from "vitest";
import { assetKinds } from "~/modules/assets/asset";
import { checklistOf, currentChecklist, groupKeys, legalParts, partKeys, partsOf } from "./checklist";
import { inspectionLabels } from "./labels";
import { spanishLabels } from "./labels.es";

test("a truck's checklist has every part that the law names", () => {
  expect(legalParts.filter((part) => !partsOf(currentChecklist("truck")).includes(part))).toEqual([]);
});

test.each(assetKinds)("of a %s: each part is in one group, and an old version is found again", (kind) => {
  const checklist = currentChecklist(kind);
  const parts = partsOf(checklist);
  expect(new Set(parts).size).toBe(parts.length);
  expect(checklist.groups.length).toBeLessThanOrEqual(5);
  expect(checklistOf(kind, checklist.version)).toBe(checklist);
  expect(checklistOf(kind, 99)).toBeNull();
});

test.each([
  ["English", inspectionLabels.en],
  ["Spanish", spanishLabels],
])("every part and group is named in %s, no two alike", (_, { parts, groups }) => {
  expect(Object.keys(parts).sort()).toEqual([...partKeys].sort());
  expect(Object.keys(groups).sort()).toEqual([...groupKeys].sort());
  expect(new Set(Object.values(parts)).size).toBe(partKeys.length);
});
