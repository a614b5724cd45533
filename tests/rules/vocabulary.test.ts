import fs from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { parse, sourceFiles } from "./source-files";
import { type PrivateTerm, privateTerms } from "./vocabulary";

/** Where a term on the list is right after all, each with its reason. */
const exceptions: readonly { file: RegExp; text: RegExp; why: string }[] = [
  { file: /^tests\/rules\/vocabulary/, text: /./, why: "the list itself" },
  { file: /^bench\/parts\/post\.ts$/, text: /agent/i, why: "http.Agent is Node's" },
  { file: /^tests\/world\/sender\.ts$/, text: /words/, why: "the 32-bit words of a pattern of bytes" },
  { file: /^app\/modules\/inspections\/checklists\//, text: /doors/i, why: "the doors of a trailer" },
  { file: /^app\/modules\/telematics\/faults\//, text: /NOx sensor, outlet/, why: "the outlet of an exhaust system" },
];

const folders = ["app", "workers", "party", "local", "tests", "bench", "scripts", "docs"];
const files = [...sourceFiles(".", folders), ...markdownIn("docs"), "README.md", "CONTRIBUTING.md", "vite.config.ts", "vitest.config.ts"].filter((file) =>
  /\.(m?ts|tsx|mjs|css|md)$/.test(file),
);

function markdownIn(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => (name.endsWith(".md") ? [`${folder}/${name}`] : []));
}

const isExcepted = (file: string, text: string): boolean => exceptions.some((one) => one.file.test(file) && one.text.test(text));
const complaint = (file: string, line: number, found: string, { instead }: PrivateTerm) => `${file}:${line} has "${found}"; write: ${instead}`;

function complaintsAboutText(file: string, text: string): string[] {
  return text.split("\n").flatMap((line, at) =>
    privateTerms
      .filter(({ where }) => where === "text")
      .flatMap((term) => {
        const found = term.pattern.exec(line)?.[0];
        return found === undefined || isExcepted(file, line) ? [] : [complaint(file, at + 1, found, term)];
      }),
  );
}

/** "looksOnly" and "LOOKS_ONLY" are "looks only". */
const wordsOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();

/** The terms that a name breaks. A name occurs in many files; it is looked at once. */
const brokenBy = new Map<string, readonly PrivateTerm[]>();
function termsBrokenBy(name: string): readonly PrivateTerm[] {
  const known = brokenBy.get(name) ?? privateTerms.filter(({ where, pattern }) => where === "names" && pattern.test(wordsOf(name)));
  brokenBy.set(name, known);
  return known;
}

function complaintsAboutNames(file: string, text: string): string[] {
  const source = parse(file, text);
  const found = new Set<string>();
  const check = (name: string, lineOf: () => number) => {
    for (const term of termsBrokenBy(name)) if (!isExcepted(file, name)) found.add(complaint(file, lineOf(), name, term));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) check(node.text, () => source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  check(file.replace(/\.\w+$/, ""), () => 0);
  return [...found];
}

test("comments, copy, tests and docs use the field's own words", () => {
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => complaintsAboutText(file, fs.readFileSync(file, "utf8")))).toEqual([]);
});

test("so do names of things and of files", () => {
  const code = files.filter((file) => /\.tsx?$/.test(file));
  expect(code.flatMap((file) => complaintsAboutNames(file, fs.readFileSync(file, "utf8")))).toEqual([]);
});

test.each([
  ["// The door is closed.", 1],
  ["// It stands until Friday.", 1],
  ["// A stand-in for the provider.", 0],
  ["// Called off by the shop.", 1],
])("finds private words: %s", (line, count) => {
  expect(complaintsAboutText("app/a.ts", line)).toHaveLength(count);
});

test.each([
  ["const looksOnly = true;", 1],
  ["function tellUnit() {}", 1],
  ["const userAgent = 1;", 0],
  ["const agent = 1;", 1],
  ["const intelligent = 1;", 0],
])("finds private names: %s", (line, count) => {
  expect(complaintsAboutNames("app/a.ts", line)).toHaveLength(count);
});
