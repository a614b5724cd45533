import { expect, test } from "vitest";
import { csvOf, type ExportList, jsonOf, namesApart } from "./own-export";

const list = (...rows: [string, number | null][]): ExportList => ({
  name: "things",
  columns: ["name", "count"],
  async *rows() {
    for (const [name, count] of rows) yield { cells: { count, name }, more: { parts: [name] } };
  },
});
const textOf = async (texts: AsyncIterable<string>) => (await Array.fromAsync(texts)).join("");

test("a list goes out with its columns in order, and as JSON with what else it has; an empty one is a list too", async () => {
  expect(await textOf(csvOf(list(["a", 1], ["b,c", null])))).toBe('name,count\r\na,1\r\n"b,c",\r\n');
  expect(JSON.parse(await textOf(jsonOf(list(["a", 1], ["b", null]))))).toEqual([
    { name: "a", count: 1, parts: ["a"] },
    { name: "b", count: null, parts: ["b"] },
  ]);
  expect([await textOf(csvOf(list())), JSON.parse(await textOf(jsonOf(list())))]).toEqual(["name,count\r\n", []]);
});

test("two files of one name are told apart, whatever their case", () => {
  const apart = namesApart();
  expect(["files/a.jpg", "files/A.jpg", "files/a.jpg", "files/b", "files/b"].map(apart)).toEqual([
    "files/a.jpg",
    "files/A (2).jpg",
    "files/a (3).jpg",
    "files/b",
    "files/b (2)",
  ]);
});
