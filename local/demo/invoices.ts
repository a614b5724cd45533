import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { Terms } from "~/kernel/payment-terms";
import { DAY, dayOf, later, type UtcMs } from "~/kernel/time";
import { coresIn } from "~/modules/invoices/cores/core";
import { chargesOfAll, dueUnder, type InvoiceContents } from "~/modules/invoices/invoice";
import { invoiceJournal } from "~/modules/invoices/invoice.journal";
import { invoiceOrders, invoices, ledgerEntries } from "~/modules/invoices/invoice.tables";
import { groupOf } from "~/modules/invoices/invoice-lines";
import { decideLedger } from "~/modules/invoices/receivables/decide-ledger";
import { appliedTo, type Method } from "~/modules/invoices/receivables/ledger";
import type { ShopParty } from "~/modules/organizations/shop-party";
import type { ShopRules } from "~/modules/organizations/shop-rules/shop-rules";
import { billedIn } from "~/modules/work-orders/lines/order-authorization";
import { newLine } from "~/modules/work-orders/lines/order-lines";
import { eventColumns } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { type Actor, counters, journal } from "~/platform/database/tenant.tables";
import { type DemoCustomer, unitFactsOf } from "./fleets";
import { demoId } from "./ids";
import type { DemoOrder } from "./orders";
import { demoLines, demoRepairs } from "./repairs";

/** An invoice of the demo: the order that it charges, when it was issued, and what was paid on it since. */
type DemoInvoice = { order: number; daysAgo: number; terms: Terms; paid?: { share: number; method: Method; reference: string; daysAgo: number } };

/** Issued, partly paid, paid and overdue; in the order in which they were issued. */
const demoInvoices: Record<string, readonly DemoInvoice[]> = {
  harbor: [
    { order: 1017, daysAgo: 78, terms: "receipt" },
    { order: 1018, daysAgo: 40, terms: "net-15", paid: { share: 1.2, method: "check", reference: "20418", daysAgo: 31 } },
    { order: 1016, daysAgo: 20, terms: "net-30", paid: { share: 0.5, method: "ach", reference: "NF 0311", daysAgo: 6 } },
    { order: 1014, daysAgo: 8, terms: "receipt" },
    { order: 1013, daysAgo: 5, terms: "net-30" },
    { order: 1019, daysAgo: 3, terms: "net-45" },
    // Its cores are out.
    { order: 1021, daysAgo: 1, terms: "net-30" },
  ],
  ridge: [{ order: 1004, daysAgo: 12, terms: "net-30" }],
};

type Its = { customerId: Id<"customer">; customer: DemoCustomer; shop: ShopParty; order: DemoOrder };
type Shop = { db: ScopedDatabase<"job">; actor: Actor; now: UtcMs; slug: string; zone: string; rules: ShopRules; orderAt(number: number): Its };

export function invoiceRows(shop: Shop): Statement[] {
  const all = demoInvoices[shop.slug] ?? [];
  const accounts = new Map<Id<"customer">, number>();
  const rows = all.flatMap((invoice, at) => rowsOf(shop, invoice, 1_000 + at, accounts));
  return [...rows, shop.db.insert(counters, { kind: "invoice", value: 999 + all.length })];
}

function rowsOf({ db, actor, now, slug, zone, rules, orderAt }: Shop, it: DemoInvoice, number: number, accounts: Map<Id<"customer">, number>): Statement[] {
  const { customerId, customer, shop, order } = orderAt(it.order);
  const unit = customer.units.find((one) => one.unit === order.unit);
  if (!unit) throw new Error(`demo invoice for a unit that is not there: ${order.unit}`);
  const name = `${slug} ${it.order}`;
  const id = demoId("invoice", name);
  const orderId = demoId("workOrder", name);
  const repair = demoRepairs[order.title];
  const issuedAt = later(now, -it.daysAgo * DAY);
  const job = {
    id: demoId("job", `${name} 1`),
    position: 1,
    complaint: order.title,
    cause: repair?.cause ?? "",
    correction: repair?.correction ?? "Done as asked.",
    vmrs: null,
    technician: null,
    lines: demoLines(name, repair?.lines ?? []).map((line) => newLine(line, 1)),
    version: 1,
  };
  const facts = { orderId, order: it.order, title: order.title, unit: order.unit, unitFacts: unitFactsOf(slug, unit), purchaseOrder: null, rulesVersion: 1 };
  const most = { standing: null, named: null, approved: null };
  const work = { jobs: [job], decisions: [], most, rules: { version: 1, rules }, taxExempt: false, isInternal: false };
  const groups = [groupOf(facts, work, billedIn(work, dayOf(issuedAt, zone)))];
  const contents: InvoiceContents = {
    customer: customer.name,
    billTo: { address: customer.address, taxId: customer.taxId },
    shop,
    taxCertificate: null,
    groups,
    charges: chargesOfAll(groups),
    // The demo's shop is connected with Square.
    paysOnline: true,
  };
  const { total } = contents.charges;
  const due = dueUnder(it.terms, issuedAt, zone);
  const paidAt = later(now, -(it.paid?.daysAgo ?? 0) * DAY);
  const payment = it.paid && {
    intent: "pay" as const,
    id: demoId("entry", name),
    on: [{ invoiceId: id, amount: null }],
    amount: toCents(Math.floor(total * it.paid.share)),
    method: it.paid.method,
    reference: it.paid.reference,
    day: dayOf(paidAt, zone),
  };
  const account = { entries: [], invoices: new Map([[id, { state: "issued" as const, number, total, dueAt: due.dueAt }]]), firstDay: null };
  const decided = payment && decideLedger(account, payment, { now: paidAt, today: payment.day }, () => demoId("entry", `${name} on it`));
  const entries = decided?.ok ? decided.value : [];
  const version = (accounts.get(customerId) ?? 0) + 1;
  if (payment) accounts.set(customerId, version);
  const actorAndSubject = { actor, about: customerId };
  return [
    db.insert(invoices, {
      id,
      number,
      customerId,
      state: "issued",
      contents,
      total,
      applied: appliedTo(entries, id),
      coresOut: coresIn(contents),
      terms: it.terms,
      issuedAt,
      ...due,
      version: 2,
      createdAt: issuedAt,
    }),
    db.insert(invoiceOrders, { invoiceId: id, workOrderId: orderId }),
    db.insert(journal, {
      ...actorAndSubject,
      recordKind: "invoice",
      recordId: id,
      version: 1,
      at: issuedAt,
      ...eventColumns(invoiceJournal.of("invoice.drafted", { invoice: id, orders: 1 })),
    }),
    db.insert(journal, {
      ...actorAndSubject,
      recordKind: "invoice",
      recordId: id,
      version: 2,
      at: issuedAt,
      ...eventColumns(invoiceJournal.of("invoice.issued", { invoice: id, total })),
    }),
    ...(payment
      ? [
          db.insert(journal, {
            ...actorAndSubject,
            recordKind: "account",
            recordId: customerId,
            version,
            at: paidAt,
            ...eventColumns(invoiceJournal.of("payment.recorded", payment)),
          }),
        ]
      : []),
    ...entries.map((entry, position) => db.insert(ledgerEntries, { ...entry, customerId, version, position, actor })),
  ];
}
