import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { DAY, dayOf, later } from "~/kernel/time";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { addCannedGroup } from "~/modules/estimates/add-canned-group.server";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import type { Refusal } from "~/modules/estimates/command";
import { answerFields, readAnswer } from "~/modules/estimates/decisions/answer-form";
import { describeRecipients } from "~/modules/estimates/format";
import { headFields, headOf, lastDayRefusal, USUAL_DAYS } from "~/modules/estimates/head-form";
import { messageFields, readMessageForm } from "~/modules/estimates/messages/message-form";
import { writeMessage } from "~/modules/estimates/messages/write-message.server";
import type { Authed } from "~/platform/http/authed.server";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { addressOf } from "~/platform/http/origin.server";
import { idTaken, orNotFound, problem } from "~/platform/http/problem.server";
import { overQuota } from "~/platform/http/quotas.server";
import { readEstimateRecord } from "~/queries/staff/estimate-record.server";

const seen = z.coerce.number().int().positive();
/** Everything the shop can do on an estimate's page. */
const EstimateForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("head"), version: seen, ...headFields }),
  z.object({ intent: z.literal("remove-job"), version: seen, job: z.string() }),
  z.object({ intent: z.literal("send"), version: seen }),
  z.object({ intent: z.literal("revise") }),
  z.looseObject({
    intent: z.literal("answer"),
    revision: seen,
    how: z.enum(["phone", "in person"], "Choose how the customer answered."),
    ...answerFields,
  }),
  z.object({ intent: z.literal("canned"), job: z.string(), canned: z.string() }),
  z.looseObject(messageFields),
]);
type EstimateForm = z.output<typeof EstimateForm>;

const SENDING: ReadonlySet<string> = new Set(["send", "revise", "answer"]);
const SENDERS = { message: "Only an owner or manager can send estimates and record answers." };

/** Runs one form of the estimate's page, and waits until its side effects have gone out. */
async function runEstimateCommand({ services, session, params, request, form }: Authed<"staff", EstimateForm>) {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const { zone } = session.organization;
  const { name, role } = session.membership;
  const values = asTyped(form);
  if (SENDING.has(form.intent) && !may("staff", role, "estimate:send")) return problem(403, SENDERS);
  switch (form.intent) {
    case "head": {
      const tooLate = lastDayRefusal(form.validThrough, dayOf(services.clock.now(), zone));
      if (tooLate) return problem(422, { message: tooLate, fields: { validThrough: tooLate }, values });
      return answered(await changeEstimate(services, id, { intent: "write-head", seen: form.version, head: headOf(form) }));
    }
    case "remove-job": {
      const groupId = orNotFound(parseId("job", form.job));
      return answered(await changeEstimate(services, id, { intent: "remove-group", seen: form.version, groupId }));
    }
    case "canned": {
      const added = await addCannedGroup(services, id, {
        groupId: orNotFound(parseId("job", form.job)),
        cannedJobId: orNotFound(parseId("cannedJob", form.canned)),
      });
      return answered(added);
    }
    case "message": {
      const message = readMessageForm(form);
      if ("problem" in message) return problem(422, { message: message.problem, values });
      const written = await writeMessage(services, { ...message, estimateId: id });
      if (!written.ok && written.error.kind === "over-quota") return overQuota(written.error, values);
      if (!written.ok && written.error.kind === "id-taken") return idTaken(values);
      return written.ok
        ? { problem: null, done: "Message sent to the customer." }
        : problem(404, { message: "Send the estimate before you write to the customer." });
    }
    case "send": {
      const sent = await changeEstimate(services, id, { intent: "send", seen: form.version });
      if (!sent.ok) return answered(sent);
      await services.drainNow();
      const recipients = await contactRecipients(services.db, sent.value.customerId, "estimate");
      return { problem: null, done: describeRecipients(recipients), tone: recipients.length === 0 ? ("amber" as const) : ("green" as const) };
    }
    case "revise": {
      const validThrough = dayOf(later(services.clock.now(), USUAL_DAYS * DAY), zone);
      return answered(
        await changeEstimate(services, id, { intent: "revise", validThrough }),
        "Edit the new revision and send it. Until then the customer sees the previous one.",
      );
    }
    case "answer": {
      const { estimate } = orNotFound(await readEstimateRecord(services.db, id));
      const { offer } = orNotFound(estimate.revisions.find(({ revision }) => revision === form.revision));
      const from = {
        who: form.signed,
        how: form.how,
        recordedBy: name,
        email: null,
        ip: addressOf(request),
        userAgent: request.headers.get("User-Agent")?.slice(0, 300) ?? null,
      };
      const answer = readAnswer(form, orNotFound(offer).snapshot);
      if (!answer.ok) return problem(422, { message: answer.error, values });
      return answered(await changeEstimate(services, id, { intent: "answer", revision: form.revision, answer: answer.value, from }), "Answer recorded.");
    }
  }

  async function answered(result: Awaited<ReturnType<typeof changeEstimate>>, message: string | null = null) {
    if (!result.ok) return refusal(result.error);
    await services.drainNow();
    return { problem: null, done: message };
  }

  function refusal(error: Refusal) {
    switch (error.kind) {
      case "right":
        return problem(403, { message: rightRefusalMessage(error.refusal, session.organization), values });
      case "incomplete":
        return problem(422, { message: error.message, values });
      case "not-allowed":
      case "expired":
        return problem(409, { message: error.message, values });
      case "stale":
        return problem(409, { message: "Someone else just changed this. Here is the latest version. Your entries are still here.", values });
      default:
        return problem(404, { message: "That doesn't exist anymore. Reload the page." });
    }
  }
}

export const commands = staff.action("estimate:write", EstimateForm, runEstimateCommand);
