import { expect, test } from "vitest";
import { parseSavedList, viewSearch } from "./saved-view";

test("a view has filter, search and order of an address, not its page nor anything else", () => {
  expect(viewSearch('?dir=desc&sort=due&after=["x"]&show=open&evil=1')).toBe("show=open&sort=due&dir=desc");
  expect(viewSearch("q=a%26b")).toBe("q=a%26b");
  expect(viewSearch("sort=due")).toBe("sort=due&dir=asc");
  for (const text of ["", "?", "after=1", "show=", `q=${"x".repeat(400)}`]) expect(viewSearch(text)).toBeNull();
  expect(parseSavedList("invoices")).toBe("invoices");
  expect(parseSavedList("vendors")).toBeNull();
});
