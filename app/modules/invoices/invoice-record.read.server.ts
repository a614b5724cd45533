import { and, desc, eq, sql } from "drizzle-orm";
import { activityItem } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { type Terms, USUAL_TERMS } from "~/kernel/payment-terms";
import { dayOf, formatDay, type UtcMs } from "~/kernel/time";
import { certificateGap } from "~/modules/customers/credit";
import { fleetRepairsOn } from "~/modules/inspections/defects/fleet-repairs.store.server";
import { firstRules, type ShopRules } from "~/modules/organizations/shop-rules/shop-rules";
import { findOrderWork } from "~/modules/work-orders/lines/order-work.store.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { orderIdsIn, repairsUndecided } from "./billed-repairs";
import { billedWork } from "./billed-work";
import { overBilled, whyNotIssued } from "./billing-gaps";
import { summarizeCores } from "./cores/core";
import { findCores } from "./cores/core.store.server";
import { sumsOf } from "./frozen-authorization";
import { balanceOf, canDo, canIssue, chargesOfAll, type InvoiceAction, type InvoiceContents, statusOf } from "./invoice";
import { invoiceJournal } from "./invoice.journal";
import { invoiceStore } from "./invoice.store.server";
import { entryColumns, invoices, ledgerEntries, reservations, reservedColumns } from "./invoice.tables";
import type { BillingGap } from "./invoice-lines";
import { creditConcern } from "./issue-on-terms";
import { canVoid, reservedCredit } from "./receivables/ledger";

const MAX_ACTIVITY = 200;

/** An invoice for staff: contents, status, money and activity. A draft is computed from its orders. */
export async function readInvoiceRecord(db: ScopedDatabase<"staff">, id: Id<"invoice">, now: UtcMs) {
  const store = invoiceStore(db);
  const found = await store.find(id);
  if (!found) return null;
  const { contents: fixed, ...invoice } = found;
  const l = ledgerEntries;
  const gaps: BillingGap[] = [];
  let rules: ShopRules = firstRules;
  let undecided: string | null = null;
  const [contents, settled, owed, authorized, [entries, events, credit, held]] = await Promise.all([
    fixed ?? drafted(),
    findCores(db, found),
    store.owedBy(found.customerId),
    store.authorizedOf(id),
    db.queries(
      {
        from: l,
        columns: { ...entryColumns, actor: l.actor },
        // Allocations to this invoice, and the payments and notes behind them or meant for it, with refunds and reversals.
        where: and(
          eq(l.customerId, found.customerId),
          sql`(${l.invoiceId} = ${id} or (${l.invoiceId} is null and ${l.sourceId} in (select source_id from ledger_entries where organization_id = ${db.scope.organizationId} and (invoice_id = ${id} or for_invoice_id = ${id}))))`,
        ),
        orderBy: [desc(l.version), desc(l.position)],
        limit: MAX_ACTIVITY,
      },
      {
        from: journal,
        columns: { recordId: journal.recordId, version: journal.version, at: journal.at, event: journal.event, actor: journal.actor, body: journal.body },
        where: and(eq(journal.recordKind, "invoice"), eq(journal.recordId, id)),
        orderBy: [desc(journal.version)],
        limit: MAX_ACTIVITY,
      },
      {
        from: l,
        columns: { free: sql<number | null>`sum(case when ${l.invoiceId} is null then ${l.amount} else -${l.amount} end)` },
        where: eq(l.customerId, found.customerId),
        limit: 1,
      },
      {
        from: reservations,
        columns: reservedColumns,
        where: and(eq(reservations.customerId, found.customerId), sql`${reservations.amount} > 0`),
        groupBy: [reservations.sourceId],
        limit: MAX_ACTIVITY,
      },
    ),
  ]);
  const can = (action: InvoiceAction) => canDo(action, invoice, now);
  const { overRule = "ask" } = rules;
  const { currency, locale, zone } = db.scope.organization;
  const { usualTerms, ...shown } = invoice;
  const expired = certificateGap(invoice, dayOf(now, zone), (day) => formatDay(day, locale));
  const closed = expired ?? whyNotIssued(gaps, overRule) ?? undecided;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  return {
    invoice: { ...shown, status: statusOf(invoice, now), balance: balanceOf(invoice) },
    contents,
    /** What a draft bills beyond what the customer agreed to, and whether issuing it takes a reason. */
    over: overBilled(gaps, money).map(({ text }) => text),
    /** By whose decision the billed work was done, as it was at issue; null where nobody had to agree. */
    authorized: authorized.length > 0 ? sumsOf(authorized) : null,
    asksReason: overRule !== "warn",
    /** The terms a draft is issued on unless others are chosen; due on receipt where the customer gets no credit. */
    suggestedTerms: suggested(),
    /** What speaks against giving the customer time to pay for a draft. */
    creditConcern: concern(),
    cores: summarizeCores({ state: invoice.state, ...settled }),
    /** The credit notes of returned cores. */
    coreNotes: settled.returns.flatMap(({ creditNote }) => creditNote ?? []),
    /** The customer's unapplied money. */
    credit: toCents(credit[0]?.free ?? 0),
    /** What of it can pay this invoice: the rest is on its way back. */
    spendable: toCents((credit[0]?.free ?? 0) - reservedCredit(held)),
    entries,
    events: events.map((row) => activityItem(invoiceJournal.definitions, row, "own")),
    /** True, or why not. */
    allowed: {
      issue: closed ?? canIssue(invoice, contents.charges.total, now),
      discard: can("discard"),
      void: canVoid(entries, invoice, now),
      pay: can("pay"),
      applyCredit: can("apply-credit"),
      creditNote: can("credit-note"),
    },
  };

  function concern(): string | null {
    return found?.state === "draft" && contents ? creditConcern(found, { owed, total: contents.charges.total }, money) : null;
  }

  function suggested(): Terms {
    if (rules.creditRule === "block" && concern() !== null) return "receipt";
    return usualTerms ?? rules.usualTerms ?? USUAL_TERMS;
  }

  async function drafted(): Promise<InvoiceContents> {
    const { customer, taxCertificate, address, taxId } = invoice;
    const work = invoice.state === "draft" ? await findOrderWork(db, await store.orderIdsOf(id)) : { orders: [], rules: firstRules };
    const works = billedWork(work.orders, dayOf(now, db.scope.organization.zone));
    rules = work.rules;
    gaps.push(...works.map(({ gap }) => gap));
    undecided = repairsUndecided(await fleetRepairsOn(db, orderIdsIn(works)), works);
    const groups = works.map(({ group }) => group);
    return { customer, billTo: { address, taxId }, shop: null, taxCertificate, groups, charges: chargesOfAll(groups), paysOnline: false };
  }
}

/** The customer of an invoice. */
export async function readInvoiceCustomer(db: ScopedDatabase<"staff">, id: Id<"invoice">): Promise<Id<"customer"> | null> {
  const [row] = await db.query({ from: invoices, columns: { customerId: invoices.customerId }, where: eq(invoices.id, id), limit: 1 });
  return row?.customerId ?? null;
}
