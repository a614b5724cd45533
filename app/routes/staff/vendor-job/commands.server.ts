import * as z from "zod";
import { type Id, newId, parseId } from "~/kernel/ids";
import { type BasisPoints, parseMoney, parsePercent } from "~/kernel/money";
import { MOST_OUTSIDE_MARKUP } from "~/modules/organizations/shop-rules/shop-rules";
import { setOutsideBudget } from "~/modules/vendor-jobs/budget/set-outside-budget.server";
import { callOffJob, type OrderThen } from "~/modules/vendor-jobs/cancel-job.server";
import { type Asked, changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { readVendorJobRecord } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { asTyped } from "~/platform/http/form.server";
import type { Authed } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { done, MessageForm, refusedJob, sendMessage } from "../../parts/vendor-job-commands.server";

const nth = z.coerce.number().int().positive();
const reason = z.string().trim().max(1_000, "Keep it under 1,000 letters.").default("");
const estimateFields = { revision: nth, feedback: reason, override: reason };
const invoiceFields = { submission: nth, reason, varianceReason: reason, override: reason, markup: z.string().optional() };

/** All that the shop does on a job's page. */
export const JobForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("recall"), reason }),
  z.object({ intent: z.literal("call-off"), seen: nth, reason, pays: z.literal("on").optional(), goesOn: z.enum(["yes", "no"]).optional() }),
  z.object({ intent: z.literal("approve-estimate"), ...estimateFields }),
  z.object({ intent: z.literal("decline-estimate"), ...estimateFields }),
  z.object({ intent: z.literal("approve-invoice"), ...invoiceFields }),
  z.object({ intent: z.literal("dispute"), ...invoiceFields }),
  z.object({ intent: z.literal("reverse"), reason }),
  z.object({
    intent: z.literal("budget"),
    amount: z.string().refine((text) => text.trim() === "" || (parseMoney(text) ?? 0) > 0, "Type an amount, such as 3,000.00, or leave it empty."),
  }),
  MessageForm,
]);
type JobForm = z.output<typeof JobForm>;
type Deciding = Exclude<JobForm, { intent: "message" | "budget" | "call-off" }>;

const doneMessages: Record<Deciding["intent"], string> = {
  recall: "Taken back. The vendor has been told.",
  "approve-estimate": "Approved. The vendor may start.",
  "decline-estimate": "Sent back. The vendor sees your feedback.",
  "approve-invoice": "Approved. The cost is on the work order.",
  dispute: "Disputed. The vendor sees the reason.",
  reverse: "Reversed. The cost is off the work order.",
};

const orderMessages: Record<OrderThen, string> = {
  "goes-on": " The work order goes on.",
  "as-it-was": "",
  "moved-meanwhile": " Somebody moved the work order in the same moment: look how it stands.",
};

/** Does what a form of the job's page asks for, and has told the other side when it answers. */
export async function runVendorJobCommand({ services, session, params, form }: Authed<"staff", JobForm>) {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const values = asTyped(form);
  const { zone } = session.organization;
  if (form.intent === "message") return sendMessage(services, id, form);
  if (form.intent === "budget") {
    const { job } = orNotFound(await readVendorJobRecord(services.db, id, services.clock.now(), zone));
    const set = await setOutsideBudget(services, job.workOrderId, form.amount.trim() === "" ? null : parseMoney(form.amount));
    if (!set.ok) return problem(409, { message: "Somebody else set this limit in the same moment. The page shows how it stands now.", values });
    await services.drainNow();
    return done(form.amount.trim() === "" ? "The limit is off." : "The limit is set.");
  }
  if (form.intent === "call-off") {
    const goesOn = form.goesOn === undefined ? null : form.goesOn === "yes";
    const called = await callOffJob(services, id, { ...form, pays: form.pays === "on", goesOn }, zone);
    if (!called.ok) return refusedJob(called.error, "Somebody else", session.organization, values);
    await services.drainNow();
    return done(`Called off. The vendor has been told.${orderMessages[called.value.order]}`);
  }
  const markup = markupIn(form);
  if (markup === "wrong")
    return problem(422, { message: "Check what is marked.", fields: { markup: `A percentage from 0 to ${MOST_OUTSIDE_MARKUP / 100}, such as 20.` }, values });
  const changed = await changeVendorJob(services, id, asked(form, markup, newId("entry", services.clock.now())), zone);
  if (!changed.ok) return refusedJob(changed.error, "Somebody else", session.organization, values);
  await services.drainNow();
  return done(doneMessages[form.intent]);
}

/** What is put on the customer's line. A page without the field has said that the customer is not charged. */
function markupIn(form: Deciding): BasisPoints | null | "wrong" {
  if (form.intent !== "approve-invoice" || form.markup === undefined) return null;
  const markup = parsePercent(form.markup.trim() || "0");
  return markup === null || markup < 0 || markup > MOST_OUTSIDE_MARKUP ? "wrong" : markup;
}

function asked(form: Deciding, markup: BasisPoints | null, entryId: Id<"entry">): Asked {
  switch (form.intent) {
    case "approve-invoice":
      return { ...form, markup, entryId };
    case "reverse":
      return { ...form, entryId };
    default:
      return form;
  }
}
