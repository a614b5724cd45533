import { newId, parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { draftOf, isExpired, latestSent } from "~/modules/estimates/estimate";
import { takeSnapshot } from "~/modules/estimates/estimate-snapshot";
import { headText } from "~/modules/estimates/head-form";
import { readMessages } from "~/modules/estimates/messages/messages.read.server";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readEstimateRecord } from "~/queries/staff/estimate-record.server";

export async function estimatePage({ services, session, params }: Authed<"staff">) {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const record = orNotFound(await readEstimateRecord(services.db, id));
  const { estimate, facts, rules, photos } = record;
  const { id: organizationId, zone } = session.organization;
  const { role } = session.membership;
  const now = services.clock.now();
  const [draft, latest] = [draftOf(estimate), latestSent(estimate)];
  return {
    ...record,
    /** The draft as it would be sent now. */
    preview: draft && takeSnapshot(draft.content, { ...facts, number: estimate.number, revision: draft.revision, rules: rules.rules, photos }),
    /** The draft's title, notes, deposit and last day, as its form fields hold them. */
    head: draft && headText(draft.content),
    isExpired: latest?.state === "sent" && isExpired(latest.content.validThrough, now, zone),
    freshJob: newId("job", now),
    messages: await readMessages(services.db, id),
    freshMessage: newId("message", now),
    canned: draft ? (await readCannedJobs(services.db)).map(({ id: cannedId, name }) => ({ id: cannedId, name })) : [],
    maySend: may("staff", role, "estimate:send"),
    maySeeMargin: may("staff", role, "margin:read"),
    organizationId,
  };
}

export type PageData = Awaited<ReturnType<typeof estimatePage>>;
