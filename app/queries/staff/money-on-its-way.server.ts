import { asc, eq, sql } from "drizzle-orm";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import { isOnItsWay, paymentIntents, paymentShares, squarePayments } from "~/modules/payments/payment.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 200;

/** Each payment that is on its way: whose, for what, and by which account at Square; oldest first. */
export async function readMoneyOnItsWay(db: ScopedDatabase<"staff">) {
  const { id, customerId, amount, expectedDay, merchantId, createdAt, forEstimate, organizationId } = paymentIntents;
  const rows = await db.query({
    from: paymentIntents,
    columns: {
      id,
      customerId,
      amount,
      expectedDay,
      merchantId,
      createdAt,
      customer: customers.name,
      estimate: sql<number | null>`${estimates.number}`.as("estimate"),
      numbers: sql<
        string | null
      >`(select group_concat(${invoices.number}) from ${paymentShares} join ${invoices} on ${invoices.organizationId} = ${paymentShares.organizationId} and ${invoices.id} = ${paymentShares.invoiceId} where ${paymentShares.organizationId} = ${organizationId} and ${paymentShares.intentId} = ${id})`.as(
        "numbers",
      ),
      merchantName: sql<
        string | null
      >`(select max(${squarePayments.merchantName}) from ${squarePayments} where ${squarePayments.organizationId} = ${organizationId} and ${squarePayments.intentId} = ${id})`.as(
        "merchant_name",
      ),
    },
    join: [[customers, eq(customers.id, customerId)]],
    leftJoin: [[estimates, eq(estimates.id, forEstimate)]],
    where: isOnItsWay,
    orderBy: [asc(createdAt)],
    limit: MOST,
  });
  return rows.map(({ numbers, ...row }) => ({ ...row, numbers: (numbers ?? "").split(",").filter(Boolean).map(Number) }));
}
