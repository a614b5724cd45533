import type { Id } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { askedFirst, backupOf } from "../answer-clock";
import { describeDecision, describeOutcome } from "../describe-decision";
import { estimateStore } from "../estimate.store.server";
import { linesIn, pricedOptions, totalAfter } from "../estimate-snapshot";
import { messageStore } from "../messages/message.store.server";
import {
  answeredSubject,
  answeredText,
  colleagueSubject,
  colleagueText,
  confirmedSubject,
  confirmedText,
  EstimateAnsweredMail,
  EstimateColleagueMail,
  EstimateConfirmedMail,
  EstimateMessageMail,
  EstimateReadyMail,
  EstimateWithdrawnMail,
  messageSubject,
  messageText,
  readySubject,
  readyText,
  reminderSubject,
  SecondPersonMail,
  secondPersonSubject,
  secondPersonText,
  withdrawnSubject,
  withdrawnText,
} from "./estimate.email";
import { lastDayOf, mailedEstimate, type MailNeeds as Needs, type WantedEstimate as Wanted } from "./mailed-estimate.server";
import { printEstimate } from "./print-estimate.server";

type Printing = { files: ScopedFiles; documents: Documents };

/** Emails the contacts who may decide that an estimate is ready, and reminds them shortly before it expires. */
export async function sendEstimateReadyMail(s: Needs, key: string, wanted: Wanted, again: "first" | "reminder" = "first"): Promise<void> {
  const { estimate, it, organization, facts } = await mailedEstimate(s, wanted);
  // Revised or answered before the mail went out: there is nothing left to answer.
  if (it.state !== "sent") return;
  const { snapshot } = it.offer;
  const options = snapshot.groups.flatMap((group) => {
    const list = pricedOptions(snapshot, group).map(({ name, total }) => ({ name, total: formatMoney(total, organization.currency, organization.locale) }));
    return list.length > 0 ? [{ complaint: group.complaint, list }] : [];
  });
  const link = organization.publicOrigin + paths.customer.estimate(estimate.id);
  const props = { ...facts, link, lastDay: lastDayOf(it, organization), options };
  const subject = again === "first" ? readySubject(props) : reminderSubject(props);
  const mail = { template: "estimate-ready" as const, subject, html: EstimateReadyMail(props), text: readyText(props) };
  const people = await contactRecipients(s.db, estimate.customerId, "estimate");
  await mailEach(s.mailer, key, organization, again === "first" ? askedFirst(people, backupOf(it)) : people, mail);
}

/** Asks the contacts whose limit covers the estimate to decide, and notifies the shop who was asked for. */
export async function sendEstimateColleagueMail(s: Needs & NotifyNeeds, key: string, wanted: Wanted): Promise<void> {
  const { estimate, it, organization, facts } = await mailedEstimate(s, wanted);
  if (it.state !== "sent" || !it.asked) return;
  const total = totalAfter(it.offer.snapshot);
  const props = { ...facts, who: it.asked.by, link: organization.publicOrigin + paths.customer.estimate(estimate.id), lastDay: lastDayOf(it, organization) };
  const mail = { template: "estimate-colleague" as const, subject: colleagueSubject(props), html: EstimateColleagueMail(props), text: colleagueText(props) };
  const people = (await contactRecipients(s.db, estimate.customerId, "estimate")).filter(({ decideLimit }) => decideLimit === null || decideLimit >= total);
  await mailEach(s.mailer, key, organization, people, mail);
  const href = paths.staff.estimate(estimate.id);
  const toShop = { ...props, link: organization.publicOrigin + href };
  await notifyStaff(s, key, {
    event: "estimate.second-person",
    about: { kind: "estimate", id: estimate.id, href },
    mail: {
      template: "estimate-second-person" as const,
      subject: secondPersonSubject(toShop),
      html: SecondPersonMail(toShop),
      text: secondPersonText(toShop),
    },
  });
}

/** Emails a message to the other side: to staff, or to the contacts in the conversation who can still read the estimate. */
export async function sendEstimateMessageMail(s: Needs & NotifyNeeds, key: string, messageId: Id<"message">): Promise<void> {
  const messages = messageStore(s.db);
  const message = await messages.find(messageId);
  if (!message) throw new Error("mail about a message that does not exist");
  const { estimate, it, organization, facts } = await mailedEstimate(s, { estimateId: message.estimateId, revision: null });
  const fromShop = message.by.audience === "staff";
  const href = fromShop ? paths.customer.estimate(estimate.id) : paths.staff.estimate(estimate.id);
  const about = linesIn(it.offer.snapshot).find(({ id }) => id === message.lineId)?.text ?? "";
  const props = { ...facts, who: message.by.name, about, message: message.text, link: organization.publicOrigin + href };
  const mail = { template: "estimate-message" as const, subject: messageSubject(props), html: EstimateMessageMail(props), text: messageText(props) };
  if (!fromShop) return notifyStaff(s, key, { event: "estimate.question", about: { kind: "estimate", id: estimate.id, href }, mail });
  const [thread, readers, deciders] = await Promise.all([
    messages.of(estimate.id),
    estimateStore(s.db).readers(estimate.customerId),
    contactRecipients(s.db, estimate.customerId, "estimate"),
  ]);
  const asked = new Set(thread.flatMap(({ email }) => email ?? []));
  const conversation = readers.filter(({ email, muted }) => asked.has(email) && !muted.includes("estimate"));
  await mailEach(s.mailer, key, organization, conversation.length > 0 ? conversation : deciders, mail);
}

/** Tells the contacts who may decide that a sent estimate doesn't count anymore, and why. */
export async function sendEstimateWithdrawnMail(s: Needs, key: string, wanted: Wanted): Promise<void> {
  const { estimate, it, organization, facts } = await mailedEstimate(s, wanted);
  if (!it.withdrawn) return;
  const props = { ...facts, link: organization.publicOrigin + paths.customer.estimate(estimate.id), why: it.withdrawn.why };
  const mail = { template: "estimate-withdrawn" as const, subject: withdrawnSubject(props), html: EstimateWithdrawnMail(props), text: withdrawnText(props) };
  await mailEach(s.mailer, key, organization, await contactRecipients(s.db, estimate.customerId, "estimate"), mail);
}

/** Confirms the answer to who gave it in the portal, with the paper as they decided it. */
export async function sendEstimateConfirmedMail(s: Needs & Printing, key: string, wanted: Wanted): Promise<void> {
  const { estimate, it, organization, facts } = await mailedEstimate(s, wanted);
  if (!it.decision?.email) return;
  const paper = await printEstimate(s, estimate.id, it.revision);
  if (!paper) throw new Error("answered estimate without a PDF");
  const summary = describeOutcome(it.decision, it.offer.snapshot, organization);
  const props = { ...facts, link: organization.publicOrigin + paths.customer.estimate(estimate.id), summary, note: it.decision.note };
  const attachments = [{ name: paper.name, content: await s.documents.read(paper) }];
  const mail = {
    template: "estimate-confirmed" as const,
    subject: confirmedSubject(props),
    html: EstimateConfirmedMail(props),
    text: confirmedText(props),
    attachments,
  };
  await mailEach(s.mailer, key, organization, [{ email: it.decision.email }], mail);
}

/** Notifies staff of the customer's answer. */
export async function sendEstimateAnsweredMail(s: Needs & NotifyNeeds, key: string, wanted: Wanted): Promise<void> {
  const { estimate, it, organization, facts } = await mailedEstimate(s, wanted);
  if (!it.decision) return;
  const summary = describeDecision(it.decision, it.offer.snapshot, organization);
  const props = { ...facts, link: organization.publicOrigin + paths.staff.estimate(estimate.id), summary, note: it.decision.note };
  const mail = { template: "estimate-answered" as const, subject: answeredSubject(props), html: EstimateAnsweredMail(props), text: answeredText(props) };
  await notifyStaff(s, key, { event: "estimate.answered", about: { kind: "estimate", id: estimate.id, href: paths.staff.estimate(estimate.id) }, mail });
}
