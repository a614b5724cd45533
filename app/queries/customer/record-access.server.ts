import { and, eq, isNotNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import type { RecordName } from "~/modules/attachments/attachment";
import { type ContactRights, seesWork } from "~/modules/customers/contacts/contact-rights";
import { estimates } from "~/modules/estimates/estimate.tables";
import { inspections } from "~/modules/inspections/inspection.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Whether this contact may see a record, and so its files. */
export async function customerCanSee(db: ScopedDatabase<"customer">, rights: ContactRights, { kind, id }: RecordName): Promise<boolean> {
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  const found = async (query: Promise<readonly unknown[]>) => (await query).length > 0;
  switch (kind) {
    case "asset": {
      const mine = and(eq(assets.id, id as Id<"asset">), eq(assets.customerId, customerId)); // the kind of the record determines the type of its id
      return found(db.query({ from: assets, columns: { id: assets.id }, where: mine, limit: 1 }));
    }
    case "workOrder": {
      const mine = and(eq(workOrders.id, id as Id<"workOrder">), eq(workOrders.customerId, customerId)); // see above
      return seesWork(rights) && found(db.query({ from: workOrders, columns: { id: workOrders.id }, where: mine, limit: 1 }));
    }
    case "estimate": {
      const mine = and(eq(estimates.id, id as Id<"estimate">), eq(estimates.customerId, customerId), isNotNull(estimates.latestSentRevision)); // see above
      return rights.documents && found(db.query({ from: estimates, columns: { id: estimates.id }, where: mine, limit: 1 }));
    }
    case "invoice": {
      const mine = and(eq(invoices.id, id as Id<"invoice">), eq(invoices.customerId, customerId), isNotNull(invoices.number)); // see above
      return rights.documents && found(db.query({ from: invoices, columns: { id: invoices.id }, where: mine, limit: 1 }));
    }
    case "inspection": {
      const mine = and(eq(inspections.id, id as Id<"inspection">), eq(inspections.customerId, customerId)); // see above
      return seesWork(rights) && found(db.query({ from: inspections, columns: { id: inspections.id }, where: mine, limit: 1 }));
    }
    case "customer":
      return rights.documents && id === customerId;
    default:
      return false;
  }
}
