import { expect, test } from "vitest";
import { columnSorts } from "./list-sort";

test("a heading keeps filter and search, and turns the order around that the list has", () => {
  const sort = columnSorts<"due" | "balance">({ show: "open", q: "brakes & hoses" }, { by: "due", direction: "asc" });
  expect(sort("due")).toEqual({ to: "?show=open&q=brakes+%26+hoses&sort=due&dir=desc", order: "ascending" });
  expect(sort("balance", "desc")).toEqual({ to: "?show=open&q=brakes+%26+hoses&sort=balance&dir=desc" });
  expect(columnSorts({}, null)("due").to).toBe("?sort=due&dir=asc");
  expect(columnSorts({}, { by: "due", direction: "desc" })("due")).toEqual({ to: "?sort=due&dir=asc", order: "descending" });
});
