import { desc, eq, sql } from "drizzle-orm";
import type { Cursor } from "~/kernel/cursor";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { creditProblem } from "~/modules/customers/credit";
import { customers } from "~/modules/customers/customer.tables";
import { type Age, ageRange, ages } from "~/modules/invoices/invoice";
import { invoices, ledgerEntries } from "~/modules/invoices/invoice.tables";
import { isOnItsWay, paymentIntents } from "~/modules/payments/payment.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Customers with open invoices, highest balance first, each by age, less the credit that is not applied yet. */
export async function readCustomerBalances(db: ScopedDatabase<"staff">, { now, after }: { now: UtcMs; after: Cursor<"customer"> | null }, rowsAPage = 50) {
  const i = invoices;
  const open = sql`${i.state} = 'issued' and ${i.applied} < ${i.total}`;
  const balance = sql`${i.total} - ${i.applied}`;
  const owed = sql<number>`sum(${balance})`;
  const l = ledgerEntries;
  const credit = sql<number>`coalesce((select sum(case when ${l.invoiceId} is null then ${l.amount} else -${l.amount} end) from ${l}
    where ${l.organizationId} = ${db.scope.organizationId} and ${l.customerId} = ${i.customerId}), 0)`;
  const due = sql<number>`${owed} - ${credit}`;
  const p = paymentIntents;
  const pending = sql<number>`coalesce((select sum(${p.amount}) from ${p} where ${p.organizationId} = ${db.scope.organizationId} and ${p.customerId} = ${i.customerId} and ${p.forEstimate} is null and ${isOnItsWay}), 0)`;
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
      credit,
      due,
      pending,
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
    ...(after ? { having: sql`(${due}, ${i.customerId}) < (${after.at}, ${after.id})` } : {}),
    orderBy: [desc(due), desc(i.customerId)],
    limit: rowsAPage + 1,
  });
  const page = rows.slice(0, rowsAPage);
  const last = page.at(-1);
  return {
    rows: page.map(({ id, name, owed: sum, credit: free, due: balanceDue, pending: onItsWay, count, creditLimit, creditHold, ...byAge }) => ({
      id,
      name,
      count,
      credit: toCents(free),
      /** What statement and account call so: open invoices less credit. Below zero it is the customer's. */
      balance: toCents(balanceDue),
      /** Not in the balance until it arrives. */
      pending: toCents(onItsWay),
      problem: creditProblem({ creditLimit, creditHold }, toCents(sum)),
      ages: Object.fromEntries(ages.map((age) => [age, toCents(byAge[age])])) as Record<Age, Cents>, // one entry per age
    })),
    next: rows.length > rowsAPage && last ? { at: last.due, id: last.id } : null,
  };
}
