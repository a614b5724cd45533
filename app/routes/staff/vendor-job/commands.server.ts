import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { type BasisPoints, parseMoney, parsePercent } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { startOfNamedDay } from "~/kernel/time";
import { MOST_OUTSIDE_MARKUP } from "~/modules/organizations/shop-rules/shop-rules";
import { addOrderPhotos } from "~/modules/vendor-jobs/assignment/add-order-photos.server";
import { chosenIn, photoField } from "~/modules/vendor-jobs/assignment/asked-lines";
import { setOutsideBudget } from "~/modules/vendor-jobs/budget/set-outside-budget.server";
import { callOffJob, type OrderThen } from "~/modules/vendor-jobs/cancel-job.server";
import { type Asked, changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { readVendorJobRecord } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { invalid } from "~/platform/http/refusals.server";
import { jobRefusal, messageForm, sendMessage } from "../../parts/vendor-job-commands.server";

const permission = "vendor-job:manage";
const nth = z.coerce.number().int().positive();
const reason = z.string().trim().max(1_000, "Use at most 1,000 characters.").default("");
const reasonForm = z.object({ reason });
const estimateForm = z.object({ revision: nth, feedback: reason, override: reason });
const invoiceForm = z.object({ submission: nth, reason, varianceReason: reason, override: reason, markup: z.string().optional() });
const paidForm = z.object({
  day: z.string().refine((day) => startOfNamedDay(day, "UTC") !== null, "Choose a date."),
  reference: z.string().trim().max(60, "Use at most 60 characters."),
});

const orderMessages: Record<OrderThen, string> = {
  "goes-on": " Work on the order resumes.",
  "as-it-was": "",
  "moved-meanwhile": " Someone just moved the work order: check its state.",
};

type Args<Schema extends z.ZodType> = Authed<"staff", z.output<Schema>>;
type Wish = Result<Asked, ReturnType<typeof invalid>>;

/** One of the shop's decisions about a job, which the vendor is mailed about before the page answers. */
const decision = <Schema extends z.ZodType>(form: Schema, asked: (args: Args<Schema>) => Wish, done: string) =>
  staff.command({
    permission,
    form,
    async run(args) {
      const wish = asked(args);
      return wish.ok ? changeVendorJob(args.services, args.id("vendorJob"), wish.value) : wish;
    },
    done,
    drain: "before-answer",
    refuse: jobRefusal,
  });

/** Everything that can be done on a vendor job's page. */
export const commands = staff.commands({
  recall: decision(reasonForm, ({ form }) => ok({ intent: "recall", ...form }), "Job recalled. The vendor was notified."),
  "call-off": staff.command({
    permission,
    form: z.object({ seen: nth, reason, pays: z.literal("on").optional(), goesOn: z.enum(["yes", "no"]).optional() }),
    run({ services, id, form: { pays, goesOn, ...form } }) {
      const resumes = goesOn === undefined ? null : goesOn === "yes";
      return callOffJob(services, id("vendorJob"), { intent: "call-off", ...form, pays: pays === "on", goesOn: resumes });
    },
    done: ({ order }) => `Job canceled. The vendor was notified.${orderMessages[order]}`,
    drain: "before-answer",
    refuse: jobRefusal,
  }),
  "approve-estimate": decision(estimateForm, ({ form }) => ok({ intent: "approve-estimate", ...form }), "Estimate approved. The vendor can start."),
  "decline-estimate": decision(estimateForm, ({ form }) => ok({ intent: "decline-estimate", ...form }), "Estimate declined. The vendor can see your feedback."),
  "approve-invoice": decision(
    invoiceForm,
    ({ form, services }) => {
      const markup = markupIn(form.markup);
      if (markup === "wrong") return err(invalid({ markup: `Enter a percentage from 0 to ${MOST_OUTSIDE_MARKUP / 100}, such as 20.` }));
      return ok({ intent: "approve-invoice", ...form, markup, entryId: newId("entry", services.clock.now()) });
    },
    "Invoice approved. The cost is on the work order.",
  ),
  dispute: decision(invoiceForm, ({ form }) => ok({ intent: "dispute", ...form }), "Invoice disputed. The vendor can see the reason."),
  reverse: decision(
    reasonForm,
    ({ form, services }) => ok({ intent: "reverse", ...form, entryId: newId("entry", services.clock.now()) }),
    "Approval reversed. The cost is off the work order.",
  ),
  "mark-paid": decision(paidForm, ({ form }) => ok({ intent: "mark-paid", ...form }), "Marked as paid."),
  "remove-paid": decision(reasonForm, ({ form }) => ok({ intent: "remove-paid", ...form }), "The mark is removed. The invoice is to be paid again."),
  budget: staff.command({
    permission,
    form: z.object({
      amount: z
        .string()
        .refine((text) => text.trim() === "" || (parseMoney(text) ?? 0) > 0, "Enter an amount such as 3,000.00, or leave it empty for no limit."),
    }),
    async run({ services, id, form: { amount } }) {
      const { job } = orNotFound(await readVendorJobRecord(services.db, id("vendorJob"), services.clock.now()));
      return setOutsideBudget(services, job.workOrderId, amount.trim() === "" ? null : parseMoney(amount));
    },
    done: (_, { form: { amount } }) => (amount.trim() === "" ? "Limit removed." : "Limit set."),
    drain: "before-answer",
    refusals: { stale: "Someone else just changed this limit. Here is the latest version. Your entries are still here." },
  }),
  /** Photos of the order that this vendor gets as well. No other vendor of the order sees them. */
  photos: staff.command({
    permission,
    form: z.looseObject({}),
    run: ({ services, id, form }) =>
      addOrderPhotos(
        services,
        id("vendorJob"),
        chosenIn(form, photoField).flatMap((photo) => parseId("attachment", photo) ?? []),
      ),
    done: ({ added }) =>
      added === 0
        ? "No photo was added. Choose one that the vendor doesn't have yet."
        : added === 1
          ? "Photo added for this vendor."
          : `${added} photos added for this vendor.`,
  }),
  message: staff.command({
    permission,
    form: messageForm,
    run: sendMessage,
    done: ({ sent }) => ({ done: "Message sent.", sent }),
    drain: "before-answer",
  }),
});

/** The markup on the customer's line. A form without the field means the customer is not charged. */
function markupIn(typed: string | undefined): BasisPoints | null | "wrong" {
  if (typed === undefined) return null;
  const markup = parsePercent(typed.trim() || "0");
  return markup === null || markup < 0 || markup > MOST_OUTSIDE_MARKUP ? "wrong" : markup;
}
