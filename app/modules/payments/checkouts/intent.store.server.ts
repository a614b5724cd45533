import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import { entryRow, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { paymentEffects } from "../payment.effects";
import { paymentJournal } from "../payment.journal";
import { paymentIntents, paymentShares } from "../payment.tables";
import { type IntentState, isLiving, livingStates, MOST_INVOICES, type OpenInvoice, type PaymentIntent, type Wanted } from "./payment-intent";

type PaymentEvent = EventOf<typeof paymentJournal>;

type Link = Partial<Pick<PaymentIntent, "linkId" | "url" | "squareOrderId" | "expectedDay">>;
/** What is saved in one batch with a payment's new state: its checkout at Square, rows and effects of what caused it. */
type Along = { link?: Link; rows?: readonly Statement[]; effects?: readonly Effect[] };

/** Payments that one read takes, and what they pay. */
const MOST = 1_000;
const MOST_SHARES = MOST * MOST_INVOICES;

/** Payments that customers began. Webhooks, cron and pay links run as jobs; a customer pays its own invoices. */
export function intentStore(db: ScopedDatabase<"job"> | ScopedDatabase<"customer"> | ScopedDatabase<"staff">) {
  const { scope } = db;
  const own = (of: SQLiteColumn) => (scope.audience === "customer" ? eq(of, scope.partyId) : undefined);
  const { id, customerId, forEstimate, amount, currency, way, merchantId, state, expectedDay, linkId, url, squareOrderId, createdAt, expiresAt, version } =
    paymentIntents;
  const columns = {
    id,
    customerId,
    forEstimate,
    amount,
    currency,
    way,
    merchantId,
    state,
    expectedDay,
    linkId,
    url,
    squareOrderId,
    createdAt,
    expiresAt,
    version,
  };

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

    /** Begins a payment, in place of those given. Somebody else's for the same invoices makes it stale. */
    begin(
      begun: Wanted & { id: Id<"paymentIntent">; customerId: Id<"customer">; currency: string; merchantId: string; expiresAt: UtcMs },
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
  };
}
