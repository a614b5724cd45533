import fs from "node:fs";
import { expect, test } from "vitest";

const docs = [
  "README.md",
  "CONTRIBUTING.md",
  "bench/README.md",
  ...fs
    .readdirSync("docs", { recursive: true, encoding: "utf8" })
    .flatMap((name) => (name.endsWith(".md") && !name.includes("template") ? [`docs/${name}`] : [])),
];

/** Paths in backticks that begin at a folder of the project, globs and placeholders left out. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`((?:app|workers|party|local|tests|bench|scripts|migrations|public|docs)\/[^`\s:(]*)`/g)].flatMap(([, path = ""]) =>
    /[*<>…{]/.test(path) ? [] : [path],
  );

test("every path that the docs name exists", () => {
  const missing = docs.flatMap((doc) =>
    pathsIn(fs.readFileSync(doc, "utf8"))
      .filter((path) => !fs.existsSync(path))
      .map((path) => `${doc} names ${path}`),
  );
  expect(docs.length).toBeGreaterThan(15);
  expect(missing).toEqual([]);
});

test("every script that the docs name exists", () => {
  const { scripts } = JSON.parse(fs.readFileSync("package.json", "utf8")) as { scripts: Record<string, string> }; // npm's own shape
  const named = docs.flatMap((doc) => [...fs.readFileSync(doc, "utf8").matchAll(/npm run ([\w-]+)/g)].map(([, name = ""]) => name));
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

test("a path that is not there is found", () => {
  expect(pathsIn("see `app/kernel/money.ts`, `app/gone.ts` and `app/routes/<audience>/`")).toEqual(["app/kernel/money.ts", "app/gone.ts"]);
});
