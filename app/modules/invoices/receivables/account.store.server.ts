import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { JournalEvent } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { err, type Result } from "~/kernel/result";
import { dayOf, type UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { type Entry, type IdTaken, isTaken, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import type { CoreReturn } from "../cores/core";
import { coreReturns, entryColumns, invoices, ledgerEntries, reservations } from "../invoice.tables";
import type { Account, LedgerEntry } from "./ledger";

/** Far above any real account. A longer one is refused, because a partial read would be wrong. */
const MOST_ENTRIES = 20_000;
/** Far above the invoices that one payment was ever applied to. */
const MOST_TOUCHED = 500;

type Writer = ScopedDatabase<"staff"> | ScopedDatabase<"job">;

/** What is saved in one batch with an account's entries. */
type Along = {
  /** The core return that a credit note belongs to. */
  core?: { row: CoreReturn; invoiceId: Id<"invoice"> };
  effects?: readonly Effect[];
  /** Records of a higher module that change with the account. */
  changes?: readonly Statement[];
};

export const accountEntry = (customerId: Id<"customer">, version: number, at: UtcMs, event: JournalEvent): Entry => ({
  record: { kind: "account", id: customerId, version },
  at,
  event,
  about: customerId,
});

/** Tells open pages of the shop and the customer. */
export const boardNotice = (record: { kind: "invoice" | "account"; id: string }, customerId: Id<"customer">, version: number): Effect =>
  boardChanged(`${record.kind}:${record.id}:${version}`, { ...record, version }, boardAudiences(customerId, true));

export const ledgerRows = (db: Writer, customerId: Id<"customer">, version: number, entries: readonly LedgerEntry[]): Statement[] => [
  ...entries.map((entry, position) => db.insert(ledgerEntries, { ...entry, customerId, version, position, actor: db.scope.actor })),
  ...touchedBy(entries).map((id) => db.update(invoices, { applied: appliedSql(db.scope.organizationId, id) }, eq(invoices.id, id))),
];

/** Customers' accounts. `zone`: the shop's. */
export function accountStore(db: Writer, zone: string) {
  const coreRows = (invoiceId: Id<"invoice">, row: CoreReturn): Statement[] => [
    db.insert(coreReturns, { ...row, invoiceId, actor: db.scope.actor }),
    db.update(invoices, { coresOut: sql`${invoices.coresOut} - ${row.outcome === "reopened" ? -row.quantity : row.quantity}` }, eq(invoices.id, invoiceId)),
  ];

  /** The account's version; every change to the account increases it. */
  async function accountVersion(customerId: Id<"customer">): Promise<number> {
    const [row] = await db.query({
      from: journal,
      columns: { version: journal.version },
      where: and(eq(journal.recordKind, "account"), eq(journal.recordId, customerId)),
      orderBy: [desc(journal.version)],
      limit: 1,
    });
    return row?.version ?? 0;
  }

  return {
    accountVersion,

    /** A customer's account with the invoices a command may affect, including all of an entry's source; null if there is no such customer. */
    async account(
      customerId: Id<"customer">,
      about: readonly Id<"invoice">[],
      entry: Id<"entry"> | null = null,
    ): Promise<{ account: Account; version: number } | null> {
      // The version first: entries added after it make the save stale.
      const version = await accountVersion(customerId);
      const l = ledgerEntries;
      const [[customer], entries, found, [issued], [estimated], promised] = await db.queries(
        { from: customers, columns: { id: customers.id }, where: eq(customers.id, customerId), limit: 1 },
        {
          from: l,
          columns: { ...entryColumns, forEstimate: l.forEstimate },
          where: eq(l.customerId, customerId),
          orderBy: [asc(l.version), asc(l.position)],
          limit: MOST_ENTRIES + 1,
        },
        {
          from: invoices,
          columns: { id: invoices.id, number: invoices.number, state: invoices.state, total: invoices.total, dueAt: invoices.dueAt },
          where: and(
            eq(invoices.customerId, customerId),
            sql`(${invoices.id} in (select value from json_each(${JSON.stringify(about)})) or ${invoices.id} in (select coalesce(invoice_id, for_invoice_id) from ledger_entries where organization_id = ${db.scope.organizationId} and source_id = (select source_id from ledger_entries where organization_id = ${db.scope.organizationId} and id = ${entry})))`,
          ),
          limit: MOST_TOUCHED,
        },
        { from: invoices, columns: { at: sql<UtcMs | null>`min(${invoices.issuedAt})` }, where: eq(invoices.customerId, customerId), limit: 1 },
        { from: estimates, columns: { at: sql<UtcMs | null>`min(${estimates.createdAt})` }, where: eq(estimates.customerId, customerId), limit: 1 },
        {
          from: reservations,
          columns: { sourceId: reservations.sourceId, amount: sql<number>`sum(${reservations.amount})` },
          where: and(eq(reservations.customerId, customerId), sql`${reservations.amount} > 0`),
          groupBy: [reservations.sourceId],
          limit: MOST_ENTRIES,
        },
      );
      if (!customer) return null;
      if (entries.length > MOST_ENTRIES) throw new Error(`the account of ${customerId} has too many entries`);
      const first = Math.min(issued?.at ?? Number.POSITIVE_INFINITY, estimated?.at ?? Number.POSITIVE_INFINITY);
      const firstDay = Number.isFinite(first) ? dayOf(first as UtcMs, zone) : null; // one of the two instants
      const reserved = new Map(promised.map(({ sourceId, amount }) => [sourceId, toCents(amount)]));
      return { account: { entries, invoices: new Map(found.map(({ id, ...invoice }) => [id, invoice])), firstDay, reserved }, version };
    },

    /** Adds decided entries to an account, unless it was changed since it was read. */
    async add(
      customerId: Id<"customer">,
      before: number,
      entries: readonly LedgerEntry[],
      event: JournalEvent,
      at: UtcMs,
      { core, effects = [], changes = [] }: Along = {},
    ): Promise<Result<null, { kind: "stale" } | IdTaken>> {
      const version = before + 1;
      const reversed = entries.filter(({ kind }) => kind === "reversal").map(({ sourceId }) => sourceId);
      const saving = save(
        db,
        accountEntry(customerId, version, at, event),
        [
          ...ledgerRows(db, customerId, version, entries),
          ...changes,
          ...(core ? coreRows(core.invoiceId, core.row) : []),
          ...reversed.map((source) =>
            db.update(invoices, { coresOut: coresBackSql(db.scope.organizationId, source) }, ofCoreCredit(db.scope.organizationId, source)),
          ),
        ],
        // Whether or not an invoice got or lost money: its page shows the customer's credit, refunds on their way and disputes, too.
        [boardNotice({ kind: "account", id: customerId }, customerId, version), ...effects],
      );
      return saving.catch((cause: unknown) => {
        // Another account's entry, or another invoice's core, has the id that the form brought.
        if (isTaken(cause, "ledger_entries.id") || isTaken(cause, "core_returns.id")) return err({ kind: "id-taken" as const });
        throw cause;
      });
    },
  };
}

const touchedBy = (entries: readonly LedgerEntry[]): Id<"invoice">[] => [...new Set(entries.flatMap(({ invoiceId }) => (invoiceId ? [invoiceId] : [])))];

const appliedSql = (organizationId: Id<"organization">, id: Id<"invoice">): SQL =>
  sql`(select coalesce(sum(${ledgerEntries.amount}), 0) from ${ledgerEntries} where ${ledgerEntries.organizationId} = ${organizationId} and ${ledgerEntries.invoiceId} = ${id})`;

/** Puts the cores of a reversed credit note out again. */
const coresBackSql = (organizationId: Id<"organization">, note: Id<"entry">): SQL =>
  sql`${invoices.coresOut} + (select coalesce(sum(${coreReturns.quantity}), 0) from ${coreReturns} where ${coreReturns.organizationId} = ${organizationId} and ${coreReturns.creditNote} = ${note})`;

const ofCoreCredit = (organizationId: Id<"organization">, note: Id<"entry">): SQL =>
  sql`${invoices.id} in (select ${coreReturns.invoiceId} from ${coreReturns} where ${coreReturns.organizationId} = ${organizationId} and ${coreReturns.creditNote} = ${note})`;
