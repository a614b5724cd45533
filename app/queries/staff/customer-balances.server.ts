import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Cursor } from "~/kernel/cursor";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { creditProblem } from "~/modules/customers/credit";
import { customers } from "~/modules/customers/customer.tables";
import { type Age, ageRange, ages } from "~/modules/invoices/invoice";
import { invoices, ledgerEntries } from "~/modules/invoices/invoice.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Customers that owe something, highest balance first, each by age, with unapplied credit. */
export async function readCustomerBalances(db: ScopedDatabase<"staff">, { now, after }: { now: UtcMs; after: Cursor<"customer"> | null }, rowsAPage = 50) {
  const i = invoices;
  const open = sql`${i.state} = 'issued' and ${i.applied} < ${i.total}`;
  const balance = sql`${i.total} - ${i.applied}`;
  const owed = sql<number>`sum(${balance})`;
  const ofAge = (age: Age) => {
    const { from, until } = ageRange(age, now);
    return sql<number>`sum(case when ${i.dueAt} > ${from} and ${i.dueAt} <= ${until} then ${balance} else 0 end)`;
  };
  const rows = await db.query({
    from: i,
    columns: {
      id: i.customerId,
      name: customers.name,
      creditLimit: customers.creditLimit,
      creditHold: customers.creditHold,
      owed,
      count: sql<number>`count(*)`,
      current: ofAge("current"),
      "1-30": ofAge("1-30"),
      "31-60": ofAge("31-60"),
      "61-90": ofAge("61-90"),
      "90+": ofAge("90+"),
    },
    join: [[customers, eq(customers.id, i.customerId)]],
    where: open,
    groupBy: [i.customerId, customers.name, customers.creditLimit, customers.creditHold],
    ...(after ? { having: sql`(${owed}, ${i.customerId}) < (${after.at}, ${after.id})` } : {}),
    orderBy: [desc(owed), desc(i.customerId)],
    limit: rowsAPage + 1,
  });
  const page = rows.slice(0, rowsAPage);
  const credits = await creditsOf(
    db,
    page.map(({ id }) => id),
  );
  const last = page.at(-1);
  return {
    rows: page.map(({ id, name, owed: sum, count, creditLimit, creditHold, ...byAge }) => ({
      id,
      name,
      count,
      owed: toCents(sum),
      credit: credits.get(id) ?? toCents(0),
      problem: creditProblem({ creditLimit, creditHold }, toCents(sum)),
      ages: Object.fromEntries(ages.map((age) => [age, toCents(byAge[age])])) as Record<Age, Cents>, // one entry per age
    })),
    next: rows.length > rowsAPage && last ? { at: last.owed, id: last.id } : null,
  };
}

/** The unapplied money of each of these customers. */
async function creditsOf(db: ScopedDatabase<"staff">, ids: readonly Id<"customer">[]): Promise<Map<Id<"customer">, Cents>> {
  if (ids.length === 0) return new Map();
  const l = ledgerEntries;
  const rows = await db.query({
    from: l,
    columns: { id: l.customerId, free: sql<number>`sum(case when ${l.invoiceId} is null then ${l.amount} else -${l.amount} end)` },
    where: and(inArray(l.customerId, [...ids])),
    groupBy: [l.customerId],
    limit: ids.length,
  });
  return new Map(rows.map(({ id, free }) => [id, toCents(free)]));
}
