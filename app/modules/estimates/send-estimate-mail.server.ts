import type { Id } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import type { Mailer } from "~/modules/notifications/mailer.server";
import { mailEach, type Telling, tellStaff } from "~/modules/notifications/tell-staff.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { answeredSubject, answeredText, EstimateAnsweredMail, EstimateReadyMail, readySubject, readyText } from "./estimate.email";
import { estimateStore } from "./estimate.store.server";
import { dayInWords, decisionInWords, estimateNumber } from "./words";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; mailer: Mailer };
type Wanted = { estimateId: Id<"estimate">; revision: number };

/** Tells the customer's people who may answer that an estimate waits for them. */
export async function sendEstimateReadyMail(s: Needs, key: string, wanted: Wanted): Promise<void> {
  const { estimate, it, organization, facts } = await load(s, wanted);
  // Taken back or answered before the mail left: there is nothing to answer any more.
  if (it.state !== "sent") return;
  const props = {
    ...facts,
    link: organization.publicOrigin + paths.customer.estimate(estimate.id),
    lastDay: dayInWords(it.offer.shown.validThrough, organization.locale),
  };
  const letter = { template: "estimate-ready", subject: readySubject(props), html: EstimateReadyMail(props), text: readyText(props) };
  const people = await estimateStore(s.db).deciders(estimate.customerId);
  await mailEach(s.mailer, key, organization, people, letter);
}

/** Tells the shop what the customer said. */
export async function sendEstimateAnsweredMail(s: Needs & Telling, key: string, wanted: Wanted): Promise<void> {
  const { estimate, it, organization, facts } = await load(s, wanted);
  if (!it.decision) return;
  const words = decisionInWords(it.decision, it.offer.shown, organization);
  const props = { ...facts, link: organization.publicOrigin + paths.staff.estimate(estimate.id), words, note: it.decision.note };
  const letter = { template: "estimate-answered", subject: answeredSubject(props), html: EstimateAnsweredMail(props), text: answeredText(props) };
  await tellStaff(s, key, { event: "estimate.answered", about: { kind: "estimate", id: estimate.id, href: paths.staff.estimate(estimate.id) }, letter });
}

async function load({ db, directory }: Needs, { estimateId, revision }: Wanted) {
  const [estimate, organization] = await Promise.all([estimateStore(db).find(estimateId), directory.organization(db.scope.organizationId)]);
  const it = estimate?.revisions.find((one) => one.revision === revision);
  if (!estimate || !it?.offer || !organization) throw new Error("a mail about an estimate that was never sent");
  const { shown } = it.offer;
  const amount = formatMoney(shown.charges.total, organization.currency, organization.locale);
  const facts = { organization, number: estimateNumber(shown.number), unitNumber: shown.unitNumber, title: shown.title, amount };
  return { estimate, it: { ...it, offer: it.offer }, organization, facts };
}
