import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import type { Authed } from "~/platform/http/authed.server";
import { asTyped } from "~/platform/http/form.server";
import { vendor } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { exceededQuota, overQuota } from "~/platform/http/quotas.server";
import { answerForms, done, MessageForm, readAnswer, refusedJob, sendMessage } from "../../parts/vendor-job-commands.server";

const JobForm = z.discriminatedUnion("intent", [...answerForms, MessageForm]);
type JobForm = z.output<typeof JobForm>;

const doneMessages: Record<Exclude<JobForm["intent"], "message">, string> = {
  accept: "Job accepted. The shop was notified.",
  decline: "Job declined. The shop was notified.",
  "submit-estimate": "Estimate sent to the shop.",
  withdraw: "Estimate withdrawn. The shop can't approve it anymore.",
  complete: "Job marked complete. The shop was notified.",
  "submit-invoice": "Invoice sent to the shop.",
  "withdraw-invoice": "Invoice withdrawn. Correct it and send it again.",
};

/** Runs one form of the vendor's job page, and waits until its side effects have gone out. */
async function answerJob({ services, session, params, form }: Authed<"vendor", JobForm>) {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  if (form.intent === "message") return sendMessage(services, id, form);
  const values = asTyped(form);
  const read = readAnswer(form);
  if (!read.ok) return problem(422, { message: "Fix the highlighted fields.", fields: read.fields, values });
  const over = await exceededQuota(services, "mail");
  if (over) return overQuota(over, values);
  const changed = await changeVendorJob(services, id, read.command);
  if (!changed.ok) return refusedJob(changed.error, "The shop", session.organization, values);
  await services.drainNow();
  return done(doneMessages[form.intent]);
}

export const commands = vendor.action("job:answer", JobForm, answerJob);
