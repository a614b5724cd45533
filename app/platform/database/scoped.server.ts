import { and, Column, eq, is, SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { SelectResultFields } from "drizzle-orm/query-builders/select.types";
import type { SelectedFields, SQLiteColumn, SQLiteTable, SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import type { Audience } from "~/kernel/audience";
import type { Scope } from "~/platform/scope/scope.server";

type TenantTable = SQLiteTable & { organizationId: SQLiteColumn };
/** A column's value, or SQL that the database works out: the next number of a counter. */
type New<T extends TenantTable> = { [K in keyof Omit<T["$inferInsert"], "organizationId">]: T["$inferInsert"][K] | SQL } & { organizationId?: never };
type Changes<T extends TenantTable> = Partial<New<T>>;
type Where = SQL | undefined;
type Fields = SelectedFields;
export type Statement = BatchItem<"sqlite">;

type Query<F extends Fields> = {
  from: TenantTable;
  columns: F;
  /** Joined rows are held to the same organization, whatever `on` contains. */
  join?: readonly [TenantTable, on: SQL][];
  /** As join, but rows without a partner stay: type their columns as nullable with `sql<… | null>`. */
  leftJoin?: readonly [TenantTable, on: SQL][];
  where?: Where;
  groupBy?: readonly (SQLiteColumn | SQL)[];
  having?: SQL;
  orderBy?: (SQLiteColumn | SQL)[];
  limit: number;
};

/** The only access to tenant tables: every read and every write carries the scope's organization. */
export function scopedDatabase<A extends Audience>(binding: D1Database, scope: Scope<A>) {
  const db: DrizzleD1Database = drizzle(binding);
  const organizationId = scope.organizationId;
  // The brackets matter: drizzle's and() would let a raw `a or b` escape the organization's filter.
  const own = (table: TenantTable, more?: Where) => and(eq(table.organizationId, organizationId), more && sql`(${more})`);

  function read(query: Query<Fields>) {
    let builder = db.select(aliased(query.columns)).from(query.from).$dynamic();
    // Drizzle's type grows with each join; ours is decided by the selected columns alone.
    for (const [table, on] of query.join ?? []) builder = builder.innerJoin(table, own(table, on)) as unknown as typeof builder; // see above
    for (const [table, on] of query.leftJoin ?? []) builder = builder.leftJoin(table, own(table, on)) as unknown as typeof builder; // see above
    builder = builder.where(own(query.from, query.where));
    if (query.groupBy) builder = builder.groupBy(...query.groupBy);
    if (query.having) builder = builder.having(query.having);
    if (query.orderBy) builder = builder.orderBy(...query.orderBy);
    return builder.limit(query.limit);
  }

  return {
    scope,
    /** Rows of a read that may join tenant tables. */
    async query<F extends Fields>(query: Query<F>): Promise<SelectResultFields<F>[]> {
      return (await read(query)) as unknown as SelectResultFields<F>[]; // the selected columns are F's
    },
    /** Several reads in one round trip to the database. */
    async queries<Q extends readonly Query<Fields>[]>(...all: Q): Promise<{ -readonly [I in keyof Q]: SelectResultFields<Q[I]["columns"]>[] }> {
      const [first, ...rest] = all.map(read);
      if (!first) return [] as never; // no queries, no rows
      return (await db.batch([first, ...rest])) as never; // same order, same columns as asked
    },
    insert<T extends TenantTable>(table: T, row: New<T>): Statement {
      return db.insert(table as TenantTable).values({ ...row, organizationId });
    },
    /** Inserts, or leaves the row that is there: for what may arrive twice under one key. */
    insertOnce<T extends TenantTable>(table: T, row: New<T>): Statement {
      return db
        .insert(table as TenantTable)
        .values({ ...row, organizationId })
        .onConflictDoNothing();
    },
    /** Inserts, or sets `set` on the row with the same `key`, which must include the organization. */
    upsert<T extends TenantTable>(table: T, row: New<T>, key: SQLiteColumn[], set: Partial<New<T>>, only?: Where): Statement {
      return db
        .insert(table as TenantTable)
        .values({ ...row, organizationId })
        .onConflictDoUpdate({ target: [table.organizationId, ...key], set: set as SQLiteUpdateSetSource<TenantTable>, setWhere: only });
    },
    update<T extends TenantTable>(table: T, set: Changes<T>, where: SQL): Statement {
      return db
        .update(table as TenantTable)
        .set(set as SQLiteUpdateSetSource<TenantTable>)
        .where(own(table, where));
    },
    /** All or nothing, in order: D1's batch is one transaction. */
    async batch(statements: readonly Statement[]): Promise<readonly D1Result[]> {
      if (scope.readOnly) throw new Error("a view writes nothing: the guard refuses its actions, and a page asks scope.looksOnly first");
      const [first, ...rest] = statements;
      return first ? ((await db.batch([first, ...rest])) as unknown as D1Result[]) : []; // writes answer with D1's own results
    },
  };
}

/**
 * D1 answers a batch with rows by column name, where two joined tables' columns of one name would be one.
 * So every column goes by the name that the query gives it. Names come from our code, never from outside.
 * Where one table is read, drizzle takes the table off the columns of a piece of SQL, which a read inside of it would
 * then take for its own; a piece inside of another is left as it is.
 */
function aliased(columns: Fields): Fields {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      if (is(column, Column)) return [name, sql`${column}`.mapWith(column).as(name)];
      return [name, is(column, SQL) ? sql`${column}`.mapWith(decoderOf(column)).as(name) : column];
    }),
  ) as Fields; // the same keys, each decoded as before
}

/** How a piece of SQL is decoded, which drizzle keeps to itself. */
const decoderOf = (piece: SQL) => (piece as unknown as { decoder: (value: unknown) => unknown }).decoder;

export type ScopedDatabase<A extends Audience = Audience> = ReturnType<typeof scopedDatabase<A>>;
