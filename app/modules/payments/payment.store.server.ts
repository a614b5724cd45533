import { and, asc, desc, eq, inArray, isNull, lte, ne, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { invoices, ledgerEntries } from "~/modules/invoices/invoice.tables";
import { effectRow, entryRow, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import type { Pending } from "./checkouts/on-its-way";
import { type IntentState, isLiving, livingStates, MOST_INVOICES, type OpenInvoice, type PaymentIntent, type Wanted } from "./checkouts/payment-intent";
import { paymentEffects } from "./payment.effects";
import { paymentJournal } from "./payment.journal";
import { paymentIntents, paymentShares, squareEvents, squarePayments, squareRefunds } from "./payment.tables";

type PaymentEvent = EventOf<typeof paymentJournal>;
type SquarePaymentRow = Omit<typeof squarePayments.$inferInsert, "organizationId">;
type SquareRefundRow = Omit<typeof squareRefunds.$inferInsert, "organizationId">;

type Link = Partial<Pick<PaymentIntent, "linkId" | "url" | "squareOrderId" | "expectedDay">>;
/** What is saved in one batch with a payment's new state: its checkout at Square, rows and effects of what caused it. */
type Along = { link?: Link; rows?: readonly Statement[]; effects?: readonly Effect[] };

/** Payments that one read takes, and what they pay. */
const MOST = 1_000;
const MOST_SHARES = MOST * MOST_INVOICES;

/** Payments at Square. Webhooks, cron and pay links run as jobs; a customer pays its own invoices. */
export function paymentStore(db: ScopedDatabase<"job"> | ScopedDatabase<"customer"> | ScopedDatabase<"staff">) {
  const { scope } = db;
  const own = (of: SQLiteColumn) => (scope.audience === "customer" ? eq(of, scope.partyId) : undefined);
  const { id, customerId, forEstimate, amount, currency, way, state, expectedDay, linkId, url, squareOrderId, createdAt, expiresAt, version } = paymentIntents;
  const columns = { id, customerId, forEstimate, amount, currency, way, state, expectedDay, linkId, url, squareOrderId, createdAt, expiresAt, version };

  async function intents(where: SQL | undefined): Promise<PaymentIntent[]> {
    const rows = await db.query({ from: paymentIntents, columns, where: and(own(customerId), where), orderBy: [asc(createdAt)], limit: MOST });
    if (rows.length === 0) return [];
    const shares = await db.query({
      from: paymentShares,
      columns: { intentId: paymentShares.intentId, invoiceId: paymentShares.invoiceId, amount: paymentShares.amount },
      where: sql`${paymentShares.intentId} in (select value from json_each(${JSON.stringify(rows.map((row) => row.id))}))`,
      orderBy: [asc(paymentShares.position)],
      limit: MOST_SHARES,
    });
    return rows.map((row) => ({
      ...row,
      on: shares.filter(({ intentId }) => intentId === row.id).map(({ invoiceId, amount: share }) => ({ invoiceId, amount: share })),
    }));
  }

  /** The rows that bring an intent to another state, with its journal entry. */
  function moved(intent: PaymentIntent, to: IntentState, event: PaymentEvent, at: UtcMs, link: Link = {}) {
    const next = intent.version + 1;
    return {
      entry: { record: { kind: "payment-intent", id: intent.id, version: next }, at, event, about: intent.customerId },
      changes: [
        db.update(paymentIntents, { expectedDay: null, ...link, state: to, version: next }, eq(id, intent.id)),
        ...(isLiving(to) === isLiving(intent.state) ? [] : [db.update(paymentShares, { isLiving: isLiving(to) }, eq(paymentShares.intentId, intent.id))]),
      ] as Statement[],
      effects:
        to === "closed" && intent.linkId
          ? [paymentEffects.of("square.checkout-closed", `square.checkout-closed:${intent.linkId}:${next}`, { linkId: intent.linkId, way: intent.way })]
          : ([] as Effect[]),
    };
  }

  return {
    async find(wanted: Id<"paymentIntent">): Promise<PaymentIntent | null> {
      return (await intents(eq(id, wanted)))[0] ?? null;
    },

    async findByOrder(order: string): Promise<PaymentIntent | null> {
      return (await intents(eq(squareOrderId, order)))[0] ?? null;
    },

    /** By the payment link or invoice at Square. */
    async findByLink(link: string): Promise<PaymentIntent | null> {
      return (await intents(eq(linkId, link)))[0] ?? null;
    },

    async customerName(wanted: Id<"customer">): Promise<string> {
      const [row] = await db.query({
        from: customers,
        columns: { name: customers.name },
        where: and(own(customers.id), eq(customers.id, wanted)),
        limit: 1,
      });
      return row?.name ?? "";
    },

    /** Payments under way for any of these invoices, or for the estimate's deposit. */
    living(on: readonly Id<"invoice">[], estimate: Id<"estimate"> | null): Promise<PaymentIntent[]> {
      const ofInvoices = sql`${id} in (select intent_id from payment_shares where organization_id = ${db.scope.organizationId} and is_living = 1 and invoice_id in (select value from json_each(${JSON.stringify(on)})))`;
      return intents(and(inArray(state, livingStates), estimate === null ? ofInvoices : eq(forEstimate, estimate)));
    },

    allLiving: (): Promise<PaymentIntent[]> => intents(inArray(state, livingStates)),

    /** Issued invoices and what each needs; void ones and drafts need nothing. */
    async open(wanted: readonly Id<"invoice">[]): Promise<OpenInvoice[]> {
      const rows = await db.query({
        from: invoices,
        columns: {
          id: invoices.id,
          number: invoices.number,
          customerId: invoices.customerId,
          state: invoices.state,
          total: invoices.total,
          applied: invoices.applied,
        },
        where: and(
          own(invoices.customerId),
          sql`${invoices.id} in (select value from json_each(${JSON.stringify(wanted)})) and ${invoices.number} is not null`,
        ),
        limit: MOST_SHARES,
      });
      return rows.map(({ state: its, total, applied, ...row }) => ({ ...row, open: toCents(its === "issued" ? Math.max(0, total - applied) : 0) }));
    },

    /** The issued invoice of this number. */
    async issued(wanted: number): Promise<{ id: Id<"invoice">; customerId: Id<"customer"> } | null> {
      const columns = { id: invoices.id, customerId: invoices.customerId };
      const [row] = await db.query({
        from: invoices,
        columns,
        where: and(own(invoices.customerId), eq(invoices.number, wanted), eq(invoices.state, "issued")),
        limit: 1,
      });
      return row ?? null;
    },

    /** Begins a payment, in place of those given. Somebody else's for the same invoices makes it stale. */
    begin(
      begun: Wanted & { id: Id<"paymentIntent">; customerId: Id<"customer">; currency: string; expiresAt: UtcMs },
      instead: readonly PaymentIntent[],
      at: UtcMs,
    ): Promise<Result<null, { kind: "stale" }>> {
      const { on, ...row } = begun;
      const closed = instead.map((one) => moved(one, "closed", paymentJournal.of("payment.closed", { intent: one.id, why: "replaced" }), at));
      const event = paymentJournal.of("payment.begun", { intent: begun.id, amount: begun.amount, on: [...on], forEstimate: begun.forEstimate });
      return save(
        db,
        { record: { kind: "payment-intent", id: begun.id, version: 1 }, at, event, about: begun.customerId },
        [
          ...closed.flatMap(({ entry, changes }) => [entryRow(db, entry), ...changes]),
          db.insert(paymentIntents, { ...row, state: "creating", createdAt: at, version: 1 }),
          ...on.map((share, position) => db.insert(paymentShares, { ...share, intentId: begun.id, position, isLiving: true })),
        ],
        closed.flatMap(({ effects }) => effects),
        ["payment_shares.", "payment_intents."],
      );
    },

    /** Brings an intent to another state; `stale` if somebody else did before. */
    move(intent: PaymentIntent, to: IntentState, event: PaymentEvent, at: UtcMs, { link, rows = [], effects: others = [] }: Along = {}) {
      const { entry, changes, effects } = moved(intent, to, event, at, link);
      const notice = boardChanged(
        `payment-intent:${intent.id}:${entry.record.version}`,
        { kind: "account", id: intent.customerId, version: entry.record.version },
        boardAudiences(intent.customerId, true),
      );
      return save(db, entry, [...changes, ...rows], [...effects, ...others, ...(to === "creating" || to === "open" ? [] : [notice])]);
    },

    /** The same within another record's batch. */
    movedRows(intent: PaymentIntent, to: IntentState, event: PaymentEvent, at: UtcMs): Statement[] {
      const { entry, changes } = moved(intent, to, event, at);
      return [entryRow(db, entry), ...changes];
    },

    /** Keeps a notice of Square's once, and has it handled. */
    keepEvent: (event: { id: string; type: string; raw: string }, at: UtcMs) =>
      db.batch([
        db.insertOnce(squareEvents, { ...event, receivedAt: at }),
        effectRow(db, paymentEffects.of("square.event", `square.event:${event.id}`, { eventId: event.id }), at),
      ]),

    async event(wanted: string) {
      const [row] = await db.query({
        from: squareEvents,
        columns: { id: squareEvents.id, type: squareEvents.type, raw: squareEvents.raw, handledAt: squareEvents.handledAt },
        where: eq(squareEvents.id, wanted),
        limit: 1,
      });
      return row ?? null;
    },

    handled: (event: string, at: UtcMs) => db.batch([db.update(squareEvents, { handledAt: at }, eq(squareEvents.id, event))]),

    async payment(wanted: string) {
      const p = squarePayments;
      const [row] = await db.query({
        from: p,
        columns: {
          id: p.id,
          intentId: p.intentId,
          customerId: p.customerId,
          entryId: p.entryId,
          status: p.status,
          outcome: p.outcome,
          amount: p.amount,
          currency: p.currency,
          merchantId: p.merchantId,
          merchantName: p.merchantName,
          createdAt: p.createdAt,
          updatedAt: p.updatedAt,
          customer: sql<string | null>`${customers.name}`.as("customer"),
        },
        leftJoin: [[customers, eq(customers.id, p.customerId)]],
        where: eq(p.id, wanted),
        limit: 1,
      });
      return row ?? null;
    },

    /** Whether another payment of this checkout is on its way. */
    async isAwaited(intent: Id<"paymentIntent">, besides: string): Promise<boolean> {
      const { id: its, intentId, outcome } = squarePayments;
      const where = and(eq(intentId, intent), eq(outcome, "waiting"), ne(its, besides));
      return (await db.query({ from: squarePayments, columns: { id: its }, where, limit: 1 })).length > 0;
    },

    /** The payment at Square behind an account's entry. */
    async paymentOfEntry(entry: Id<"entry">): Promise<{ id: string; currency: string; merchantId: string; merchantName: string } | null> {
      const { id: its, currency: paidIn, merchantId, merchantName, entryId } = squarePayments;
      const columns = { id: its, currency: paidIn, merchantId, merchantName };
      const [row] = await db.query({ from: squarePayments, columns, where: eq(entryId, entry), limit: 1 });
      return row ?? null;
    },

    async refund(wanted: string) {
      const r = squareRefunds;
      const [row] = await db.query({
        from: r,
        columns: {
          id: r.id,
          paymentId: r.paymentId,
          entryId: r.entryId,
          status: r.status,
          amount: r.amount,
          updatedAt: r.updatedAt,
          reason: r.reason,
          entered: sql<number | null>`${ledgerEntries.amount}`.as("entered"),
        },
        leftJoin: [[ledgerEntries, eq(ledgerEntries.id, r.entryId)]],
        where: eq(r.id, wanted),
        limit: 1,
      });
      return row ?? null;
    },

    /** A refund at Square of this payment and amount that no request is known to have made. */
    async unclaimedRefund(payment: string, refunded: Cents): Promise<string | null> {
      const r = squareRefunds;
      const [row] = await db.query({
        from: r,
        columns: { id: r.id },
        where: and(
          eq(r.paymentId, payment),
          eq(r.amount, refunded),
          inArray(r.status, ["PENDING", "COMPLETED"]),
          sql`${r.id} not in (select square_id from refund_requests where organization_id = ${scope.organizationId} and square_id is not null)`,
        ),
        orderBy: [desc(r.updatedAt)],
        limit: 1,
      });
      return row?.id ?? null;
    },

    /** A payment as Square has it; an older report never replaces a newer one, and what is on an account stays there. */
    paymentRow: (row: SquarePaymentRow): Statement =>
      db.upsert(
        squarePayments,
        row,
        [squarePayments.id],
        {
          status: row.status,
          outcome: row.outcome,
          fee: row.fee,
          receiptUrl: row.receiptUrl,
          updatedAt: row.updatedAt,
          intentId: row.intentId,
          customerId: row.customerId,
          entryId: row.entryId,
        },
        sql`${squarePayments.updatedAt} <= excluded.updated_at and (${squarePayments.outcome} <> 'applied' or excluded.outcome = 'applied')`,
      ),

    /** What Square learns of a payment that is on the account already. */
    keptRow: ({ id: its, status, fee, receiptUrl, updatedAt }: Pick<SquarePaymentRow, "id" | "status" | "fee" | "receiptUrl" | "updatedAt">): Statement =>
      db.update(squarePayments, { status, fee, receiptUrl, updatedAt }, and(eq(squarePayments.id, its), lte(squarePayments.updatedAt, updatedAt)) as SQL), // `and` of conditions is one

    /** A payment that fitted no invoice is on this account now. */
    assignedRow: (wanted: string, { customerId: payer, entryId }: { customerId: Id<"customer">; entryId: Id<"entry"> }): Statement =>
      db.update(
        squarePayments,
        { outcome: "applied", customerId: payer, entryId },
        and(eq(squarePayments.id, wanted), eq(squarePayments.outcome, "unclear")) as SQL, // `and` of conditions is one
      ),

    /** Refunds of a payment that are on no account. */
    async refundsOnNone(payment: string): Promise<string[]> {
      const { id: its, paymentId, entryId } = squareRefunds;
      const rows = await db.query({ from: squareRefunds, columns: { id: its }, where: and(eq(paymentId, payment), isNull(entryId)), limit: MOST });
      return rows.map((row) => row.id);
    },

    refundRow: (row: SquareRefundRow): Statement =>
      db.upsert(
        squareRefunds,
        row,
        [squareRefunds.id],
        { status: row.status, updatedAt: row.updatedAt, entryId: row.entryId },
        sql`${squareRefunds.entryId} is null and ${squareRefunds.updatedAt} <= excluded.updated_at`,
      ),

    write: (rows: readonly Statement[], effects: readonly Effect[], at: UtcMs) => db.batch([...rows, ...effects.map((effect) => effectRow(db, effect, at))]),

    /** Money that came by our checkout and fits none of our records, newest first. */
    unclear: () =>
      db.query({
        from: squarePayments,
        columns: { id: squarePayments.id, amount: squarePayments.amount, currency: squarePayments.currency, createdAt: squarePayments.createdAt },
        where: and(eq(squarePayments.outcome, "unclear"), eq(squarePayments.status, "COMPLETED")),
        orderBy: [desc(squarePayments.createdAt)],
        limit: MOST,
      }),

    /** Invoices whose money is on its way. */
    async pendingInvoices(): Promise<Id<"invoice">[]> {
      const rows = await db.query({
        from: paymentIntents,
        columns: { invoiceId: paymentShares.invoiceId },
        join: [[paymentShares, eq(paymentShares.intentId, id)]],
        where: eq(state, "pending"),
        limit: MOST_SHARES,
      });
      return rows.map(({ invoiceId }) => invoiceId);
    },

    /** What is on its way for an estimate's deposit. */
    async pendingFor(estimate: Id<"estimate">): Promise<Pending | null> {
      const [row] = await db.query({
        from: paymentIntents,
        columns: { amount, expectedDay },
        where: and(eq(forEstimate, estimate), eq(state, "pending")),
        limit: 1,
      });
      return row ?? null;
    },

    /** What is on its way to each of these invoices; those without are left out. */
    async pendingOn(wanted: readonly Id<"invoice">[]): Promise<Map<Id<"invoice">, Pending>> {
      const rows = await db.query({
        from: paymentShares,
        columns: { invoiceId: paymentShares.invoiceId, sum: sql<number>`sum(${paymentShares.amount})`, day: sql<string | null>`max(${expectedDay})`.as("day") },
        join: [[paymentIntents, eq(paymentIntents.id, paymentShares.intentId)]],
        where: and(sql`${paymentShares.invoiceId} in (select value from json_each(${JSON.stringify(wanted)}))`, eq(state, "pending")),
        groupBy: [paymentShares.invoiceId],
        limit: MOST_SHARES,
      });
      return new Map(rows.map(({ invoiceId, sum, day }) => [invoiceId, { amount: toCents(sum), expectedDay: day }]));
    },
  };
}
