import { newId, parseId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { outsideMarkupOf } from "~/modules/organizations/shop-rules/shop-rules";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { readAskedLines } from "~/modules/vendor-jobs/assignment/asked-lines.read.server";
import { budgetImpact } from "~/modules/vendor-jobs/budget/budget";
import { vendorChargesTotal } from "~/modules/vendor-jobs/invoicing/vendor-charges";
import { canAdd } from "~/modules/vendor-jobs/job-states";
import { actualOf, committedOf, newestInvoice, varianceOf, waitingEstimate } from "~/modules/vendor-jobs/vendor-job";
import { readOutsideBudget, readVendorJobRecord, readWhyPriceFixed } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readOrderPhotos } from "~/queries/staff/order-photos.server";

export async function vendorJobPage({ services, session, params, url }: Authed<"staff">) {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const { id: organizationId } = session.organization;
  const now = services.clock.now();
  const { budgets, ...record } = orNotFound(await readVendorJobRecord(services.db, id, now));
  const { job } = record;
  const invoice = newestInvoice(job);
  const pending = job.state === "invoiced" ? invoice : waitingEstimate(job);
  // What is pending a decision; without one, what the job already counts for.
  const more = pending ? vendorChargesTotal(pending.charges) : toCents(committedOf(job) + actualOf(job));
  const [asked, photos, attachments, orderBudget, { rules }] = await Promise.all([
    readAskedLines(services.db, job),
    canAdd(job.state) === true ? readOrderPhotos(services.db, job.workOrderId) : [],
    readAttachments(services, { kind: "vendorJob", id }, url.searchParams.get("files")),
    readOutsideBudget(services.db, job.workOrderId),
    readShopRules(services.db),
  ]);
  return {
    ...record,
    asked,
    photos,
    more,
    budgets: budgetImpact(budgets, more),
    outsideMarkup: outsideMarkupOf(rules),
    /** Why the customer's price doesn't follow this job's invoice; null where it does. */
    priceFixed: job.state === "invoiced" ? await readWhyPriceFixed(services.db, job) : null,
    variance: job.state === "invoiced" ? varianceOf(job) : null,
    attachments,
    orderBudget,
    nextMessage: newId("event", now),
    freshJob: newId("vendorJob", now),
    organizationId,
  };
}

export type PageData = Awaited<ReturnType<typeof vendorJobPage>>;
