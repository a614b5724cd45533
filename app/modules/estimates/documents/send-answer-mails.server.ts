import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { askedFirst, backupOf } from "../answer-clock";
import { answerReminderMail, backupMail, unansweredMail } from "./answer.email";
import { type MailNeeds, mailedEstimate, type WantedEstimate } from "./mailed-estimate.server";

type Needs = MailNeeds & Pick<NotifyNeeds, "clock">;

/** Reminds those who got the estimate that an answer is wanted by a time. */
export async function sendAnswerReminderMail(s: Needs, key: string, wanted: WantedEstimate): Promise<void> {
  const waiting = await unanswered(s, wanted);
  if (!waiting) return;
  const props = { ...waiting.facts, link: waiting.organization.publicOrigin + paths.customer.estimate(waiting.estimate.id) };
  await mailEach(s.mailer, key, waiting.organization, askedFirst(waiting.people, waiting.backupId), answerReminderMail(props));
}

/** Asks the backup approver, whose own limit applies. */
export async function sendBackupMail(s: Needs, key: string, wanted: WantedEstimate): Promise<void> {
  const waiting = await unanswered(s, wanted);
  if (!waiting) return;
  const props = { ...waiting.facts, link: waiting.organization.publicOrigin + paths.customer.estimate(waiting.estimate.id) };
  const backup = waiting.people.filter(({ id }) => id === waiting.backupId);
  await mailEach(s.mailer, key, waiting.organization, backup, backupMail(props));
}

/** Notifies the shop that it's time to call. */
export async function sendUnansweredNotice(s: MailNeeds & NotifyNeeds, key: string, wanted: WantedEstimate): Promise<void> {
  const waiting = await unanswered(s, wanted);
  if (!waiting) return;
  const href = paths.staff.estimate(waiting.estimate.id);
  const props = { ...waiting.facts, link: waiting.organization.publicOrigin + href };
  await notifyStaff(s, key, {
    event: "estimate.unanswered",
    about: { kind: "estimate", id: waiting.estimate.id, href },
    mail: unansweredMail(props),
  });
}

/** An estimate that still waits for the answer that was wanted; null if it was answered, replaced, withdrawn, or has expired. */
async function unanswered(s: Needs, wanted: WantedEstimate) {
  const { estimate, it, organization, facts } = await mailedEstimate(s, wanted);
  const { answerBy, validThrough } = it.offer.snapshot;
  if (it.state !== "sent" || !answerBy || validThrough < dayOf(s.clock.now(), organization.zone)) return null;
  const people = await contactRecipients(s.db, estimate.customerId, "estimate");
  return { estimate, organization, people, backupId: backupOf(it), facts: { ...facts, answerBy: answerBy.at, backup: answerBy.backup } };
}
