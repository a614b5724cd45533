import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { estimateRevisions, estimates } from "~/modules/estimates/estimate.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { ledgerEntries } from "../invoice.tables";

type Reader = ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">;
const MOST_ESTIMATES = 30;

/** What was received for an estimate: its deposits less refunds and reversals. */
export async function readDepositReceived(db: Reader, estimateId: Id<"estimate">): Promise<Cents> {
  const { scope } = db;
  const l = ledgerEntries;
  const own = scope.audience === "customer" ? eq(l.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const ofEstimate = sql`${l.sourceId} in (select id from ledger_entries where organization_id = ${scope.organizationId} and for_estimate_id = ${estimateId})`;
  const [row] = await db.query({
    from: l,
    columns: { sum: sql<number>`coalesce(sum(${l.amount}), 0)` },
    where: and(own, ofEstimate, sql`${l.invoiceId} is null`),
    limit: 1,
  });
  return toCents(row?.sum ?? 0);
}

/** A customer's estimates that a deposit can be paid for, newest first, with the deposit that each asks for. */
export async function readDepositEstimates(db: ScopedDatabase<"staff">, customerId: Id<"customer">) {
  const rows = await db.query({
    from: estimates,
    columns: {
      id: estimates.id,
      number: estimates.number,
      title: estimates.title,
      deposit: sql<number | null>`json_extract(${estimateRevisions.snapshot}, '$.deposit')` as SQL<Cents | null>,
    },
    join: [[estimateRevisions, and(eq(estimateRevisions.estimateId, estimates.id), eq(estimateRevisions.revision, estimates.latestSentRevision)) as SQL]], // `and` of conditions is one
    where: and(eq(estimates.customerId, customerId), inArray(estimates.state, ["sent", "approved", "partially-approved", "changes-requested"])),
    orderBy: [desc(estimates.number)],
    limit: MOST_ESTIMATES,
  });
  return rows;
}
