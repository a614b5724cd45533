import { or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** Whether one of the columns holds these words, in capitals or not. */
export function contains(term: string, ...columns: readonly (SQLiteColumn | SQL)[]): SQL {
  // SQLite lowers plain letters only, and so must lower both: "É" is found by "É".
  return sql`${or(...columns.map((column) => sql`instr(lower(ifnull(${column}, '')), lower(${term})) > 0`))}`;
}
