import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

const estimateId = idOf("estimate");
const revision = z.object({ estimateId, revision: z.number() });
const ABOUT = "A mail about an estimate";
const inOrder = ({ estimateId: id }: { estimateId: string }): string => id;

export const estimateEffects = defineEffects({
  "mail.estimate-ready": mail(revision, ABOUT, inOrder),
  /** Because staff asked for it, or because the portal is on now. */
  "mail.estimate-again": mail(revision, ABOUT, inOrder),
  /** To who decided. */
  "mail.estimate-confirmed": mail(revision, ABOUT, inOrder),
  /** Due days after it was caused, so nothing waits for it. */
  "mail.estimate-reminder": mail(revision, ABOUT),
  /** An answer is wanted soon: due in the middle of that time, when it is over, and when it's time to call. */
  "mail.estimate-answer-reminder": mail(revision, ABOUT),
  "mail.estimate-backup": mail(revision, ABOUT),
  "mail.estimate-unanswered": mail(revision, ABOUT),
  "mail.estimate-colleague": mail(revision, ABOUT, inOrder),
  "mail.estimate-message": mail(z.object({ estimateId, messageId: idOf("message") }), ABOUT, inOrder),
  "mail.estimate-withdrawn": mail(revision, ABOUT, inOrder),
  "mail.estimate-answered": mail(revision, ABOUT, inOrder),
});
