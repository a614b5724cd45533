import { expect, test } from "vitest";
import { filingRefusals, refusalText } from "./refusals";
import { spanishRefusals } from "./refusals.es";

test("a refusal reads in the driver's language, and one that an old app doesn't know as the server has it", () => {
  const refused = { code: "group-missing", unit: "101", error: "Not every group of parts of 101 was looked at." };
  expect(refusalText(refused, filingRefusals)).toBe(refused.error);
  expect(refusalText(refused, spanishRefusals)).toBe("No se revisaron todos los grupos de partes de 101.");
  expect(refusalText({ ...refused, code: "new-reason" }, spanishRefusals)).toBe(refused.error);
});
