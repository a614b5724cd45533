import { getTableName, sql } from "drizzle-orm";
import { check, integer, type SQLiteColumn, text } from "drizzle-orm/sqlite-core";
import type { Id, RecordKind } from "~/kernel/ids";
import type { BasisPoints, Cents, Quantity } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";

/** The column that every tenant table starts with. */
export const organizationColumn = () => id("organization", "organization_id").notNull();

/** The record's own id, or under another name the id of a record that it points at. */
export const id = <K extends RecordKind>(_kind: K, name = "id") => text(name).$type<Id<K>>();

/** With a `*_id` beside it, a record of any kind. Not checked: a new kind of record would have to rebuild the tables that name one. */
export const recordKind = (name: string) => text(name).$type<RecordKind>();

export const instant = (name: string) => integer(name).$type<UtcMs>();

/** A calendar day of the organization's, as `YYYY-MM-DD`. */
export const day = (name: string) => text(name);

export const cents = (name: string) => integer(name).$type<Cents>();

export const thousandths = (name: string) => integer(name).$type<Quantity>();

export const basisPoints = (name: string) => integer(name).$type<BasisPoints>();

export const flag = (name: string) => integer(name, { mode: "boolean" });

/** For the search: the column `of`, worked out by the database as `compactOf` (kernel/search-term) writes what was typed. */
export const compact = (name: string, of: string) => text(name).generatedAlwaysAs(sql.raw(`replace(replace(upper(\`${of}\`), ' ', ''), '-', '')`));

/** The same in small letters. */
export const lowered = (name: string, of: string) => text(name).generatedAlwaysAs(sql.raw(`lower(\`${of}\`)`));

export const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();

/**
 * Has the database refuse what the column's type does not name; drizzle's `enum` is for the compiler alone. A value
 * that is missing from the list or does not belong to the type does not compile.
 */
export function oneOf<C extends SQLiteColumn, const V extends readonly C["_"]["data"][]>(column: C, values: V & Whole<C["_"]["data"], V[number]>) {
  const { name, table } = column;
  const list = values.map((value) => `'${String(value).replaceAll("'", "''")}'`).join(", ");
  // Written out: a check takes no parameters, and a column's full name would not follow when its table is rebuilt.
  return check(`${getTableName(table)}_${name}`, sql.raw(`\`${name}\` in (${list})`));
}

type Whole<All, Listed> = [Exclude<All, Listed>] extends [never] ? unknown : { missing: Exclude<All, Listed> };
