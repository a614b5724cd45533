import { expect, test } from "vitest";
import { orderParams, parseOrder, parsePlace, placeParams } from "./list-order";

const read = (search: string) => parseOrder(new URLSearchParams(search), ["number", "due"]);

test("an address names one of the list's columns and a way, or the usual order", () => {
  expect(read("sort=due&dir=desc")).toEqual({ by: "due", direction: "desc" });
  expect(read("sort=due")).toEqual({ by: "due", direction: "asc" });
  expect(read("sort=due&dir=sideways")).toEqual({ by: "due", direction: "asc" });
  for (const search of ["", "dir=desc", "sort=price", "sort=__proto__"]) expect(read(search)).toBeNull();
  expect(read(`${new URLSearchParams(orderParams({ by: "number", direction: "desc" }))}`)).toEqual({ by: "number", direction: "desc" });
  expect(orderParams(null)).toEqual({});
});

test("a place comes back as it was written; anything else is the first page", () => {
  for (const place of [
    [12, "wo_1"],
    ['U~1, "x"', "ast_1"],
    [1, 1_000_000_000_000, "inv_1"],
  ])
    expect(parsePlace(placeParams(place).after ?? null)).toEqual(place);
  expect(placeParams(null)).toEqual({});
  for (const text of [null, "", "12", "{}", "[null]", "[[1]]", "[1.5]", "[1e99]", "[1,2,3,4,5]", "[1"]) expect(parsePlace(text)).toBeNull();
});
