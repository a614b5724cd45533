import fs from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { parse, sourceFiles } from "./source-files";

/** Where an address of this site comes from: the map of paths, its two tables by portal, or a checked wish. */
const OWN = new Set(["paths", "homeOf", "signInPath"]);

function leadsHome(to: ts.Expression | undefined): boolean {
  if (to === undefined) return false;
  if (ts.isStringLiteralLike(to)) return /^\/(?![/\\])/.test(to.text);
  if (ts.isParenthesizedExpression(to)) return leadsHome(to.expression);
  if (ts.isConditionalExpression(to)) return leadsHome(to.whenTrue) && leadsHome(to.whenFalse);
  if (ts.isTemplateExpression(to)) {
    const [first] = to.templateSpans;
    return to.head.text === "" && first !== undefined && leadsHome(first.expression) && /^[?#]/.test(first.literal.text);
  }
  if (ts.isCallExpression(to)) return to.expression.getText() === "localPath" || leadsHome(to.expression);
  if (ts.isPropertyAccessExpression(to) || ts.isElementAccessExpression(to)) return leadsHome(to.expression);
  return ts.isIdentifier(to) && OWN.has(to.text);
}

/** Redirects whose address is made elsewhere: with each command, where it is checked; and on the host that a state names, which we signed. */
const CHECKED = new Set(["spec.goTo(args, value)", "squareReturnPath(platform, url.searchParams) ?? paths.staff.payments"]);

/** Every redirect of a file that could lead somewhere else, as it is written. */
function strayRedirects(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText();
      if (/^(redirect|redirectDocument)$/.test(callee) && !leadsHome(node.arguments[0]) && !CHECKED.has(node.arguments[0]?.getText() ?? ""))
        found.push(node.getText());
      if (callee === "Response.redirect") found.push(node.getText());
    }
    // Where a page's command leads.
    if (ts.isPropertyAssignment(node) && node.name.getText() === "goTo") {
      const leads = ts.isArrowFunction(node.initializer) && !ts.isBlock(node.initializer.body) && leadsHome(node.initializer.body);
      if (!leads) found.push(node.getText());
    }
    if (ts.isMethodDeclaration(node) && node.name.getText() === "goTo") found.push(node.getText());
    // Under another name it would not be seen here.
    if (ts.isImportSpecifier(node) && /^redirect/.test(node.propertyName?.text ?? "")) found.push(node.getText());
    if (ts.isPropertyAssignment(node) && /^["']?location["']?$/i.test(node.name.getText()) && /headers/i.test(node.parent.parent.getText()))
      found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("nobody is sent to another site: every redirect starts from the map of paths, or from a wish that localPath checked", () => {
  const files = sourceFiles(".", ["app", "workers"]).filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file));
  const sources = files.map((file) => parse(file, fs.readFileSync(file, "utf8")));
  expect(sources.filter(({ text }) => /\bredirect\(/.test(text)).length).toBeGreaterThan(5);
  expect(sources.flatMap((source) => strayRedirects(source).map((what) => `${source.fileName}: ${what}`))).toEqual([]);
});

test.each([
  'redirect(url.searchParams.get("to") ?? "/")',
  "redirect(to)",
  'redirect("//evil.test")',
  'redirect("https://evil.test/")',
  "redirect(`$" + "{paths.login}$" + "{to}`)",
  "redirect(`/$" + "{to}`)",
  "redirect(known ? paths.login : to)",
  "redirectDocument(form.next)",
  "Response.redirect(to)",
  "const save = { goTo: ({ form }) => form.back }",
  "const save = { goTo() { return paths.login } }",
  'import { redirect as go } from "react-router"',
  "new Response(null, { status: 302, headers: { Location: to } })",
])("refused: %s", (line) => expect(strayRedirects(parse("app/routes/public/a.ts", line))).not.toEqual([]));

test.each([
  "redirect(paths.staff.customer(id))",
  "redirect(homeOf[portal], { headers })",
  "redirect(localPath(to, homeOf[portal]))",
  "redirect(`$" + "{signInPath[portal]}?request=$" + "{id}`)",
  'redirect(vendor ? paths.vendor.home : "/portal")',
  "const save = { goTo: ({ form }) => localPath(form.back, paths.staff.fleet) }",
])("allowed: %s", (line) => expect(strayRedirects(parse("app/routes/public/a.ts", line))).toEqual([]));
