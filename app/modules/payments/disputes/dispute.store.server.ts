import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { squareDisputes } from "../payment.tables";
import { type Dispute, type EvidenceState, needsEvidence } from "./dispute";

/** Disputes that one read takes, newest first. */
const MOST = 100;

export function disputeStore(db: ScopedDatabase<"job"> | ScopedDatabase<"staff">) {
  const d = squareDisputes;
  const { id, paymentId, customerId, sourceId, entryId, state, amount, currency, reason, dueAt, evidence, evidenceAskedAt, problem, createdAt, updatedAt } = d;
  const columns = {
    id,
    paymentId,
    customerId,
    sourceId,
    entryId,
    state,
    amount,
    currency,
    reason,
    dueAt,
    evidence,
    evidenceAskedAt,
    problem,
    createdAt,
    updatedAt,
  };
  const read = (where?: SQL): Promise<Dispute[]> => db.query({ from: d, columns, where, orderBy: [desc(createdAt)], limit: MOST });

  return {
    find: async (wanted: string): Promise<Dispute | null> => (await read(eq(id, wanted)))[0] ?? null,
    newest: () => read(),
    /** Those of a payment that was on nobody's account when they were reported. */
    unplaced: (payment: string) => read(and(eq(paymentId, payment), isNull(sourceId))),
    ofCustomer: (customer: Id<"customer">) => read(eq(customerId, customer)),
    ofSource: (source: Id<"entry">) => read(eq(sourceId, source)),
    /** Those of payments that are applied to this invoice. */
    onInvoice: (invoice: Id<"invoice">) =>
      read(
        sql`${sourceId} in (select source_id from ledger_entries where organization_id = ${db.scope.organizationId} and invoice_id = ${invoice} group by source_id having sum(amount_cents) > 0)`,
      ),

    /** A dispute as Square has it; an older report never replaces a newer one. */
    row: (row: Omit<Dispute, "evidence" | "evidenceAskedAt" | "problem">): Statement =>
      db.upsert(
        d,
        { ...row, evidence: null, evidenceAskedAt: null, problem: null },
        [id],
        {
          state: row.state,
          amount: row.amount,
          dueAt: row.dueAt,
          updatedAt: row.updatedAt,
          ...(row.sourceId ? { customerId: row.customerId, sourceId: row.sourceId } : {}),
          ...(row.entryId ? { entryId: row.entryId } : {}),
          // What was sent in an inquiry does not answer the dispute that it becomes.
          ...(needsEvidence(row.state) ? { evidence: sql`case when ${state} <> excluded.state and ${evidence} = 'sent' then null else ${evidence} end` } : {}),
        },
        sql`${updatedAt} <= excluded.updated_at`,
      ),
    evidenceRow: (wanted: string, to: EvidenceState, why: string | null = null): Statement => db.update(d, { evidence: to, problem: why }, eq(id, wanted)),
    evidenceAskedRow: (wanted: string, at: UtcMs): Statement => db.update(d, { evidence: "asked", evidenceAskedAt: at, problem: null }, eq(id, wanted)),
  };
}
