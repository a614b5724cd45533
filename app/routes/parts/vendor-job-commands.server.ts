import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { formatBudgetImpact } from "~/modules/vendor-jobs/budget/budget";
import type { Asked } from "~/modules/vendor-jobs/change-vendor-job.server";
import type { Refusal } from "~/modules/vendor-jobs/decide";
import { readCharges } from "~/modules/vendor-jobs/invoicing/vendor-charges-form";
import { postMessage } from "~/modules/vendor-jobs/post-message.server";
import type { Authed } from "~/platform/http/authed.server";
import { asTyped } from "~/platform/http/form.server";
import { problem } from "~/platform/http/problem.server";
import { exceededQuota, overQuota } from "~/platform/http/quotas.server";

// Shared by the shop's and the vendor's pages of a job.

type Done = {
  problem: null;
  done: string;
  /** The id of the posted message, if one was posted. */
  sent?: string;
};
export const done = (message: string, sent?: Id<"event">): Done => ({ problem: null, done: message, sent });

const note = z.string().trim().max(2_000, "Use at most 2,000 characters.");
/** The forms that a vendor sends in its portal, or staff on its behalf. */
export const answerForms = [
  z.object({ intent: z.literal("accept") }),
  z.object({ intent: z.literal("decline"), reason: z.string().trim().max(500, "Use at most 500 characters.").default("") }),
  z.looseObject({ intent: z.literal("submit-estimate"), note }),
  z.object({ intent: z.literal("withdraw") }),
  z.object({ intent: z.literal("complete"), note }),
  z.looseObject({ intent: z.literal("submit-invoice"), reference: z.string().trim().max(40, "Use at most 40 characters."), note }),
  z.object({ intent: z.literal("withdraw-invoice") }),
] as const;
type Answer = z.output<(typeof answerForms)[number]>;

/** The command that a form asks for, or the errors in its lines. */
export function readAnswer(form: Answer): { ok: true; command: Asked } | { ok: false; fields: Record<string, string> } {
  if (form.intent !== "submit-estimate" && form.intent !== "submit-invoice") return { ok: true, command: form };
  const read = readCharges(asTyped(form));
  if (!read.ok) return read;
  const charges = { lines: read.lines, tax: read.tax, note: form.note };
  return {
    ok: true,
    command: form.intent === "submit-estimate" ? { intent: form.intent, charges } : { intent: form.intent, reference: form.reference, charges },
  };
}

export const MessageForm = z.object({
  intent: z.literal("message"),
  id: z.string(),
  text: z.string().trim().min(1, "Write the message first.").max(2_000, "Use at most 2,000 characters."),
});

/** Posts a message about a job, and waits until the other side is notified. */
export async function sendMessage(services: (Authed<"staff"> | Authed<"vendor">)["services"], id: Id<"vendorJob">, form: z.output<typeof MessageForm>) {
  const values = asTyped(form);
  const messageId = parseId("event", form.id);
  if (!messageId) return problem(422, { message: "Something was missing from that form. Reload the page and try again.", values });
  const over = await exceededQuota(services, "mail");
  if (over) return overQuota(over, values);
  const posted = await postMessage(services, id, { messageId, text: form.text });
  if (posted.ok) {
    await services.drainNow();
    return done("Message sent.", messageId);
  }
  if (posted.error.kind === "not-found") throw new Response("Not found", { status: 404 });
  return problem(409, { message: posted.error.message, values });
}

/** The error for a job that was not changed, with the typed values. `other` names who may have changed it first. */
export function refusedJob(
  refusal: Refusal,
  other: "The shop" | "Someone else",
  { currency, locale }: { currency: string; locale: string },
  values: Record<string, string>,
) {
  switch (refusal.kind) {
    case "not-found":
      throw new Response("Not found", { status: 404 });
    case "incomplete":
      return problem(422, { message: refusal.message, fields: { [refusal.field]: refusal.message }, values });
    case "over-budget": {
      const over = refusal.over.map((one) => formatBudgetImpact(one, { currency, locale })).join("; ");
      return problem(409, {
        message: "This goes over a budget.",
        fields: { override: `Over budget. ${over}. Enter a reason to go over it, or decline.` },
        values,
      });
    }
    case "not-allowed":
      return problem(409, { message: refusal.message, values });
    case "stale":
      return problem(409, { message: `${other} just changed this. Here is the latest version.`, values });
  }
}
