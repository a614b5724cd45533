import { desc, eq, sql } from "drizzle-orm";
import { customers } from "~/modules/customers/customer.tables";
import { squareDisputes } from "~/modules/payments/payment.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 50;

/** The shop's disputes, newest first; without a customer while the payment is on no account. */
export function readDisputes(db: ScopedDatabase<"staff">) {
  const { id, paymentId, customerId, state, amount, reason, dueAt, evidence, problem, createdAt, entryId } = squareDisputes;
  return db.query({
    from: squareDisputes,
    columns: {
      id,
      paymentId,
      customerId,
      state,
      amount,
      reason,
      dueAt,
      evidence,
      problem,
      createdAt,
      entryId,
      customer: sql<string | null>`${customers.name}`.as("customer"),
    },
    leftJoin: [[customers, eq(customers.id, customerId)]],
    orderBy: [desc(createdAt)],
    limit: MOST,
  });
}
