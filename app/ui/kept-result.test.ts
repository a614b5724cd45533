import { expect, test } from "vitest";
import { type Kept, keep, shownOf } from "./kept-result";

type Data = { problem: object | null; done?: string };
const done: Data = { problem: null, done: "Approved. The vendor may start." };
const refused: Data = { problem: { message: "Enter a reason." } };

/** What a page shows, render by render: the location's key, the record's version, what the router has. */
function shown(...renders: [key: string, version: number, data: Data | undefined][]) {
  let kept: Kept<Data> | null = null;
  return renders.map(([key, version, data]) => {
    kept = keep(kept, { key, version, data });
    return shownOf(kept, version);
  });
}

test("a message goes with the next change of the record, not with a reload that finds none", () => {
  // The router has the answer while the page still loads what follows from it.
  expect(shown(["a", 1, done], ["b", 2, done], ["b", 2, undefined], ["b", 3, undefined], ["b", 3, undefined])).toEqual([
    done,
    done,
    done,
    undefined,
    undefined,
  ]);
  expect(shown(["b", 2, done], ["b", 3, done])).toEqual([done, undefined]);
  expect(shown(["b", 2, done], ["c", 2, undefined])).toEqual([done, undefined]);
});

test("a refusal stays through changes from elsewhere, until the next form or page", () => {
  expect(shown(["b", 2, refused], ["b", 3, undefined], ["c", 3, undefined])).toEqual([refused, refused, undefined]);
  expect(shown(["b", 2, refused], ["c", 3, done])).toEqual([refused, done]);
});
