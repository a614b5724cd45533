import * as z from "zod";
import { type Id, newId, parseId } from "~/kernel/ids";
import { type BasisPoints, parseMoney, parsePercent } from "~/kernel/money";
import { startOfNamedDay } from "~/kernel/time";
import { MOST_OUTSIDE_MARKUP } from "~/modules/organizations/shop-rules/shop-rules";
import { setOutsideBudget } from "~/modules/vendor-jobs/budget/set-outside-budget.server";
import { callOffJob, type OrderThen } from "~/modules/vendor-jobs/cancel-job.server";
import { type Asked, changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { readVendorJobRecord } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { done, MessageForm, refusedJob, sendMessage } from "../../parts/vendor-job-commands.server";

const nth = z.coerce.number().int().positive();
const reason = z.string().trim().max(1_000, "Use at most 1,000 characters.").default("");
const estimateFields = { revision: nth, feedback: reason, override: reason };
const invoiceFields = { submission: nth, reason, varianceReason: reason, override: reason, markup: z.string().optional() };

/** Everything the shop can do on a vendor job's page. */
const JobForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("recall"), reason }),
  z.object({ intent: z.literal("call-off"), seen: nth, reason, pays: z.literal("on").optional(), goesOn: z.enum(["yes", "no"]).optional() }),
  z.object({ intent: z.literal("approve-estimate"), ...estimateFields }),
  z.object({ intent: z.literal("decline-estimate"), ...estimateFields }),
  z.object({ intent: z.literal("approve-invoice"), ...invoiceFields }),
  z.object({ intent: z.literal("dispute"), ...invoiceFields }),
  z.object({ intent: z.literal("reverse"), reason }),
  z.object({
    intent: z.literal("mark-paid"),
    day: z.string().refine((day) => startOfNamedDay(day, "UTC") !== null, "Choose a date."),
    reference: z.string().trim().max(60, "Use at most 60 characters."),
  }),
  z.object({ intent: z.literal("remove-paid"), reason }),
  z.object({
    intent: z.literal("budget"),
    amount: z.string().refine((text) => text.trim() === "" || (parseMoney(text) ?? 0) > 0, "Enter an amount such as 3,000.00, or leave it empty for no limit."),
  }),
  MessageForm,
]);
type JobForm = z.output<typeof JobForm>;
type Deciding = Exclude<JobForm, { intent: "message" | "budget" | "call-off" }>;

const doneMessages: Record<Deciding["intent"], string> = {
  recall: "Job recalled. The vendor was notified.",
  "approve-estimate": "Estimate approved. The vendor can start.",
  "decline-estimate": "Estimate declined. The vendor can see your feedback.",
  "approve-invoice": "Invoice approved. The cost is on the work order.",
  dispute: "Invoice disputed. The vendor can see the reason.",
  "mark-paid": "Marked as paid.",
  "remove-paid": "The mark is removed. The invoice is to be paid again.",
  reverse: "Approval reversed. The cost is off the work order.",
};

const orderMessages: Record<OrderThen, string> = {
  "goes-on": " Work on the order resumes.",
  "as-it-was": "",
  "moved-meanwhile": " Someone just moved the work order: check its state.",
};

/** Runs one form of the job's page, and waits until its side effects have gone out. */
async function runVendorJobCommand({ services, session, params, form }: Authed<"staff", JobForm>) {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const values = asTyped(form);
  if (form.intent === "message") return sendMessage(services, id, form);
  if (form.intent === "budget") {
    const { job } = orNotFound(await readVendorJobRecord(services.db, id, services.clock.now()));
    const set = await setOutsideBudget(services, job.workOrderId, form.amount.trim() === "" ? null : parseMoney(form.amount));
    if (!set.ok) return problem(409, { message: "Someone else just changed this limit. Here is the latest version. Your entries are still here.", values });
    await services.drainNow();
    return done(form.amount.trim() === "" ? "Limit removed." : "Limit set.");
  }
  if (form.intent === "call-off") {
    const goesOn = form.goesOn === undefined ? null : form.goesOn === "yes";
    const called = await callOffJob(services, id, { ...form, pays: form.pays === "on", goesOn });
    if (!called.ok) return refusedJob(called.error, "Someone else", session.organization, values);
    await services.drainNow();
    return done(`Job canceled. The vendor was notified.${orderMessages[called.value.order]}`);
  }
  const markup = markupIn(form);
  if (markup === "wrong")
    return problem(422, {
      message: "Fix the highlighted fields.",
      fields: { markup: `Enter a percentage from 0 to ${MOST_OUTSIDE_MARKUP / 100}, such as 20.` },
      values,
    });
  const changed = await changeVendorJob(services, id, asked(form, markup, newId("entry", services.clock.now())));
  if (!changed.ok) return refusedJob(changed.error, "Someone else", session.organization, values);
  await services.drainNow();
  return done(doneMessages[form.intent]);
}

/** The markup on the customer's line. A form without the field means the customer is not charged. */
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

export const commands = staff.action("vendor-job:manage", JobForm, runVendorJobCommand);
