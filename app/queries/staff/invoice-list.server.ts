import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ListOrder, Place } from "~/kernel/list-order";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { type Age, ageOf, ageRange, balanceOf, statusOf } from "~/modules/invoices/invoice";
import { invoiceOrders, invoices } from "~/modules/invoices/invoice.tables";
import type { InvoiceFilter } from "~/modules/invoices/invoice-filters";
import { pendingColumns, pendingOfRow } from "~/modules/payments/payment.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";
import { inOrder, pageOf } from "~/platform/database/list-order.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 50;
/** Due days with open balances; far above any real shop. */
const MOST_DAYS = 5_000;

type Wanted = { filter: InvoiceFilter; age?: Age | null; query: string; after: Place | null; order?: ListOrder<InvoiceSort> | null; now: UtcMs };

/** What the list can be ordered by. */
const sorts = { number: invoices.numberOrder, due: invoices.dueOrder, balance: invoices.balanceOrder };
export type InvoiceSort = keyof typeof sorts;
export const invoiceSorts: readonly InvoiceSort[] = ["number", "due", "balance"];

/** The condition of the partial index on open invoices. */
const owed = sql`${invoices.state} = 'issued' and ${invoices.applied} < ${invoices.total}`;

/** Open, and its due day is over. */
export const isOverdue = (now: UtcMs): SQL => sql`${owed} and ${invoices.dueAt} <= ${now}`;

/** A page of invoices: overdue first, then drafts, then newest numbers, unless another order is asked for; search by number, customer, unit or PO number. */
export async function readInvoiceList(db: ScopedDatabase<"staff">, { filter, age = null, query, after, order = null, now }: Wanted, rowsAPage = PER_PAGE) {
  const late = sql<number>`case when ${isOverdue(now)} then 1 else 0 end`;
  const list = order ? inOrder([sorts[order.by], invoices.id], order.direction, after) : inOrder([late, invoices.numberOrder, invoices.id], "desc", after);
  const rows = await db.query({
    from: invoices,
    columns: {
      id: invoices.id,
      number: invoices.number,
      state: invoices.state,
      total: invoices.total,
      applied: invoices.applied,
      issuedAt: invoices.issuedAt,
      createdAt: invoices.createdAt,
      dueDay: invoices.dueDay,
      dueAt: invoices.dueAt,
      customer: customers.name,
      units: ofOrders(sql`${assets.unitNumber}`, db.scope.organizationId),
      purchaseOrders: ofOrders(sql`${workOrders.purchaseOrder}`, db.scope.organizationId),
      ...pendingColumns(db.scope.organizationId),
      place: list.place,
    },
    join: [[customers, eq(customers.id, invoices.customerId)]],
    where: and(filtered(filter, now), ofAge(age, now), list.after, matching(query, db.scope.organizationId)),
    orderBy: list.orderBy,
    limit: rowsAPage + 1,
  });
  const page = pageOf(rows, rowsAPage);
  return { rows: page.rows.map((row) => ({ ...row, status: statusOf(row, now), balance: balanceOf(row), pending: pendingOfRow(row) })), next: page.next };
}

function filtered(filter: InvoiceFilter, now: UtcMs): SQL | undefined {
  switch (filter) {
    case "open":
      return owed;
    case "overdue":
      return isOverdue(now);
    case "cores":
      return sql`${invoices.state} = 'issued' and ${invoices.coresOut} > 0`;
    case "paid":
      return sql`${invoices.state} = 'issued' and ${invoices.applied} >= ${invoices.total}`;
    case "draft":
      return eq(invoices.state, "draft");
    case "void":
      return eq(invoices.state, "void");
    case "all":
      return undefined;
  }
}

/** What its orders have, each once, with commas. */
const ofOrders = (column: SQL, organizationId: Id<"organization">) =>
  sql<
    string | null
  >`(select group_concat(distinct ${column}) from ${invoiceOrders} join ${workOrders} on ${workOrders.organizationId} = ${invoiceOrders.organizationId} and ${workOrders.id} = ${invoiceOrders.workOrderId} join ${assets} on ${assets.organizationId} = ${workOrders.organizationId} and ${assets.id} = ${workOrders.assetId} where ${invoiceOrders.organizationId} = ${organizationId} and ${invoiceOrders.invoiceId} = ${invoices.id})`;

function ofAge(age: Age | null, now: UtcMs): SQL | undefined {
  if (age === null) return undefined;
  const { from, until } = ageRange(age, now);
  return sql`(${owed} and ${invoices.dueAt} > ${from} and ${invoices.dueAt} <= ${until})`;
}

function matching(query: string, organizationId: Id<"organization">): SQL | undefined {
  const term = query.trim().toLowerCase();
  if (term === "") return undefined;
  const number = /^(?:inv-?)?(\d{1,9})$/.exec(term)?.[1];
  const ofOrder = or(eq(sql`lower(${assets.unitNumber})`, term), contains(term, workOrders.purchaseOrder));
  const onOrder = sql`${invoices.id} in (select ${invoiceOrders.invoiceId} from ${invoiceOrders} join ${workOrders} on ${workOrders.organizationId} = ${invoiceOrders.organizationId} and ${workOrders.id} = ${invoiceOrders.workOrderId} join ${assets} on ${assets.organizationId} = ${workOrders.organizationId} and ${assets.id} = ${workOrders.assetId} where ${invoiceOrders.organizationId} = ${organizationId} and ${ofOrder})`;
  const text = or(contains(term, customers.name), onOrder);
  return number ? or(eq(invoices.number, Number(number)), text) : text;
}

/** Receivables by age. */
export async function readReceivables(db: ScopedDatabase<"staff">, now: UtcMs): Promise<Record<Age, Cents>> {
  const days = await db.query({
    from: invoices,
    columns: { dueAt: invoices.dueAt, owed: sql<number>`sum(${invoices.total} - ${invoices.applied})` },
    where: and(owed, isNotNull(invoices.dueAt)),
    groupBy: [invoices.dueAt],
    limit: MOST_DAYS,
  });
  const sumOf = (age: Age) => sumCents(days.filter(({ dueAt }) => dueAt !== null && ageOf(dueAt, now) === age).map((day) => toCents(day.owed)));
  return { current: sumOf("current"), "1-30": sumOf("1-30"), "31-60": sumOf("31-60"), "61-90": sumOf("61-90"), "90+": sumOf("90+") };
}
