import { expect, test } from "vitest";
import { changedMigration, hashOf } from "./migrate.ts";

const files = [
  { file: "0000_initial.sql", text: "create table a (x int);" },
  { file: "0001_more.sql", text: "create table b (x int);" },
];
const applied = files.map(({ file, text }) => ({ name: file, hash: hashOf(text) }));

test("a database is read as long as the files that made it are the same", () => {
  expect(changedMigration(applied, files)).toBeNull();
  expect(changedMigration(applied.slice(0, 1), files)).toBeNull();
  expect(changedMigration([], files)).toBeNull();
});

test("a file that changed, is gone, or was applied before its text was noted makes it another database", () => {
  const changed = files.map((one) => ({ ...one, text: `${one.text} -- more` }));
  expect(changedMigration(applied, changed)).toBe("0000_initial.sql");
  expect(changedMigration(applied, files.slice(0, 1))).toBe("0001_more.sql");
  expect(changedMigration([{ name: "0000_initial.sql", hash: null }], files)).toBe("0000_initial.sql");
});
