import { type SQL, sql } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { ScopedDatabase, Statement } from "./scoped.server";
import { counters } from "./tenant.tables";

/** One more of a kind, for who only wants to know that something changed. */
export const countUp = (db: ScopedDatabase<Audience>, kind: string): Statement =>
  db.upsert(counters, { kind, value: 1 }, [counters.kind], { value: sql`${counters.value} + 1` });

/**
 * The next number of a kind, taken within the batch that uses it: `take` goes before the row whose column is `value`.
 * A batch that fails takes no number, so there are no gaps.
 */
export function nextNumber(db: ScopedDatabase<Audience>, kind: string, first: number): { take: Statement; value: SQL } {
  return {
    take: db.upsert(counters, { kind, value: first }, [counters.kind], { value: sql`${counters.value} + 1` }),
    value: sql`(select ${counters.value} from ${counters} where ${counters.organizationId} = ${db.scope.organizationId} and ${counters.kind} = ${kind})`,
  };
}
