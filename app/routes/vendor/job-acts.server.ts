import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { readBill } from "~/modules/vendor-jobs/bill-form";
import { type Asked, changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { asTyped } from "~/platform/http/form.server";
import type { Authed } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { done, MessageForm, refusedJob, sendMessage } from "../vendor-job-answers.server";

const note = z.string().trim().max(2_000, "Keep it under 2,000 letters.");

/** All that a vendor answers about a job. */
const answers = [
  z.object({ act: z.literal("accept") }),
  z.object({ act: z.literal("decline"), reason: z.string().trim().max(500, "Keep it under 500 letters.").default("") }),
  z.looseObject({ act: z.literal("submit-estimate"), note }),
  z.object({ act: z.literal("withdraw") }),
  z.object({ act: z.literal("complete"), note }),
  z.looseObject({ act: z.literal("submit-invoice"), reference: z.string().trim().max(40, "Keep it under 40 signs."), note }),
  z.object({ act: z.literal("withdraw-invoice") }),
] as const;
export const JobForm = z.discriminatedUnion("act", [...answers, MessageForm]);
type JobForm = z.output<typeof JobForm>;

const doneWords: Record<Exclude<JobForm["act"], "message">, string> = {
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
  if (form.act === "message") return sendMessage(services, id, form);
  const values = asTyped(form);
  let act: Asked;
  if (form.act === "submit-estimate" || form.act === "submit-invoice") {
    const read = readBill(values);
    if (!read.ok) return problem(422, { words: "Check what is marked and send it again.", fields: read.fields, values });
    const bill = { lines: read.lines, tax: read.tax, note: form.note };
    act = form.act === "submit-estimate" ? { act: form.act, bill } : { act: form.act, reference: form.reference, bill };
  } else act = form;
  const changed = await changeVendorJob(services, id, act, session.organization.zone);
  if (!changed.ok) return refusedJob(changed.error, "shop", session.organization, values);
  await services.drainNow();
  return done(doneWords[form.act]);
}
