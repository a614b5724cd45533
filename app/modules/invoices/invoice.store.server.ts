import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { Terms } from "~/kernel/payment-terms";
import { err, type Result } from "~/kernel/result";
import { dayOf, type UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { numbered } from "~/modules/organizations/numbering/numbering";
import { nextNumber } from "~/platform/database/counters.server";
import { type Entry, entryRow, type IdTaken, isTaken, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { type CoreReturn, coresIn } from "./cores/core";
import type { InvoiceContents, InvoiceState } from "./invoice";
import { invoiceEffects, invoiceMailKey } from "./invoice.effects";
import { invoiceJournal } from "./invoice.journal";
import { coreReturns, invoiceOrders, invoices, ledgerEntries } from "./invoice.tables";
import type { Account, LedgerEntry } from "./receivables/ledger";

/** Far above any real account. A longer one is refused, because a partial read would be wrong. */
const MOST_ENTRIES = 20_000;
export const MOST_ORDERS = 50;
/** Far above the invoices that one payment was ever applied to. */
const MOST_TOUCHED = 500;

type AccountEvent = EventOf<typeof invoiceJournal>;

/** Invoices and customer accounts. Only staff can build this store. */
export function invoiceStore(db: ScopedDatabase<"staff">) {
  const accountEntry = (customerId: Id<"customer">, version: number, at: UtcMs, event: AccountEvent): Entry => ({
    record: { kind: "account", id: customerId, version },
    at,
    event,
    about: customerId,
  });

  const notice = (record: { kind: "invoice" | "account"; id: string }, customerId: Id<"customer">, version: number): Effect =>
    boardChanged(`${record.kind}:${record.id}:${version}`, { ...record, version }, boardAudiences(customerId, true));

  const coreRows = (invoiceId: Id<"invoice">, row: CoreReturn): Statement[] => [
    db.insert(coreReturns, { ...row, invoiceId, actor: db.scope.actor }),
    db.update(invoices, { coresOut: sql`${invoices.coresOut} - ${row.outcome === "reopened" ? -row.quantity : row.quantity}` }, eq(invoices.id, invoiceId)),
  ];

  const ledgerRows = (customerId: Id<"customer">, version: number, entries: readonly LedgerEntry[]): Statement[] => [
    ...entries.map((entry, position) => db.insert(ledgerEntries, { ...entry, customerId, version, position, actor: db.scope.actor })),
    ...touchedBy(entries).map((id) => db.update(invoices, { applied: appliedSql(db.scope.organizationId, id) }, eq(invoices.id, id))),
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

    async find(id: Id<"invoice">) {
      const { number, customerId, state, contents, total, applied, terms, issuedAt, dueDay, dueAt, voidedAt, voidReason, version, createdAt } = invoices;
      const [row] = await db.query({
        from: invoices,
        columns: {
          id: invoices.id,
          number,
          customerId,
          state,
          contents,
          total,
          applied,
          terms,
          issuedAt,
          dueDay,
          dueAt,
          voidedAt,
          voidReason,
          version,
          createdAt,
          customer: customers.name,
          taxCertificate: customers.taxCertificate,
          taxCertificateThrough: customers.taxCertificateThrough,
          creditLimit: customers.creditLimit,
          creditHold: customers.creditHold,
          usualTerms: customers.terms,
          address: customers.address,
          taxId: customers.taxId,
        },
        join: [[customers, eq(customers.id, invoices.customerId)]],
        where: eq(invoices.id, id),
        limit: 1,
      });
      return row ?? null;
    },

    /** What a customer owes on issued invoices. */
    async owedBy(id: Id<"customer">): Promise<Cents> {
      const [row] = await db.query({
        from: invoices,
        columns: { owed: sql<number>`coalesce(sum(${invoices.total} - ${invoices.applied}), 0)` },
        where: and(eq(invoices.customerId, id), sql`${invoices.state} = 'issued' and ${invoices.applied} < ${invoices.total}`),
        limit: 1,
      });
      return toCents(row?.owed ?? 0);
    },

    /** Whether the customer is the shop's own fleet. */
    async isSelf(id: Id<"customer">): Promise<boolean> {
      const [row] = await db.query({ from: customers, columns: { isSelf: customers.isSelf }, where: eq(customers.id, id), limit: 1 });
      return row?.isSelf ?? false;
    },

    /** The orders on an invoice, released ones included. */
    async orderIdsOf(id: Id<"invoice">): Promise<Id<"workOrder">[]> {
      const rows = await db.query({
        from: invoiceOrders,
        columns: { id: invoiceOrders.workOrderId },
        where: eq(invoiceOrders.invoiceId, id),
        limit: MOST_ORDERS,
      });
      return rows.map((row) => row.id);
    },

    /** Creates a draft. A form submitted twice fails on the first one's entry; so does an order on another invoice. */
    async draft(
      draft: { id: Id<"invoice">; customerId: Id<"customer">; orders: readonly Id<"workOrder">[] },
      at: UtcMs,
    ): Promise<Result<null, IdTaken | { kind: "order-taken" }>> {
      const { id, customerId, orders } = draft;
      try {
        return await saveNew(
          db,
          {
            record: { kind: "invoice", id, version: 1 },
            at,
            event: invoiceJournal.of("invoice.drafted", { invoice: id, orders: orders.length }),
            about: customerId,
          },
          [
            db.insert(invoices, { id, customerId, state: "draft", version: 1, createdAt: at }),
            ...orders.map((workOrderId) => db.insert(invoiceOrders, { invoiceId: id, workOrderId })),
          ],
        );
      } catch (cause) {
        if (isTaken(cause, "invoice_orders.work_order_id")) return err({ kind: "order-taken" });
        throw cause;
      }
    },

    /** Issues a draft: fixes its contents, assigns the next number and updates its orders in one batch. */
    issue(
      invoice: { id: Id<"invoice">; version: number; customerId: Id<"customer"> },
      issued: { contents: InvoiceContents; terms: Terms; dueDay: string; dueAt: UtcMs },
      billed: readonly Statement[],
      /** The account's version, where this was decided on it, and what deposits pay of the invoice. */
      account: { before: number; entries: readonly LedgerEntry[]; event: AccountEvent } | null,
      at: UtcMs,
    ) {
      const { id, customerId } = invoice;
      const version = invoice.version + 1;
      const number = nextNumber(db, "invoice", numbered.invoice.first);
      const total = issued.contents.charges.total;
      return save(
        db,
        { record: { kind: "invoice", id, version }, at, event: invoiceJournal.of("invoice.issued", { invoice: id, total }), about: customerId },
        [
          number.take,
          db.update(
            invoices,
            { ...issued, state: "issued", number: number.value, total, coresOut: coresIn(issued.contents), issuedAt: at, version },
            eq(invoices.id, id),
          ),
          ...billed,
          // Money that comes in or another invoice at the same time conflicts with this account version, and is decided again.
          ...(account
            ? [
                entryRow(db, { ...accountEntry(customerId, account.before + 1, at, account.event), about: undefined }),
                ...ledgerRows(customerId, account.before + 1, account.entries),
              ]
            : []),
        ],
        [notice({ kind: "invoice", id }, customerId, version), invoiceEffects.of("mail.invoice-issued", invoiceMailKey(id), { invoiceId: id })],
      );
    },

    /** Voids an invoice, or without a reason discards a draft, and releases its orders. */
    end(
      invoice: { id: Id<"invoice">; version: number; customerId: Id<"customer">; number: number | null },
      why: string | null,
      unbilled: readonly Statement[],
      account: number,
      at: UtcMs,
    ) {
      const { id, customerId, number } = invoice;
      const version = invoice.version + 1;
      const body = { invoice: id, number, why };
      return save(
        db,
        {
          record: { kind: "invoice", id, version },
          at,
          event: invoiceJournal.of(why === null ? "invoice.discarded" : "invoice.voided", body),
          about: customerId,
        },
        [
          // A payment being applied at the same time conflicts with this account version, and is decided again.
          entryRow(db, { ...accountEntry(customerId, account + 1, at, invoiceJournal.of("account.invoice-closed", body)), about: undefined }),
          db.update(invoices, { state: "void" satisfies InvoiceState, voidedAt: at, voidReason: why, version }, eq(invoices.id, id)),
          db.update(invoiceOrders, { releasedAt: at }, eq(invoiceOrders.invoiceId, id)),
          ...unbilled,
        ],
        // Customers don't see drafts, so there is nothing to notify.
        number === null
          ? []
          : [notice({ kind: "invoice", id }, customerId, version), invoiceEffects.of("mail.invoice-voided", `mail.invoice-voided:${id}`, { invoiceId: id })],
      );
    },

    /** A customer's account with the invoices a command may affect, including all of an entry's source; null if there is no such customer. */
    async account(
      customerId: Id<"customer">,
      about: readonly Id<"invoice">[],
      entry: Id<"entry"> | null = null,
    ): Promise<{ account: Account; version: number } | null> {
      // The version first: entries added after it make the save stale.
      const version = await accountVersion(customerId);
      const l = ledgerEntries;
      const [[customer], entries, found, [issued], [estimated]] = await db.queries(
        { from: customers, columns: { id: customers.id }, where: eq(customers.id, customerId), limit: 1 },
        {
          from: l,
          columns: {
            id: l.id,
            kind: l.kind,
            sourceId: l.sourceId,
            invoiceId: l.invoiceId,
            forInvoice: l.forInvoice,
            forEstimate: l.forEstimate,
            corrects: l.corrects,
            amount: l.amount,
            method: l.method,
            reference: l.reference,
            day: l.day,
            why: l.why,
            at: l.at,
          },
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
      );
      if (!customer) return null;
      if (entries.length > MOST_ENTRIES) throw new Error(`the account of ${customerId} has too many entries`);
      const first = Math.min(issued?.at ?? Number.POSITIVE_INFINITY, estimated?.at ?? Number.POSITIVE_INFINITY);
      const firstDay = Number.isFinite(first) ? dayOf(first as UtcMs, db.scope.organization.zone) : null; // one of the two instants
      return { account: { entries, invoices: new Map(found.map(({ id, ...invoice }) => [id, invoice])), firstDay }, version };
    },

    /** Whether an estimate is this customer's. */
    async hasEstimate(customerId: Id<"customer">, id: Id<"estimate">): Promise<boolean> {
      const rows = await db.query({
        from: estimates,
        columns: { id: estimates.id },
        where: and(eq(estimates.id, id), eq(estimates.customerId, customerId)) as SQL, // `and` of conditions is one
        limit: 1,
      });
      return rows.length > 0;
    },

    /** Whether a credit note is the credit of a returned core. */
    async isOfCore(note: Id<"entry">): Promise<boolean> {
      const rows = await db.query({ from: coreReturns, columns: { id: coreReturns.id }, where: eq(coreReturns.creditNote, note), limit: 1 });
      return rows.length > 0;
    },

    /** Adds decided entries to an account, unless it was changed since it was read. */
    async add(
      customerId: Id<"customer">,
      before: number,
      entries: readonly LedgerEntry[],
      event: AccountEvent,
      at: UtcMs,
      {
        core,
        effects = [],
      }: { /** The core return that this credit note belongs to. */ core?: { row: CoreReturn; invoiceId: Id<"invoice"> }; effects?: readonly Effect[] } = {},
    ): Promise<Result<null, { kind: "stale" } | IdTaken>> {
      const version = before + 1;
      const reversed = entries.filter(({ kind }) => kind === "reversal").map(({ sourceId }) => sourceId);
      const saving = save(
        db,
        accountEntry(customerId, version, at, event),
        [
          ...ledgerRows(customerId, version, entries),
          ...(core ? coreRows(core.invoiceId, core.row) : []),
          ...reversed.map((source) =>
            db.update(invoices, { coresOut: coresBackSql(db.scope.organizationId, source) }, ofCoreCredit(db.scope.organizationId, source)),
          ),
        ],
        [...(touchedBy(entries).length === 0 && !core ? [] : [notice({ kind: "account", id: customerId }, customerId, version)]), ...effects],
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
