import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { estimateRevisions, estimates } from "~/modules/estimates/estimate.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import type { EvidenceFacts } from "~/modules/payments/disputes/dispute-evidence";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** What one payment pays, and what Square takes as evidence. */
const MOST = 20;

/** What speaks for a payment on a customer's account: the invoices that it pays, and what the customer approved of their work or gave a deposit for. */
export async function readDisputeEvidence(db: ScopedDatabase<"job">, sourceId: Id<"entry">): Promise<EvidenceFacts> {
  const { organizationId } = db.scope;
  const paid = sql`(select invoice_id from ledger_entries where organization_id = ${organizationId} and source_id = ${sourceId} and invoice_id is not null group by invoice_id having sum(amount_cents) > 0)`;
  const [billed, decided] = await db.queries(
    {
      from: invoices,
      columns: { id: invoices.id, number: invoices.number, issuedAt: invoices.issuedAt, total: invoices.total, contents: invoices.contents },
      where: and(eq(invoices.state, "issued"), sql`${invoices.id} in ${paid}`),
      orderBy: [asc(invoices.number)],
      limit: MOST,
    },
    {
      from: estimateRevisions,
      columns: { estimate: estimates.number, revision: estimateRevisions.revision, decision: estimateRevisions.decision },
      join: [[estimates, eq(estimates.id, estimateRevisions.estimateId)]],
      where: and(
        inArray(estimateRevisions.state, ["approved", "partially-approved"]),
        sql`(${estimates.workOrderId} in (select work_order_id from invoice_orders where organization_id = ${organizationId} and invoice_id in ${paid})
          or ${estimates.id} in (select for_estimate_id from ledger_entries where organization_id = ${organizationId} and id = ${sourceId}))`,
      ),
      orderBy: [asc(estimates.number), asc(estimateRevisions.revision)],
      limit: MOST,
    },
  );
  return {
    approvals: decided.flatMap(({ decision, ...of }) => (decision ? [{ ...of, ...decision }] : [])),
    invoices: billed.map(({ contents, ...invoice }) => ({ ...invoice, groups: contents?.groups ?? [] })),
  };
}
