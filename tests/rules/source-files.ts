import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

/** `names` are the names taken, types included; null where the whole module is. */
export type Import = { specifier: string; typeOnly: boolean; names: string[] | null };

/** Every source file under the folders, as paths from the project's root. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(m?ts|tsx|mjs|css|woff2|json)$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
  );
}

export const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

/** Static, re-exported, dynamic, `import type`, `import("…")` as a type, and require. */
export function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean, names: string[] | null = null) => {
    if (node && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, typeOnly, names });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, onlyTypes(node.importClause), namesOf(node.importClause?.namedBindings));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly || onlyTypeNames(node.exportClause), namesOf(node.exportClause));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && isLoading(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isLoading = (callee: ts.Expression): boolean => callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");

const namesOf = (names: ts.NamedImportBindings | ts.NamedExportBindings | undefined): string[] | null =>
  names && (ts.isNamedImports(names) || ts.isNamedExports(names)) ? names.elements.map(({ name, propertyName }) => (propertyName ?? name).text) : null;

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  return clause.isTypeOnly || (clause.name === undefined && onlyTypeNames(clause.namedBindings));
}

const onlyTypeNames = (names: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean =>
  names !== undefined && (ts.isNamedImports(names) || ts.isNamedExports(names)) && names.elements.length > 0 && names.elements.every((name) => name.isTypeOnly);

const NOT_PURE = new Set([
  "fetch",
  "crypto",
  "process",
  "env",
  "performance",
  "setTimeout",
  "setInterval",
  "queueMicrotask",
  "console",
  "window",
  "document",
  "localStorage",
  "navigator",
]);
const NOT_PURE_OF: Record<string, string> = { Date: "now", Math: "random" };

/** What a rules file does beyond its arguments: clock, randomness, network, environment, waiting. */
export function impuritiesOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) found.push("async");
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length) found.push("new Date()");
    if (ts.isMetaProperty(node)) found.push("import.meta");
    if (ts.isPropertyAccessExpression(node) && NOT_PURE_OF[node.expression.getText()] === node.name.text) found.push(node.getText());
    if (ts.isIdentifier(node) && NOT_PURE.has(node.text) && isFree(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether a name is used by itself: not a property, a declaration or a part of a type. */
function isFree(name: ts.Identifier): boolean {
  const at = name.parent;
  if (ts.isPropertyAccessExpression(at)) return at.expression === name;
  if (ts.isShorthandPropertyAssignment(at)) return true;
  return (
    !(ts.isPropertyAssignment(at) && at.name === name) &&
    !ts.isTypeElement(at) &&
    !ts.isBindingElement(at) &&
    !ts.isParameter(at) &&
    !ts.isTypeNode(at) &&
    !ts.isImportSpecifier(at)
  );
}
