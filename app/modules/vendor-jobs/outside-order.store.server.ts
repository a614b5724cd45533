import { and, asc, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { vendors } from "~/modules/vendors/vendor.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { isRefused } from "~/platform/database/journal.server";
import type { Statement } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { isUnderWay, jobStates, keepingStates } from "./job-states";
import type { VendorJob } from "./vendor-job";
import { vendorJobJournal } from "./vendor-job.journal";
import { vendorJobs } from "./vendor-job.tables";
import { jobsOfVendor, type VendorJobDatabase } from "./vendor-job-scope.store.server";

const MOST = 100;

/** The work orders of vendor jobs, with unit, customer, vendor and state. */
export function outsideOrderStore(db: VendorJobDatabase) {
  const own = jobsOfVendor(db);

  return {
    /** The order and the vendor of a new assignment; null if either doesn't exist. */
    async place(workOrderId: Id<"workOrder">, vendorId: Id<"vendor">) {
      const [[order], [vendor]] = await db.queries(
        {
          from: workOrders,
          columns: { state: workOrders.state, number: workOrders.number },
          where: eq(workOrders.id, workOrderId),
          limit: 1,
        },
        {
          from: vendors,
          columns: { name: vendors.name, portalEnabled: vendors.portalEnabled, usualLimit: vendors.usualLimit },
          where: and(eq(vendors.id, vendorId), isNull(vendors.archivedAt)),
          limit: 1,
        },
      );
      return order ? { order, vendor: vendor ?? null } : null;
    },

    /** Details of a job's unit, order, vendor and customer. */
    async about(job: Pick<VendorJob, "id">) {
      const [row] = await db.query({
        from: vendorJobs,
        columns: {
          vendor: vendors.name,
          vendorEmail: vendors.email,
          vendorPhone: vendors.phone,
          portalEnabled: vendors.portalEnabled,
          unitNumber: assets.unitNumber,
          year: assets.year,
          make: assets.make,
          model: assets.model,
          vin: assets.vin,
          order: workOrders.number,
          orderTitle: workOrders.title,
          orderState: workOrders.state,
          customer: customers.name,
        },
        join: [
          [vendors, eq(vendors.id, vendorJobs.vendorId)],
          [assets, eq(assets.id, vendorJobs.assetId)],
          [workOrders, eq(workOrders.id, vendorJobs.workOrderId)],
          [customers, eq(customers.id, workOrders.customerId)],
        ],
        where: and(eq(vendorJobs.id, job.id), own),
        limit: 1,
      });
      if (!row) throw new Error("vendor job without its vendor, unit or order");
      return row;
    },

    /** All assignments of an order, with their vendors. */
    atVendors: (workOrderId: Id<"workOrder">) =>
      db.query({
        from: vendorJobs,
        columns: { id: vendorJobs.id, number: vendorJobs.number, state: vendorJobs.state, reason: vendorJobs.reason, vendor: vendors.name },
        join: [[vendors, eq(vendors.id, vendorJobs.vendorId)]],
        where: and(eq(vendorJobs.workOrderId, workOrderId), own),
        orderBy: [asc(vendorJobs.number)],
        limit: MOST,
      }),

    /**
     * Part of canceling an order: while a vendor has a job of it or did it, also one assigned just now, this sets the state to
     * null, which the NOT NULL constraint refuses, and with it the whole batch (`isAtVendor`).
     */
    unlessAtVendor(workOrderId: Id<"workOrder">): Statement {
      const { organizationId } = db.scope;
      const open = and(
        eq(vendorJobs.organizationId, organizationId),
        eq(vendorJobs.workOrderId, workOrderId),
        inArray(vendorJobs.state, keepingStates),
        eq(vendorJobs.reason, ""),
      );
      const state = sql`case when exists (select 1 from ${vendorJobs} where ${open}) then null else ${workOrders.state} end`;
      return db.update(workOrders, { state }, eq(workOrders.id, workOrderId));
    },

    /**
     * Until when additions to an order are visible to this vendor: "now" while it works on it, afterwards the time its
     * work was completed or canceled, null if it has no part in the order.
     */
    async partLasts(workOrderId: Id<"workOrder">): Promise<UtcMs | "now" | null> {
      const ofOrder = and(eq(vendorJobs.workOrderId, workOrderId), own);
      const ofJob = and(eq(journal.recordKind, "vendor-job"), eq(journal.recordId, vendorJobs.id), inArray(journal.event, ended)) as SQL; // `and` of three conditions is one
      const [[working], done] = await db.queries(
        { from: vendorJobs, columns: { id: vendorJobs.id }, where: and(ofOrder, inArray(vendorJobs.state, workingStates)), limit: 1 },
        {
          from: vendorJobs,
          // The earlier end counts: a completed job may still be canceled later.
          columns: { at: sql<UtcMs>`min(${journal.at})` },
          join: [[journal, ofJob]],
          where: ofOrder,
          groupBy: [vendorJobs.id],
          limit: MOST,
        },
      );
      if (working) return "now";
      return done.reduce<UtcMs | null>((last, { at }) => (last === null || at > last ? at : last), null);
    },

    /**
     * The order of a job if it is on hold for outside work and has no other open job; null otherwise. `stateVersion`
     * shows whether the order was moved since.
     */
    async heldBy({ id, workOrderId }: Pick<VendorJob, "id" | "workOrderId">): Promise<{ stateVersion: number } | null> {
      const [[order], [other]] = await db.queries(
        {
          from: workOrders,
          columns: { stateVersion: workOrders.stateVersion },
          where: and(eq(workOrders.id, workOrderId), eq(workOrders.state, "on-hold"), eq(workOrders.holdReason, "vendor")),
          limit: 1,
        },
        {
          from: vendorJobs,
          columns: { id: vendorJobs.id },
          where: and(eq(vendorJobs.workOrderId, workOrderId), ne(vendorJobs.id, id), inArray(vendorJobs.state, workingStates)),
          limit: 1,
        },
      );
      return order && !other ? order : null;
    },
  };
}

export const isAtVendor = (cause: unknown): boolean => isRefused(cause, "NOT NULL", "work_orders.state");

/** The first of these ends a vendor's part in an order. */
const ended = vendorJobJournal.codes("vendor-job.completed", "vendor-job.canceled");
const workingStates = jobStates.filter(isUnderWay);
