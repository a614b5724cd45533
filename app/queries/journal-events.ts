import type { ActivityItem } from "~/kernel/activity";
import { activityItem, contextOf, describeStored, type EventRow } from "~/kernel/events";
import type { UtcMs } from "~/kernel/time";
import { assetJournal } from "~/modules/assets/asset.journal";
import { attachmentJournal } from "~/modules/attachments/attachment.journal";
import { customerJournal } from "~/modules/customers/customer.journal";
import { driverJournal } from "~/modules/drivers/driver.journal";
import { estimateJournal } from "~/modules/estimates/estimate.journal";
import { inspectionJournal } from "~/modules/inspections/inspection.journal";
import { invoiceJournal } from "~/modules/invoices/invoice.journal";
import { maintenanceJournal } from "~/modules/maintenance/maintenance.journal";
import { notificationJournal } from "~/modules/notifications/notification.journal";
import { organizationJournal } from "~/modules/organizations/organization.journal";
import { paymentJournal } from "~/modules/payments/payment.journal";
import { squareJournal } from "~/modules/payments/square-connection.journal";
import { peopleJournal } from "~/modules/people/people.journal";
import { reportJournal } from "~/modules/reports/report.journal";
import { telematicsJournal } from "~/modules/telematics/telematics.journal";
import { vendorJobJournal } from "~/modules/vendor-jobs/vendor-job.journal";
import { vendorJournal } from "~/modules/vendors/vendor.journal";
import { workOrderJournal } from "~/modules/work-orders/work-order.journal";

/** Every module's catalog of journal events. */
export const journals = [
  organizationJournal,
  attachmentJournal,
  peopleJournal,
  notificationJournal,
  customerJournal,
  vendorJournal,
  driverJournal,
  assetJournal,
  workOrderJournal,
  telematicsJournal,
  maintenanceJournal,
  inspectionJournal,
  estimateJournal,
  vendorJobJournal,
  invoiceJournal,
  paymentJournal,
  squareJournal,
  reportJournal,
];
const definitions = Object.assign({}, ...journals.map((one) => one.definitions)) as (typeof journals)[number]["definitions"]; // each code is in one catalog, which a test checks

/** A journal row as the journal page shows it. */
export function describeEvent(row: EventRow) {
  const context = contextOf(row);
  const { label, who, tone } = describeStored(definitions, row, context);
  return { what: label, who: who ?? context.by, from: context.from, tone };
}

type ActivityRow = EventRow & { recordKind: string; recordId: string; version: number; at: UtcMs };

/** A record's activity. `own` are the kinds of rows that need no naming of their record there; by default all. */
export const activityOf = (rows: readonly ActivityRow[], own?: readonly string[]): ActivityItem[] =>
  rows.map((row) => activityItem(definitions, row, !own || own.includes(row.recordKind) ? "own" : "another"));

/** A unit's activity: its own changes, and those of its work orders with the title of the order. */
export const unitActivityOf = (rows: readonly ActivityRow[]): ActivityItem[] =>
  rows.map((row) => {
    const item = activityItem(definitions, row, row.recordKind === "asset" ? "own" : "another");
    const body = workOrderJournal.read(row)?.body;
    return body && "order" in body && typeof body.order === "string" ? { ...item, detail: body.order } : item;
  });
