import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf, readTextBlock } from "./text-block";

test("reads a pasted address, trimmed and without empty lines", () => {
  const pasted = "  Northline Freight \r\n\r\n4410\tKilmer  Ave,\nHammond, IN 46320  \n";
  expect(readTextBlock(pasted)).toEqual({ ok: true, value: "Northline Freight\n4410 Kilmer Ave,\nHammond, IN 46320" });
  expect(readTextBlock(" \n \t")).toEqual({ ok: true, value: null });
  expect(linesOf(null)).toEqual([]);
});

test("refuses what is too long, and reads what it accepted the same again", () => {
  expect(readTextBlock("1\n2\n3\n4\n5\n6\n7")).toEqual({ ok: false, error: "Use at most 6 lines." });
  expect(readTextBlock("x".repeat(301))).toEqual({ ok: false, error: "Use at most 300 characters." });
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const read = readTextBlock(typed);
      if (read.ok) expect(readTextBlock(read.value ?? "")).toEqual(read);
    }),
  );
});
