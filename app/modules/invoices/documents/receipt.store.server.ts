import { and, asc, eq, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { estimates } from "~/modules/estimates/estimate.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoices, ledgerEntries } from "../invoice.tables";
import type { Method } from "../receivables/ledger";

const MOST_INVOICES = 500;

export type Receipt = {
  id: Id<"entry">;
  customerId: Id<"customer">;
  accountVersion: number;
  at: UtcMs;
  amount: Cents;
  method: Method;
  reference: string | null;
  day: string;
  /** Number of the estimate that a deposit was paid for. */
  estimate: number | null;
  /** What it paid when it was recorded, and what was open on each invoice then. */
  on: readonly { invoiceId: Id<"invoice">; number: number | null; applied: Cents; open: Cents }[];
};

/** A payment with the figures of the moment it was recorded; null if it was corrected or removed since. */
export async function findReceipt(db: ScopedDatabase<"job">, id: Id<"entry">): Promise<Receipt | null> {
  const l = ledgerEntries;
  const { organizationId } = db.scope;
  const [[payment], on] = await db.queries(
    {
      from: l,
      columns: {
        customerId: l.customerId,
        accountVersion: l.version,
        at: l.at,
        amount: l.amount,
        method: l.method,
        reference: l.reference,
        day: l.day,
        estimate: sql<number | null>`${estimates.number}`.as("estimate"),
      },
      leftJoin: [[estimates, eq(estimates.id, l.forEstimate)]],
      where: and(
        eq(l.id, id),
        eq(l.kind, "payment"),
        sql`not exists (select 1 from ledger_entries fix where fix.organization_id = ${organizationId} and fix.corrects_id = ${id})`,
      ),
      limit: 1,
    },
    {
      from: l,
      columns: {
        invoiceId: l.invoiceId,
        number: invoices.number,
        applied: l.amount,
        open: sql<number>`${invoices.total} - (select sum(amount_cents) from ledger_entries until where until.organization_id = ${organizationId} and until.invoice_id = ${invoices.id} and until.version <= ${l.version})`.as(
          "open",
        ),
      },
      join: [[invoices, eq(invoices.id, l.invoiceId)]],
      // Other money of its account may be moved later; this is what came with it.
      where: and(
        eq(l.sourceId, id),
        eq(l.kind, "allocation"),
        sql`${l.version} = (select version from ledger_entries where organization_id = ${organizationId} and id = ${id})`,
      ),
      orderBy: [asc(l.position)],
      limit: MOST_INVOICES,
    },
  );
  if (!payment?.method) return null;
  return {
    ...payment,
    id,
    method: payment.method,
    on: on.flatMap(({ invoiceId, open, ...row }) => (invoiceId ? [{ ...row, invoiceId, open: toCents(Math.max(0, open)) }] : [])),
  };
}
