import { desc, eq, sql } from "drizzle-orm";
import { customers } from "~/modules/customers/customer.tables";
import { squareDisputes } from "~/modules/payments/payment.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 50;

/** The shop's disputes, newest first. */
export function readDisputes(db: ScopedDatabase<"staff">) {
  const { id, customerId, state, amount, reason, dueAt, evidence, problem, createdAt, entryId } = squareDisputes;
  return db.query({
    from: squareDisputes,
    columns: { id, customerId, state, amount, reason, dueAt, evidence, problem, createdAt, entryId, customer: sql<string>`${customers.name}`.as("customer") },
    join: [[customers, eq(customers.id, customerId)]],
    orderBy: [desc(createdAt)],
    limit: MOST,
  });
}
