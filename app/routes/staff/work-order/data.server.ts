import { newId, parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { fleetCertification, fleetRepairText } from "~/modules/inspections/defects/fleet-repair";
import { readStaff } from "~/modules/people/staff.read.server";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import { taxChangeOf } from "~/modules/work-orders/jobs/tax-change";
import { isDeferral } from "~/modules/work-orders/lines/line-decision";
import { describeRequest } from "~/modules/work-orders/service-requests/service-request";
import { canEdit } from "~/modules/work-orders/work-order";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readDefectsOfOrder, readWaitingDefects } from "~/queries/defects.server";
import { readDueOf, readServiceOf } from "~/queries/maintenance-list.server";
import { readInvoicesOfOrder } from "~/queries/staff/account.server";
import { readCustomerWarnings } from "~/queries/staff/customer-warnings.server";
import { readEstimatesOf } from "~/queries/staff/estimate-list.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { readRecordMails } from "~/queries/staff/record-mails.server";
import { completionOf, whyNotCanceled } from "./complete.server";
import { readAtVendors } from "./vendor-assignments.server";

export async function workOrderPage({ services, session, params, url }: Authed<"staff">) {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const { order, facts, totals, authorization, activity } = orNotFound(await readOrderRecord(services, id));
  const { role, id: me } = session.membership;
  const now = services.clock.now();
  const [people, canned, attachments, estimates, invoices, warnings, repairs, waiting, due, maintenance, mailed] = await Promise.all([
    readStaff(services),
    readCannedJobs(services.db),
    readAttachments(services, { kind: "workOrder", id }, url.searchParams.get("files")),
    readEstimatesOf(services.db, id),
    may("staff", role, "invoice:read") ? readInvoicesOfOrder(services.db, id, now) : [],
    readCustomerWarnings(services.db, order.customerId, dayOf(now, session.organization.zone)),
    readDefectsOfOrder(services.db, id),
    readWaitingDefects(services.db, facts.assetId),
    canEdit(order.state) === true ? readDueOf(services.db, facts.assetId) : [],
    readServiceOf(services.db, id),
    readRecordMails(services.db, id, order.customerId, "mayDocuments"),
  ]);
  const atVendors = await readAtVendors({ services, session, url }, order);
  const { id: organizationId, locale } = session.organization;
  return {
    order,
    facts,
    request: facts.request && {
      by: facts.request.by,
      isUrgent: facts.request.urgency === "do-not-drive",
      message: describeRequest(facts.request, locale),
      joined: (facts.request.joined ?? []).map((its) => ({ ...its, isUrgent: its.urgency === "do-not-drive" })),
    },
    totals,
    authorization,
    completion: completionOf({ order, authorization }, atVendors.rows),
    whyNotCanceled: whyNotCanceled(order, atVendors.rows),
    activity,
    /** Defects that its jobs repair, and those of its unit that are open or wait for a driver's review. */
    repairs,
    /** Of those, what the fleet certified itself, while the job still has lines to bill. */
    fleetRepairs: repairs.flatMap((defect) => {
      const its = defect.repair?.lives && order.state !== "invoiced" ? fleetCertification(defect) : null;
      const job = order.jobs.find(({ id: jobId }) => jobId === defect.jobId);
      const isBilled = job?.lines.some((line) => line.done !== false && !isDeferral(authorization.lines.get(line.id)?.state));
      if (!its || !job || !isBilled) return [];
      const { round, signedName, at } = its;
      return [{ defectId: defect.id, jobId: job.id, jobVersion: job.version, round, signedName, at, text: fleetRepairText({ ...defect, ...its }) }];
    }),
    waiting,
    /** What is due on the unit and on no order yet. */
    due: due.filter(({ openOrder }) => openOrder === null),
    /** The maintenance that its jobs do. */
    maintenance,
    mailed,
    estimates,
    invoices,
    warnings,
    taxChange: taxChangeOf(order, warnings.certificateExpired !== null, dayOf(now, session.organization.zone)),
    atVendors,
    people: people.map(({ id: personId, name }) => ({ id: personId, name })),
    attachments,
    canned: canned.map(({ id: cannedId, name }) => ({ id: cannedId, name })),
    me,
    freshJob: newId("job", now),
    freshNote: newId("event", now),
    freshEstimate: newId("estimate", now),
    freshInvoice: newId("invoice", now),
    organizationId,
    mayInvoice: may("staff", role, "invoice:write"),
    mayCorrect: may("staff", role, "labor:correct"),
    maySeeMargin: may("staff", role, "margin:read"),
  };
}

export type PageData = Awaited<ReturnType<typeof workOrderPage>>;
