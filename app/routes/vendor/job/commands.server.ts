import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { asTyped } from "~/platform/http/form.server";
import type { Authed } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { answerForms, done, MessageForm, readAnswer, refusedJob, sendMessage } from "../../parts/vendor-job-commands.server";

export const JobForm = z.discriminatedUnion("intent", [...answerForms, MessageForm]);
type JobForm = z.output<typeof JobForm>;

const doneMessages: Record<Exclude<JobForm["intent"], "message">, string> = {
  accept: "Accepted. The shop has been told.",
  decline: "Declined. The shop has been told.",
  "submit-estimate": "Sent to the shop.",
  withdraw: "Taken back. The shop cannot approve it any more.",
  complete: "Marked complete. The shop has been told.",
  "submit-invoice": "Sent to the shop.",
  "withdraw-invoice": "Taken back. Put it right and send it again.",
};

/** Does what a form of the vendor's page asks for, and has told the shop when it answers. */
export async function answerJob({ services, session, params, form }: Authed<"vendor", JobForm>) {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  if (form.intent === "message") return sendMessage(services, id, form);
  const values = asTyped(form);
  const read = readAnswer(form);
  if (!read.ok) return problem(422, { message: "Check what is marked and send it again.", fields: read.fields, values });
  const changed = await changeVendorJob(services, id, read.command, session.organization.zone);
  if (!changed.ok) return refusedJob(changed.error, "The shop", session.organization, values);
  await services.drainNow();
  return done(doneMessages[form.intent]);
}
