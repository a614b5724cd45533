import { eq, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { type CreditProblem, creditProblem, isCertificateExpired } from "~/modules/customers/credit";
import { customers } from "~/modules/customers/customer.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** What to know about a customer before more work is begun. */
export type CustomerWarnings = { note: string | null; credit: CreditProblem | null; certificateExpired: string | null };

/** @param today the shop's calendar day */
export async function readCustomerWarnings(db: ScopedDatabase<"staff">, id: Id<"customer">, today: string): Promise<CustomerWarnings> {
  const [[customer], [owed]] = await db.queries(
    {
      from: customers,
      columns: {
        warning: customers.warning,
        creditLimit: customers.creditLimit,
        creditHold: customers.creditHold,
        taxCertificate: customers.taxCertificate,
        taxCertificateThrough: customers.taxCertificateThrough,
      },
      where: eq(customers.id, id),
      limit: 1,
    },
    {
      from: invoices,
      columns: { owed: sql<number>`coalesce(sum(${invoices.total} - ${invoices.applied}), 0)` },
      where: sql`${eq(invoices.customerId, id)} and ${invoices.state} = 'issued' and ${invoices.applied} < ${invoices.total}`,
      limit: 1,
    },
  );
  if (!customer) return { note: null, credit: null, certificateExpired: null };
  return {
    note: customer.warning,
    credit: creditProblem(customer, toCents(owed?.owed ?? 0)),
    certificateExpired: isCertificateExpired(customer, today) ? customer.taxCertificateThrough : null,
  };
}
