import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { estimateRevisions, estimates } from "~/modules/estimates/estimate.tables";
import { balanceOf, invoiceNumber, statusOf } from "~/modules/invoices/invoice";
import { invoices } from "~/modules/invoices/invoice.tables";
import type { PaySubject } from "~/modules/invoices/pay-link";
import { readDepositReceived } from "~/modules/invoices/receivables/deposits.read.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** What a pay link shows to whoever has it: what is owed, and for what. */
export type PayPage = {
  kind: PaySubject["kind"];
  customerId: Id<"customer">;
  customer: string;
  /** "Invoice INV-1002", "Deposit for E-12" */
  title: string;
  /** The work, a line each: "Unit 107: Loses power on grades". */
  work: readonly string[];
  total: Cents;
  paid: Cents;
  due: Cents;
  dueDay: string | null;
  state: "due" | "overdue" | "paid" | "void";
};

export async function readPayPage(db: ScopedDatabase<"job">, subject: PaySubject, now: UtcMs): Promise<PayPage | null> {
  return subject.kind === "invoice" ? invoicePage(db, subject.id, now) : depositPage(db, subject.id);
}

async function invoicePage(db: ScopedDatabase<"job">, id: Id<"invoice">, now: UtcMs): Promise<PayPage | null> {
  const { number, state, contents, total, applied, dueDay, dueAt, customerId } = invoices;
  const [row] = await db.query({
    from: invoices,
    columns: { number, state, contents, total, applied, dueDay, dueAt, customerId, customer: customers.name },
    join: [[customers, eq(customers.id, invoices.customerId)]],
    where: and(eq(invoices.id, id), sql`${invoices.number} is not null`),
    limit: 1,
  });
  if (!row?.contents) return null;
  const status = statusOf(row, now);
  return {
    kind: "invoice",
    customerId: row.customerId,
    customer: row.customer,
    title: `Invoice ${invoiceNumber(row.number)}`,
    work: row.contents.groups.map(({ unit, title }) => `Unit ${unit}: ${title}`),
    total: row.total,
    paid: row.applied,
    due: balanceOf(row),
    dueDay: row.dueDay,
    state: status === "void" || status === "paid" || status === "overdue" ? status : "due",
  };
}

/** A deposit is due once its estimate was approved, as far as it was not paid. */
async function depositPage(db: ScopedDatabase<"job">, id: Id<"estimate">): Promise<PayPage | null> {
  const [row] = await db.query({
    from: estimates,
    columns: {
      number: estimates.number,
      title: estimates.title,
      customerId: estimates.customerId,
      customer: customers.name,
      deposit: sql<Cents | null>`json_extract(${estimateRevisions.snapshot}, '$.deposit')`.as("deposit"),
      unit: sql<string>`json_extract(${estimateRevisions.snapshot}, '$.unitNumber')`.as("unit"),
    },
    join: [
      [customers, eq(customers.id, estimates.customerId)],
      [estimateRevisions, and(eq(estimateRevisions.estimateId, estimates.id), eq(estimateRevisions.revision, estimates.latestSentRevision)) as SQL], // `and` of conditions is one
    ],
    where: and(eq(estimates.id, id), inArray(estimates.state, ["approved", "partially-approved"])),
    limit: 1,
  });
  if (!row || row.deposit === null) return null;
  const paid = await readDepositReceived(db, id);
  const due = toCents(Math.max(0, row.deposit - paid));
  return {
    kind: "estimate",
    customerId: row.customerId,
    customer: row.customer,
    title: `Deposit for E-${row.number}`,
    work: [`Unit ${row.unit}: ${row.title}`],
    total: row.deposit,
    paid,
    due,
    dueDay: null,
    state: due > 0 ? "due" : "paid",
  };
}
