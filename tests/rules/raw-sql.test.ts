import fs from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { parse, sourceFiles } from "./source-files";

/** Raw SQL with an `or` outside all brackets: beside other conditions it would undo them. */
function openOrs(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "sql" && /\bor\b/i.test(outsideBrackets(node.template))) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function outsideBrackets(template: ts.TemplateLiteral): string {
  let text = ts.isNoSubstitutionTemplateLiteral(template)
    ? template.text
    : template.head.text + template.templateSpans.map(({ literal }) => `?${literal.text}`).join("");
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/\([^()]*\)/g, "");
  }
  return text;
}

test("an `or` in raw SQL is in brackets, as drizzle's and() does not put any around it", () => {
  const files = sourceFiles(".", ["app", "workers", "party"]).filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts/.test(file));
  const sources = files.map((file) => parse(file, fs.readFileSync(file, "utf8")));
  expect(sources.filter(({ text }) => text.includes("sql`")).length).toBeGreaterThan(5);
  expect(sources.flatMap((source) => openOrs(source).map((what) => `${source.fileName}: ${what}`))).toEqual([]);
});

test.each(["sql`a = 1 or b = 2`", "sql`$" + "{a} = $" + "{b} OR (c)`", "and(one, sql`(a) or (b)`)"])("refused: %s", (line) =>
  expect(openOrs(parse("app/a.ts", line))).toHaveLength(1),
);

test.each(["sql`(a = 1 or b = 2)`", "sql`exists (select 1 where (a) or b)`", "sql`order by a`"])("allowed: %s", (line) =>
  expect(openOrs(parse("app/a.ts", line))).toEqual([]),
);
