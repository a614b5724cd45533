import type * as z from "zod";
import { err } from "~/kernel/result";
import { changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { vendor } from "~/platform/http/guards.server";
import { exceededQuota } from "~/platform/http/quotas.server";
import { type AnswerForm, answers, jobRefusal, messageForm, sendMessage } from "../../parts/vendor-job-commands.server";

/** One of the vendor's answers, which the shop is mailed about before the page answers. */
const answer = <Schema extends z.ZodType>({ form, asked }: AnswerForm<Schema>, done: string) =>
  vendor.command({
    permission: "job:answer",
    form,
    async run({ services, id, form: given }) {
      const read = asked(given);
      if (!read.ok) return read;
      const over = await exceededQuota(services, "mail");
      return over ? err(over) : changeVendorJob(services, id("vendorJob"), read.value);
    },
    done,
    drain: "before-answer",
    refuse: jobRefusal,
  });

/** Everything a vendor can do on its page of a job. */
export const commands = vendor.commands({
  accept: answer(answers.accept, "Job accepted. The shop was notified."),
  decline: answer(answers.decline, "Job declined. The shop was notified."),
  "submit-estimate": answer(answers["submit-estimate"], "Estimate sent to the shop."),
  withdraw: answer(answers.withdraw, "Estimate withdrawn. The shop can't approve it anymore."),
  complete: answer(answers.complete, "Job marked complete. The shop was notified."),
  "submit-invoice": answer(answers["submit-invoice"], "Invoice sent to the shop."),
  "withdraw-invoice": answer(answers["withdraw-invoice"], "Invoice withdrawn. Correct it and send it again."),
  message: vendor.command({
    permission: "job:answer",
    form: messageForm,
    run: sendMessage,
    done: ({ sent }) => ({ done: "Message sent.", sent }),
    drain: "before-answer",
  }),
});
