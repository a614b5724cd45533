import { expect, test } from "vitest";
import { changedRows, steady } from "./steady-rows";

type Row = { id: string; state: string };
const rows = (...texts: string[]): Row[] => texts.map((text) => ({ id: text.charAt(0), state: text.slice(1) }));
const keyOf = ({ id }: Row) => id;
const held = (shown: Row[], fresh: Row[]) => {
  const { rows: kept, waiting } = steady(shown, fresh, keyOf);
  return [kept.map(({ id, state }) => id + state).join(" "), waiting];
};

test("rows change in place; what would move them waits and is counted", () => {
  expect(held(rows("a1", "b1"), rows("a1", "b2"))).toEqual(["a1 b2", 0]);
  expect(held(rows("a1", "b1"), rows("c1", "a1", "b2"))).toEqual(["a1 b2", 1]);
  expect(held(rows("a1", "b1"), rows("b2"))).toEqual(["a1 b2", 1]);
  expect(held(rows("a1", "b1", "c1"), rows("b1", "a2", "c1"))).toEqual(["a2 b1 c1", 2]);
  expect(held(rows("a1"), rows("b1"))).toEqual(["a1", 2]);
  expect(held(rows("a1", "b1"), rows("a1", "b1"))).toEqual(["a1 b1", 0]);
});

test("what glows is new or differs", () => {
  expect([...changedRows(rows("a1", "b1"), rows("c1", "a1", "b2"), keyOf)]).toEqual(["c", "b"]);
  expect([...changedRows(rows("a1", "b1"), rows("b1", "a1"), keyOf)]).toEqual([]);
});
