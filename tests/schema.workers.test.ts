import { env } from "cloudflare:test";
import { is, SQL } from "drizzle-orm";
import { getTableConfig, SQLiteSyncDialect, SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";

/* The migrations have run on empty databases (tests/setup/workers.ts); what they made is compared with what the code knows. */

type Tables = Record<string, Record<string, unknown>>;
const tablesIn = (files: Tables): SQLiteTable[] => Object.values(files).flatMap((file) => Object.values(file).filter((it) => is(it, SQLiteTable)));

const directory = tablesIn(import.meta.glob<Record<string, unknown>>("../app/platform/directory/*.tables.ts", { eager: true }));
const tenant = tablesIn(import.meta.glob<Record<string, unknown>>(["../app/platform/database/*.tables.ts", "../app/modules/*/*.tables.ts"], { eager: true }));

describe.each([
  ["directory", env.DIRECTORY, directory],
  ["tenant", env.TENANTS, tenant],
])("the %s database", (_name, db, tables) => {
  test("holds the tables that the code knows, and no view, trigger or table beside them", async () => {
    const { results } = await db
      .prepare(
        "select name from sqlite_master where type <> 'index' and name not like 'sqlite_%' and name not like '\\_cf\\_%' escape '\\' and name <> 'd1_migrations'",
      )
      .all<{ name: string }>();
    expect(results.map(({ name }) => name).sort()).toEqual(tables.map((table) => getTableConfig(table).name).sort());
  });

  test.each(tables.map((table) => [getTableConfig(table).name, table] as const))("%s: columns, keys, indexes and checks", async (name, table) => {
    expect(await madeBy(db, name)).toEqual(knownOf(table));
  });

  test("no table has more columns than D1 takes", () => {
    expect(tables.filter((table) => getTableConfig(table).columns.length > 100)).toEqual([]);
  });

  const checks = tables.flatMap((table) => getTableConfig(table).checks.map((check) => [check.name, table] as const));
  test.each(checks)("%s: a value that it does not name is refused", async (check, table) => {
    await expect(insert(db, table, check)).rejects.toThrow(`CHECK constraint failed: ${check}`);
  });
});

test("a state may be left out where the column may be empty, and no check refuses a value that it names", async () => {
  const [memberships] = directory.filter((table) => getTableConfig(table).name === "memberships");
  if (!memberships) throw new Error("no memberships");
  await insert(env.DIRECTORY, memberships, null);
  // The newest: another file's people may be in the same database.
  const newest = await env.DIRECTORY.prepare("select audience, role from memberships order by rowid desc limit 1").all();
  expect(newest).toMatchObject({ results: [{ audience: "staff", role: null }] });
});

type Shape = { columns: unknown[]; primaryKey: string[]; indexes: unknown[]; foreignKeys: unknown[]; checks: unknown[] };

/** A table as the code declares it. */
function knownOf(table: SQLiteTable): Shape {
  const { columns, primaryKeys, indexes, foreignKeys, checks } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  const unique = columns.filter(({ isUnique }) => isUnique).map(({ name, uniqueName }) => ({ name: uniqueName, unique: true, columns: [name], where: null }));
  return {
    columns: columns
      .map((column) => ({ name: column.name, type: column.getSQLType(), notNull: column.notNull, default: defaultText(column.default) }))
      .sort(byName),
    primaryKey: key.map(({ name }) => name),
    indexes: [
      ...unique,
      ...indexes.map(({ config }) => ({
        name: config.name,
        unique: config.unique,
        columns: config.columns.map((column) => (is(column, SQL) ? textOf(column) : column.name)),
        where: config.where ? textOf(config.where) : null,
      })),
    ].sort(byName),
    foreignKeys: foreignKeys
      .map((foreign) => {
        const { columns, foreignColumns, foreignTable } = foreign.reference();
        return {
          table: getTableConfig(foreignTable).name,
          from: columns.map(({ name }) => name),
          to: foreignColumns.map(({ name }) => name),
          rules: "NO ACTION",
        };
      })
      .sort(byText),
    checks: checks.map(({ name, value }) => ({ name, value: textOf(value) })).sort(byName),
  };
}

/** What the migrations made of it, columns that the database works out included. */
async function madeBy(db: D1Database, table: string): Promise<Shape> {
  const rows = async <T>(sql: string) => (await db.prepare(sql).all<T>()).results;
  const columns = await rows<{ name: string; type: string; notnull: number; dflt_value: string | null; pk: number }>(
    `select * from pragma_table_xinfo('${table}')`,
  );
  const made = await rows<{ type: string; name: string; sql: string }>(
    `select type, name, sql from sqlite_master where tbl_name = '${table}' and sql is not null`,
  );
  const indexes = made.filter(({ type }) => type === "index");
  const keys = await rows<{ id: number; table: string; from: string; to: string; on_update: string; on_delete: string }>(
    `select * from pragma_foreign_key_list('${table}') order by id, seq`,
  );
  return {
    columns: columns
      .map(({ name, type, notnull, dflt_value }) => ({ name, type: type.toLowerCase(), notNull: notnull === 1, default: dflt_value }))
      .sort(byName),
    primaryKey: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map(({ name }) => name),
    indexes: (
      await Promise.all(
        indexes.map(async ({ name, sql }) => ({
          name,
          unique: /^create unique /i.test(sql),
          columns: (await rows<{ name: string }>(`select name from pragma_index_info('${name}') order by seqno`)).map((column) => column.name),
          where: / where (.*)$/i.exec(sql)?.[1] ?? null,
        })),
      )
    ).sort(byName),
    foreignKeys: [...new Set(keys.map(({ id }) => id))]
      .map((id) => keys.filter((key) => key.id === id))
      .map((of) => ({
        table: of[0]?.table,
        from: of.map(({ from }) => from),
        to: of.map(({ to }) => to),
        rules: [...new Set(of.flatMap((key) => [key.on_update, key.on_delete]))].join(),
      }))
      .sort(byText),
    checks: [...(made.find(({ type }) => type === "table")?.sql ?? "").matchAll(/CONSTRAINT "(\w+)" CHECK\((.*)\),?$/gm)]
      .map(([, name, value]) => ({ name, value }))
      .sort(byName),
  };
}

/** A row that breaks no check but the one named; what it points at is not there, which the database would say only after its checks. */
async function insert(db: D1Database, table: SQLiteTable, broken: string | null): Promise<void> {
  const { name, columns, checks } = getTableConfig(table);
  const wanted = columns.filter((column) => column.notNull || `${name}_${column.name}` === broken);
  const valueFor = (column: (typeof columns)[number]): string | number => {
    const check = checks.find((one) => one.name === `${name}_${column.name}`);
    if (check) return check.name === broken ? "no such value" : (/'(.*?)'/.exec(textOf(check.value))?.[1] ?? "");
    return column.getSQLType() === "text" ? "x" : 1;
  };
  const list = wanted.map((column) => `"${column.name}"`).join(", ");
  await db
    .prepare(`insert into "${name}" (${list}) values (${wanted.map(() => "?").join(", ")})`)
    .bind(...wanted.map(valueFor))
    .run();
}

function textOf(fragment: SQL): string {
  const { sql, params } = new SQLiteSyncDialect().sqlToQuery(fragment);
  expect(params).toEqual([]);
  return sql;
}

function defaultText(value: unknown): string | null {
  if (value === undefined) return null;
  if (is(value, SQL)) return textOf(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : `'${typeof value === "string" ? value : JSON.stringify(value)}'`;
}

const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }): number => ((a.name ?? "") < (b.name ?? "") ? -1 : 1);
const byText = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
