import { or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** Whether one of the columns holds these words, in capitals or not. */
export function contains(words: string, ...columns: readonly (SQLiteColumn | SQL)[]): SQL {
  const sought = words.toLowerCase();
  return sql`${or(...columns.map((column) => sql`instr(lower(ifnull(${column}, '')), ${sought}) > 0`))}`;
}
