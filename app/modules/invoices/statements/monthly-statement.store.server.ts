import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { customers } from "~/modules/customers/customer.tables";
import { type Entry, effectRow, entryRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Who gets a statement each month, and through which day that is done. */
export function monthlyStatementStore(db: ScopedDatabase<"job">) {
  const { monthlyStatement, statementThrough, archivedAt } = customers;
  const doneRow = (id: Id<"customer">, through: string) => db.update(customers, { statementThrough: through }, eq(customers.id, id));

  return {
    async due(through: string, most: number): Promise<Id<"customer">[]> {
      const rows = await db.query({
        from: customers,
        columns: { id: customers.id },
        where: and(eq(monthlyStatement, true), isNull(archivedAt), or(isNull(statementThrough), lt(statementThrough, through))),
        limit: most,
      });
      return rows.map(({ id }) => id);
    },

    skip: (id: Id<"customer">, through: string) => db.batch([doneRow(id, through)]),

    mail: (id: Id<"customer">, through: string, entry: Entry, mail: Effect) =>
      db.batch([entryRow(db, entry), doneRow(id, through), effectRow(db, mail, entry.at)]),
  };
}
