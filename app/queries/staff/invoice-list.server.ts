import { and, desc, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { type Age, ageOf, ageRange, balanceOf, statusOf } from "~/modules/invoices/invoice";
import { invoiceOrders, invoices } from "~/modules/invoices/invoice.tables";
import type { InvoiceFilter } from "~/modules/invoices/invoice-filters";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 50;
/** Due days with open balances; far above any real shop. */
const MOST_DAYS = 5_000;

type Wanted = { filter: InvoiceFilter; age?: Age | null; query: string; after: ListCursor | null; now: UtcMs };

/** The position of an invoice in the list; the next page starts after it. */
export type ListCursor = { late: number; number: number; id: Id<"invoice"> };

/** Sort key: drafts before all numbers, discarded drafts (which have no number) after them. */
const place = sql<number>`coalesce(${invoices.number}, case when ${invoices.state} = 'draft' then 1000000000000 else 0 end)`;

/** The condition of the partial index on open invoices. */
const owed = sql`${invoices.state} = 'issued' and ${invoices.applied} < ${invoices.total}`;

/** Open, and its due day is over. */
export const isOverdue = (now: UtcMs): SQL => sql`${owed} and ${invoices.dueAt} <= ${now}`;

/** A page of invoices: overdue first, then drafts, then newest numbers; search by number, customer, unit or PO number. */
export async function readInvoiceList(db: ScopedDatabase<"staff">, { filter, age = null, query, after, now }: Wanted, rowsAPage = PER_PAGE) {
  const late = sql<number>`case when ${isOverdue(now)} then 1 else 0 end`;
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
      late,
      place,
    },
    join: [[customers, eq(customers.id, invoices.customerId)]],
    where: and(
      filtered(filter, now),
      ofAge(age, now),
      after === null ? undefined : sql`(${late}, ${place}, ${invoices.id}) < (${after.late}, ${after.number}, ${after.id})`,
      matching(query, db.scope.organizationId),
    ),
    orderBy: [desc(late), desc(place), desc(invoices.id)],
    limit: rowsAPage + 1,
  });
  const page = rows.slice(0, rowsAPage).map(({ late: _, place: __, ...row }) => ({ ...row, status: statusOf(row, now), balance: balanceOf(row) }));
  const last = rows.length > rowsAPage ? rows[rowsAPage - 1] : undefined;
  return { rows: page, next: last ? ({ late: last.late, number: last.place, id: last.id } satisfies ListCursor) : null };
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
