import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { dayOf } from "~/kernel/time";
import { ledgerEntries } from "../invoice.tables";
import type { IssuedDatabase } from "../issued-invoice.store.server";
import type { AccountLine } from "./invoice-account";

const MOST_MOVES = 500;

/**
 * Money applied to an invoice and taken off it again, oldest first; through a version of the account where one is given.
 * A customer's scope reads only that customer's account.
 */
export async function findInvoiceAccount(db: IssuedDatabase, id: Id<"invoice">, zone: string, through: number | null = null): Promise<AccountLine[]> {
  const { scope } = db;
  const l = ledgerEntries;
  const own = scope.audience === "customer" ? eq(l.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const upTo = through ?? Number.MAX_SAFE_INTEGER;
  const [moves, sources] = await db.queries(
    {
      from: l,
      columns: { sourceId: l.sourceId, amount: l.amount, at: l.at },
      // A payment that was mistyped is shown as it was put right, and only so.
      where: and(
        eq(l.invoiceId, id),
        own,
        lte(l.version, upTo),
        sql`not exists (select 1 from ledger_entries fix where fix.organization_id = ${scope.organizationId} and fix.corrects_id = ${l.sourceId} and fix.version <= ${upTo})`,
      ),
      orderBy: [asc(l.version), asc(l.position)],
      limit: MOST_MOVES,
    },
    {
      from: l,
      columns: { id: l.id, kind: l.kind, method: l.method, reference: l.reference, day: l.day },
      where: and(sql`${l.id} in (select source_id from ledger_entries where organization_id = ${scope.organizationId} and invoice_id = ${id})`, own),
      limit: MOST_MOVES,
    },
  );
  return moves.map(({ sourceId, amount, at }) => {
    const source = sources.find((one) => one.id === sourceId);
    const received = amount > 0 ? source?.day : null;
    return { day: received ?? dayOf(at, zone), of: source?.kind ?? "credit", method: source?.method ?? null, reference: source?.reference ?? null, amount };
  });
}
