import { expect, test } from "vitest";
import { readCursor } from "./cursor";
import { newId } from "./ids";

test("a cursor is a number and an id of its kind, anything else is the first page", () => {
  const id = newId("customer");
  expect(readCursor(`1200-${id}`, "customer")).toEqual({ at: 1200, id });
  expect(readCursor(`-5-${id}`, "customer")).toEqual({ at: -5, id });
  for (const text of [null, "", "1200", `-${id}`, `--5-${id}`, `1.5-${id}`, `1200-${newId("workOrder")}`, `${"9".repeat(16)}-${id}`])
    expect(readCursor(text, "customer")).toBeNull();
});
