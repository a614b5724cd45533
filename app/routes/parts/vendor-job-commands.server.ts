import * as z from "zod";
import type { Portal } from "~/kernel/audience";
import { err, ok, type Result } from "~/kernel/result";
import { formatBudgetImpact } from "~/modules/vendor-jobs/budget/budget";
import type { Asked } from "~/modules/vendor-jobs/change-vendor-job.server";
import type { Refusal } from "~/modules/vendor-jobs/decide";
import { readCharges } from "~/modules/vendor-jobs/invoicing/vendor-charges-form";
import { postMessage } from "~/modules/vendor-jobs/post-message.server";
import type { Authed } from "~/platform/http/authed.server";
import { noFields } from "~/platform/http/commands.server";
import { idField, requiredText } from "~/platform/http/fields.server";
import { asTyped } from "~/platform/http/form.server";
import { exceededQuota } from "~/platform/http/quotas.server";
import { type Answer, invalid, type OwnRefusal } from "~/platform/http/refusals.server";

// Shared by the shop's and the vendor's pages of a job.

const note = z.string().trim().max(2_000, "Use at most 2,000 characters.");
export type AnswerForm<Schema extends z.ZodType> = { form: Schema; asked(form: z.output<Schema>): Result<Asked, ReturnType<typeof invalid>> };
const answerForm = <Schema extends z.ZodType>(form: Schema, asked: AnswerForm<Schema>["asked"]): AnswerForm<Schema> => ({ form, asked });

/** What a vendor can answer in its portal, or staff on its behalf: its form, and the command that it asks for. */
export const answers = {
  accept: answerForm(noFields, () => ok({ intent: "accept" })),
  decline: answerForm(z.object({ reason: z.string().trim().max(500, "Use at most 500 characters.").default("") }), ({ reason }) =>
    ok({ intent: "decline", reason }),
  ),
  "submit-estimate": answerForm(z.looseObject({ note }), (form) => {
    const read = readCharges(asTyped(form));
    return read.ok ? ok({ intent: "submit-estimate", charges: { lines: read.lines, tax: read.tax, note: form.note } }) : err(invalid(read.fields));
  }),
  withdraw: answerForm(noFields, () => ok({ intent: "withdraw" })),
  complete: answerForm(z.object({ note }), (form) => ok({ intent: "complete", note: form.note })),
  "submit-invoice": answerForm(z.looseObject({ reference: z.string().trim().max(40, "Use at most 40 characters."), note }), (form) => {
    const read = readCharges(asTyped(form));
    const { reference } = form;
    return read.ok ? ok({ intent: "submit-invoice", reference, charges: { lines: read.lines, tax: read.tax, note: form.note } }) : err(invalid(read.fields));
  }),
  "withdraw-invoice": answerForm(noFields, () => ok({ intent: "withdraw-invoice" })),
} as const;

export const messageForm = z.object({
  id: idField("event", "Something was missing from that form. Reload the page and try again."),
  text: requiredText(2_000, "Write the message first."),
});

/** Posts a message about a job, as far as the quota of mails allows. */
export async function sendMessage({ services, id, form }: Authed<"staff", z.output<typeof messageForm>> | Authed<"vendor", z.output<typeof messageForm>>) {
  const over = await exceededQuota(services, "mail");
  if (over) return err(over);
  const posted = await postMessage(services, id("vendorJob"), { messageId: form.id, text: form.text });
  return posted.ok ? ok({ sent: form.id }) : posted;
}

/** What a refused command on a job answers, beside the refusals that all pages share. */
export function jobRefusal(refusal: OwnRefusal<Refusal>, { session }: Pick<Authed<Portal>, "session">): Answer {
  if (refusal.kind === "incomplete") return { status: 422, message: refusal.message, fields: { [refusal.field]: refusal.message } };
  const over = refusal.over.map((one) => formatBudgetImpact(one, session.organization)).join("; ");
  return { status: 409, message: "This goes over a budget.", fields: { override: `Over budget. ${over}. Enter a reason to go over it, or decline.` } };
}
