import { isNotNull } from "drizzle-orm";
import { estimates } from "~/modules/estimates/estimate.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Whether an estimate or invoice was ever sent. After that the currency can't change. */
export async function areDocumentsIssued(db: ScopedDatabase<"staff">): Promise<boolean> {
  const [sent, issued] = await db.queries(
    { from: estimates, columns: { id: estimates.id }, where: isNotNull(estimates.latestSentRevision), limit: 1 },
    { from: invoices, columns: { id: invoices.id }, where: isNotNull(invoices.number), limit: 1 },
  );
  return sent.length + issued.length > 0;
}
