import { newId, parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { draftOf, isExpired, latestSent } from "~/modules/estimates/estimate";
import { linesIn, takeSnapshot } from "~/modules/estimates/estimate-snapshot";
import { headText } from "~/modules/estimates/head-form";
import { offeredText } from "~/modules/estimates/line-choice";
import { readMessages } from "~/modules/estimates/messages/messages.read.server";
import { readDepositReceived } from "~/modules/invoices/receivables/deposits.read.server";
import { onItsWay } from "~/modules/payments/checkouts/on-its-way";
import { readPendingFor } from "~/modules/payments/payment.read.server";
import { priceOf } from "~/modules/work-orders/jobs/job";
import { readLaterDecisions } from "~/modules/work-orders/lines/later-decisions.read.server";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readCustomerWarnings } from "~/queries/staff/customer-warnings.server";
import { readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { readRecordMails } from "~/queries/staff/record-mails.server";

export async function estimatePage({ services, session, params }: Authed<"staff">) {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const record = orNotFound(await readEstimateRecord(services, id));
  const { estimate, order, authorization, facts, photos } = record;
  const { id: organizationId, zone } = session.organization;
  const { role } = session.membership;
  const now = services.clock.now();
  const [draft, latest] = [draftOf(estimate), latestSent(estimate)];
  const present = new Map<string, number>(linesOf(order).map((line) => [line.id, priceOf(line)]));
  const sentFacts = draft && {
    ...facts,
    shop: null,
    taxExempt: order.taxExempt,
    number: estimate.number,
    revision: draft.revision,
    rules: order.rules.rules,
    photos,
  };
  return {
    ...record,
    /** The draft as it would be sent now. */
    preview: draft && sentFacts && takeSnapshot(draft.content, { jobs: order.jobs, authorization }, sentFacts),
    /** The draft as its form fields hold it. */
    typed: draft && { ...headText(draft.content), ...offeredText(draft.content, order.jobs) },
    isExpired: latest?.state === "sent" && isExpired(latest.content.validThrough, now, zone),
    /** Lines whose price is another one since they were sent. */
    differs:
      latest?.state === "sent" && latest.offer
        ? linesIn(latest.offer.snapshot)
            .filter((line) => present.get(line.id) !== line.price)
            .map(({ text }) => text)
        : [],
    messages: await readMessages(services.db, id),
    later: latest?.decision ? await readLaterDecisions(services.db, latest.decision.approved, latest.decision.at) : [],
    depositReceived: await readDepositReceived(services.db, id),
    depositComing: onItsWay(await readPendingFor(services.db, id), session.organization, now),
    warnings: await readCustomerWarnings(services.db, estimate.customerId, dayOf(now, zone)),
    mailed: await readRecordMails(services.db, id, estimate.customerId, "mayDecide"),
    freshMessage: newId("message", now),
    maySend: may("staff", role, "estimate:send"),
    organizationId,
  };
}

export type PageData = Awaited<ReturnType<typeof estimatePage>>;
