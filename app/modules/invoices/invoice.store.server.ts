import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { JournalEvent } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { Terms } from "~/kernel/payment-terms";
import { err, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { numbered } from "~/modules/organizations/numbering/numbering";
import { nextNumber } from "~/platform/database/counters.server";
import { entryRow, type IdTaken, isTaken, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardChanged } from "~/platform/live/board-effects";
import { coresIn } from "./cores/core";
import type { FrozenAuthorization } from "./frozen-authorization";
import type { InvoiceContents, InvoiceState } from "./invoice";
import { invoiceEffects, invoiceMailKey } from "./invoice.effects";
import { invoiceJournal } from "./invoice.journal";
import { coreReturns, invoiceOrders, invoices } from "./invoice.tables";
import { accountEntry, accountStore, boardNotice, ledgerRows } from "./receivables/account.store.server";
import type { LedgerEntry } from "./receivables/ledger";

/** Customers don't see drafts. */
const draftNotice = (id: Id<"invoice">, version: number): Effect => boardChanged(`invoice:${id}:${version}`, { kind: "invoice", id, version }, ["staff"]);

export const MOST_ORDERS = 50;
/** Invoices and customer accounts. Only staff can build this store. */
export function invoiceStore(db: ScopedDatabase<"staff">) {
  const accounts = accountStore(db, db.scope.organization.zone);

  return {
    ...accounts,

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

    /** What was authorized of its orders when it was issued. */
    async authorizedOf(id: Id<"invoice">): Promise<FrozenAuthorization[]> {
      const { invoiceId, authorized } = invoiceOrders;
      const rows = await db.query({ from: invoiceOrders, columns: { authorized }, where: eq(invoiceId, id), limit: MOST_ORDERS });
      return rows.flatMap((row) => row.authorized ?? []);
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
          [draftNotice(id, 1)],
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
      authorized: readonly { orderId: Id<"workOrder">; authorized: FrozenAuthorization | null }[],
      billed: readonly Statement[],
      /** The account's version, where this was decided on it, and what deposits pay of the invoice. */
      account: { before: number; entries: readonly LedgerEntry[]; event: JournalEvent } | null,
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
          ...authorized.flatMap((order) =>
            order.authorized
              ? db.update(
                  invoiceOrders,
                  { authorized: order.authorized },
                  and(eq(invoiceOrders.invoiceId, id), eq(invoiceOrders.workOrderId, order.orderId)) as SQL,
                )
              : [],
          ),
          ...billed,
          // Money that comes in or another invoice at the same time conflicts with this account version, and is decided again.
          ...(account
            ? [
                entryRow(db, { ...accountEntry(customerId, account.before + 1, at, account.event), about: undefined }),
                ...ledgerRows(db, customerId, account.before + 1, account.entries),
              ]
            : []),
        ],
        [boardNotice({ kind: "invoice", id }, customerId, version), invoiceEffects.of("mail.invoice-issued", invoiceMailKey(id), { invoiceId: id })],
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
        number === null
          ? [draftNotice(id, version)]
          : [
              boardNotice({ kind: "invoice", id }, customerId, version),
              invoiceEffects.of("mail.invoice-voided", `mail.invoice-voided:${id}`, { invoiceId: id }),
            ],
      );
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
  };
}
