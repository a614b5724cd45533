import fs from "node:fs";
import path from "node:path";
import { type DrizzleSQLiteSnapshotJSON, generateSQLiteDrizzleJson } from "drizzle-kit/api";
import { describe, expect, test } from "vitest";
import { sourceFiles } from "./source-files";

type Tables = Record<string, Record<string, unknown>>;
const databases: [name: string, tables: Tables][] = [
  ["directory", import.meta.glob<Record<string, unknown>>("../../app/platform/directory/*.tables.ts", { eager: true })],
  ["tenant", import.meta.glob<Record<string, unknown>>(["../../app/platform/database/*.tables.ts", "../../app/modules/*/*.tables.ts"], { eager: true })],
];

const folderOf = (database: string) => path.join("migrations", database);
const migrationsOf = (database: string) =>
  fs
    .readdirSync(folderOf(database))
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({ file: `${database}/${file}`, sql: fs.readFileSync(path.join(folderOf(database), file), "utf8") }));

describe.each(databases)("the %s database", (name, tables) => {
  test("migrations make what the tables say", async () => {
    const last = fs
      .readdirSync(path.join(folderOf(name), "meta"))
      .filter((file) => file.endsWith("_snapshot.json"))
      .sort()
      .at(-1);
    const migrated = JSON.parse(fs.readFileSync(path.join(folderOf(name), "meta", last ?? ""), "utf8")) as DrizzleSQLiteSnapshotJSON; // written by drizzle-kit
    const snapshot = await generateSQLiteDrizzleJson(Object.assign({}, ...Object.values(tables)));
    expect(Object.keys(snapshot.tables).length).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(snapshot.tables)), "run `npm run migrations` and read what it made").toEqual(migrated.tables);
  });

  test("every migration is on drizzle's list, and the list names no other", () => {
    const journal = JSON.parse(fs.readFileSync(path.join(folderOf(name), "meta", "_journal.json"), "utf8")) as { entries: { tag: string }[] };
    expect(migrationsOf(name).map(({ file }) => file)).toEqual(journal.entries.map(({ tag }) => `${name}/${tag}.sql`));
  });

  test("no migration can lose rows that nobody named", () => {
    expect(migrationsOf(name).flatMap(({ file, sql }) => dangersOf(sql).map((danger) => `${file}: ${danger}`))).toEqual([]);
  });
});

test.each([
  ["FOREIGN KEY (`a`) REFERENCES `b`(`id`) ON UPDATE no action ON DELETE cascade", "ON DELETE cascade"],
  ["FOREIGN KEY (`a`) REFERENCES `b`(`id`) on  delete\nset null", "ON DELETE set null"],
  ["PRAGMA foreign_keys=OFF;--> statement-breakpoint\nDROP TABLE `b`;", "DROP TABLE without PRAGMA defer_foreign_keys = on before it"],
  ["DROP TABLE `b`;\nPRAGMA defer_foreign_keys = on;", "DROP TABLE without PRAGMA defer_foreign_keys = on before it"],
])("%j is refused", (sql, danger) => {
  expect(dangersOf(sql)).toEqual([danger]);
});

test("a rebuild with deferred keys is allowed", () => {
  expect(
    dangersOf("PRAGMA defer_foreign_keys = on;--> statement-breakpoint\nDROP TABLE `b`;\nFOREIGN KEY (`a`) REFERENCES `b`(`id`) ON DELETE no action"),
  ).toEqual([]);
});

test("every column whose type names its values has the database check them", () => {
  const files = sourceFiles(".", ["app"]).filter((file) => file.endsWith(".tables.ts"));
  const named = files.flatMap((file) =>
    fs
      .readFileSync(file, "utf8")
      .split(/^export const /m)
      .flatMap((table) =>
        [...table.matchAll(/^\s+(\w+): text\(.*(\$type<|enum:)/gm)].map(([, key]) => ({
          column: `${file}: ${key}`,
          checked: table.includes(`oneOf(t.${key}, `),
        })),
      ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ checked }) => !checked)).toEqual([]);
});

/** D1 ignores `PRAGMA foreign_keys`, so that dropping a parent to rebuild it deletes every child that cascades. */
function dangersOf(sql: string): string[] {
  const dangers = [...sql.matchAll(/on\s+delete\s+(cascade|set\s+null|set\s+default)/gi)].map(([, what]) => `ON DELETE ${what?.replace(/\s+/g, " ")}`);
  const dropped = sql.search(/drop\s+table/i);
  const deferred = sql.search(/pragma\s+defer_foreign_keys\s*=\s*(on|true|1)/i);
  if (dropped !== -1 && (deferred === -1 || deferred > dropped)) dangers.push("DROP TABLE without PRAGMA defer_foreign_keys = on before it");
  return dangers;
}
