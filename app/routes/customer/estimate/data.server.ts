import { newId, parseId } from "~/kernel/ids";
import { sumCents, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayDecide, mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { isExpired } from "~/modules/estimates/estimate";
import { agreedBefore, answeredTotal, leastPicks, mostPicks, type Picks, totalWith } from "~/modules/estimates/estimate-snapshot";
import { readMessages } from "~/modules/estimates/messages/messages.read.server";
import { payToken } from "~/modules/invoices/pay-link.server";
import { readDepositReceived } from "~/modules/invoices/receivables/deposits.read.server";
import { onItsWay } from "~/modules/payments/checkouts/on-its-way";
import { readPendingFor } from "~/modules/payments/payment.read.server";
import { readTakesPayments } from "~/modules/payments/square/square-connection.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";
import { readPortalEstimate } from "~/queries/customer/estimates.server";

export async function estimatePage({ services, session, scope, params, url }: Authed<"customer">) {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const { zone } = session.organization;
  const rights = await readContactRights(services.db);
  const right = mayUse(rights, "documents");
  if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
  const wanted = /^\d{1,4}$/.exec(url.searchParams.get("revision") ?? "")?.[0];
  const { isSeen, ...estimate } = orNotFound(await readPortalEstimate(services.db, id, wanted ? Number(wanted) : null));
  if (!isSeen && !scope.readOnly) {
    // If recording the view fails, the next visit records it.
    const viewed = await changeEstimate(services, id, { intent: "view", revision: estimate.snapshot.revision, by: session.membership.name });
    if (viewed.ok) services.drainSoon();
  }
  const now = services.clock.now();
  const { snapshot } = estimate;
  const rightTo = (picks: Picks) => mayDecide(rights, sumCents([agreedBefore(snapshot), totalWith(snapshot, picks)]));
  // Where there are options, the cheapest may be within the limit, and the dearest above it.
  const [least, most] = [rightTo(leastPicks(snapshot)), rightTo(mostPicks(snapshot))];
  return {
    estimate,
    total: answeredTotal(snapshot, estimate.decision),
    isExpired: isExpired(estimate.snapshot.validThrough, now, zone),
    mayAnswer: rights.decide && !scope.readOnly,
    mayMessage: !scope.readOnly,
    messages: await readMessages(services.db, id),
    fresh: newId("message", now),
    /** Why this person can't approve the whole estimate, with any options; approving a part may still be within the limit. */
    over: most.ok ? null : rightRefusalMessage(most.error, session.organization),
    isBlocked: !least.ok,
    person: session.membership.name,
    ...(await deposit()),
  };

  /** What was paid of a deposit, and where the rest can be paid online. */
  async function deposit() {
    const depositReceived = await readDepositReceived(services.db, id);
    const due = Math.max(0, (snapshot.deposit ?? 0) - depositReceived);
    const isDue = due > 0 && (estimate.decision?.outcome === "approved" || estimate.decision?.outcome === "partially-approved");
    const token = payToken(services.settings.linkKey, { organizationId: session.organization.id, subject: { kind: "estimate", id } });
    const coming = isDue ? await readPendingFor(services.db, id) : null;
    const depositComing = onItsWay(coming, session.organization, now);
    if (depositComing !== null) return { depositReceived, depositDue: null, depositComing, payAt: null };
    return {
      depositReceived,
      depositComing,
      depositDue: isDue ? toCents(due) : null,
      payAt: isDue && (await readTakesPayments(services)) ? paths.pay(token) : null,
    };
  }
}

export type PageData = Awaited<ReturnType<typeof estimatePage>>;
