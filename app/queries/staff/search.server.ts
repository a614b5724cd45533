import { desc, eq, isNull, sql } from "drizzle-orm";
import type { SearchTerm } from "~/kernel/search-term";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { balanceOf, statusOf } from "~/modules/invoices/invoice";
import { invoiceOrders, invoices } from "~/modules/invoices/invoice.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customersFound, ordersFound, ordersOf, unitsFound } from "./found.server";

/** Rows of each kind: what fits on a page, with the exact number first and then the newest. */
const MOST = 12;

type Wanted = { term: SearchTerm; now: UtcMs /** Whether the person may see invoices. */; withInvoices: boolean };

/** What the search box finds, by kind; one statement each, in one round trip. */
export async function readSearch(db: ScopedDatabase<"staff">, { term, now, withInvoices }: Wanted) {
  const org = db.scope.organizationId;
  const [orders, units, people, offers, bills] = await db.queries(
    {
      from: workOrders,
      columns: {
        id: workOrders.id,
        number: workOrders.number,
        title: workOrders.title,
        state: workOrders.state,
        holdReason: workOrders.holdReason,
        purchaseOrder: workOrders.purchaseOrder,
        unitNumber: assets.unitNumber,
        customer: customers.name,
      },
      join: [
        [assets, eq(assets.id, workOrders.assetId)],
        [customers, eq(customers.id, workOrders.customerId)],
      ],
      where: sql`${workOrders.id} in (${ordersFound(org, term)})`,
      orderBy: [sql`${workOrders.number} = ${term.order ?? 0} desc`, sql`+${workOrders.number} desc`],
      limit: MOST,
    },
    {
      from: assets,
      columns: {
        id: assets.id,
        unitNumber: assets.unitNumber,
        kind: assets.kind,
        year: assets.year,
        make: assets.make,
        model: assets.model,
        vin: assets.vin,
        plate: assets.plate,
        archivedAt: assets.archivedAt,
        customer: customers.name,
      },
      join: [[customers, eq(customers.id, assets.customerId)]],
      where: sql`${assets.id} in (${unitsFound(org, term)})`,
      orderBy: [sql`${assets.archivedAt} is not null`, sql`${assets.lowerUnitNumber} = ${term.lower} desc`, sql`+${assets.unitNumber}`],
      limit: MOST,
    },
    {
      from: customers,
      columns: { id: customers.id, name: customers.name, phone: customers.phone, email: customers.email, archivedAt: customers.archivedAt },
      where: sql`${customers.id} in (${customersFound(org, term)})`,
      orderBy: [sql`${customers.archivedAt} is not null`, sql`+${customers.name}`],
      limit: MOST,
    },
    {
      from: estimates,
      columns: { id: estimates.id, number: estimates.number, title: estimates.title, unitNumber: assets.unitNumber, customer: customers.name },
      join: [
        [assets, eq(assets.id, estimates.assetId)],
        [customers, eq(customers.id, estimates.customerId)],
      ],
      where: eq(estimates.number, term.estimate ?? 0),
      limit: 1,
    },
    {
      from: invoices,
      columns: {
        id: invoices.id,
        number: invoices.number,
        state: invoices.state,
        total: invoices.total,
        applied: invoices.applied,
        dueAt: invoices.dueAt,
        customer: customers.name,
      },
      join: [[customers, eq(customers.id, invoices.customerId)]],
      where: withInvoices
        ? sql`${invoices.id} in (select ${invoices.id} from ${invoices} where ${invoices.organizationId} = ${org} and ${invoices.number} = ${term.invoice ?? 0} union select ${invoiceOrders.invoiceId} from ${invoiceOrders} where ${invoiceOrders.organizationId} = ${org} and ${isNull(invoiceOrders.releasedAt)} and ${invoiceOrders.workOrderId} in (${ordersOf(org, term)}))`
        : sql`0`,
      orderBy: [sql`${invoices.number} = ${term.invoice ?? 0} desc`, sql`+${invoices.number} desc`, desc(invoices.id)],
      limit: MOST,
    },
  );
  return {
    orders,
    units,
    customers: people,
    estimates: offers,
    invoices: bills.map((row) => ({ ...row, status: statusOf(row, now), balance: balanceOf(row) })),
  };
}
