import { type Id, newId, parseId } from "~/kernel/ids";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readPartLasts, readVendorPortalJob } from "~/queries/vendor/jobs.server";

export async function vendorJobPage({ services, session, scope, params, url }: Authed<"vendor">) {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const { workOrderId, ...job } = orNotFound(await readVendorPortalJob(services.db, id));
  const [own, shared] = job.open
    ? await Promise.all([readAttachments(services, { kind: "vendorJob", id }, url.searchParams.get("files")), readShared(services, workOrderId)])
    : [null, []];
  const { id: organizationId, name: shop } = session.organization;
  return {
    job,
    attachments: own,
    // The order's shared files are read-only here.
    shared,
    nextMessage: newId("event", services.clock.now()),
    canAnswer: !scope.readOnly,
    shop,
    organizationId,
  };
}

export type PageData = Awaited<ReturnType<typeof vendorJobPage>>;

async function readShared(services: Authed<"vendor">["services"], workOrderId: Id<"workOrder">) {
  const readableUntil = await readPartLasts(services.db, workOrderId);
  if (readableUntil === null) return [];
  return (await readAttachments(services, { kind: "workOrder", id: workOrderId }, null, readableUntil === "now" ? null : readableUntil)).items;
}
