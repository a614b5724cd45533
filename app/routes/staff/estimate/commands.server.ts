import * as z from "zod";
import { type Cents, toCents } from "~/kernel/money";
import { err, type Result } from "~/kernel/result";
import { DAY, dayOf, later } from "~/kernel/time";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { askedFirst, backupOf } from "~/modules/estimates/answer-clock";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { answerFields, readAnswer } from "~/modules/estimates/decisions/answer-form";
import { type Estimate, latestSent } from "~/modules/estimates/estimate";
import { describeRecipients } from "~/modules/estimates/format";
import { headFields, headOf, headRefusal, USUAL_DAYS } from "~/modules/estimates/head-form";
import { readOfferedJobs } from "~/modules/estimates/line-choice";
import { messageFields, readMessageForm } from "~/modules/estimates/messages/message-form";
import { writeMessage } from "~/modules/estimates/messages/write-message.server";
import type { Authed } from "~/platform/http/authed.server";
import { requiredText, seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { addressOf } from "~/platform/http/origin.server";
import { orNotFound } from "~/platform/http/problem.server";
import { invalid, missing, unreadable } from "~/platform/http/refusals.server";
import { readDeciders, readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { notEmailed, splitByFault } from "~/queries/staff/mail-history.server";
import { answerRefusal, estimateRefusal } from "../../parts/estimate-refusal.server";

type MessageRefusal = { kind: "unreadable"; message: string } | Extract<Awaited<ReturnType<typeof writeMessage>>, { ok: false }>["error"];

const total = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform((text): Cents => toCents(Number(text)));

async function whoGotIt(services: Authed<"staff">["services"], estimate: Estimate) {
  const { customerId } = estimate;
  const [people, deciders] = await Promise.all([contactRecipients(services.db, customerId, "estimate"), readDeciders(services.db, customerId)]);
  const latest = latestSent(estimate);
  const recipients = askedFirst(people, latest && backupOf(latest));
  const { reached, failing } = await splitByFault(
    services.db,
    recipients.map(({ email }) => email),
  );
  const sent = reached.length === 0 && failing.length > 0 ? "It is in the portal." : describeRecipients(reached, deciders);
  const isComplete = reached.length > 0 && failing.length === 0;
  return { done: `${sent}${notEmailed(failing)}`, tone: isComplete ? ("green" as const) : ("amber" as const) };
}

export const commands = staff.commands({
  save: staff.command({
    permission: "estimate:write",
    form: z.looseObject({ version: seenVersion, ...headFields }),
    async run({ services, session, id, form }) {
      const refused = headRefusal(form, dayOf(services.clock.now(), session.organization.zone));
      if (refused) return err(invalid(refused));
      const { order } = orNotFound(await readEstimateRecord(services, id("estimate")));
      const read = readOfferedJobs(form, order.jobs);
      if (!read.ok) return err(invalid(read.fields));
      return changeEstimate(services, id("estimate"), { intent: "write", seen: form.version, head: headOf(form), jobs: read.jobs });
    },
    done: "Draft saved.",
    refuse: estimateRefusal,
  }),
  send: staff.command({
    permission: "estimate:send",
    form: z.object({ version: seenVersion, total }),
    run: ({ services, id, form }) => changeEstimate(services, id("estimate"), { intent: "send", seen: form.version, total: form.total }),
    done: (sent, { services }) => whoGotIt(services, sent),
    drain: "before-answer",
    refuse: estimateRefusal,
  }),
  "send-again": staff.command({
    permission: "estimate:send",
    form: z.object({}),
    run: ({ services, id }) => changeEstimate(services, id("estimate"), { intent: "send-again" }),
    done: (sent, { services }) => whoGotIt(services, sent),
    drain: "before-answer",
    refuse: estimateRefusal,
  }),
  revise: staff.command({
    permission: "estimate:send",
    form: z.object({}),
    run({ services, session, id }) {
      const validThrough = dayOf(later(services.clock.now(), USUAL_DAYS * DAY), session.organization.zone);
      return changeEstimate(services, id("estimate"), { intent: "revise", validThrough });
    },
    done: "Edit the new revision and send it. Until then the customer sees the previous one.",
    refuse: estimateRefusal,
  }),
  withdraw: staff.command({
    permission: "estimate:send",
    form: z.object({ why: requiredText(300, "Enter the reason. If it was sent, the customer reads it.") }),
    run: ({ services, id, form }) => changeEstimate(services, id("estimate"), { intent: "withdraw", why: form.why }),
    done: "Estimate withdrawn. Its lines can go on another one.",
    refuse: estimateRefusal,
  }),
  answer: staff.command({
    permission: "estimate:send",
    form: z.looseObject({
      revision: z.coerce.number().int().positive(),
      how: z.enum(["phone", "in person"], "Choose how the customer answered."),
      ...answerFields,
    }),
    async run({ services, session, request, id, form }) {
      const { estimate } = orNotFound(await readEstimateRecord(services, id("estimate")));
      const { offer } = orNotFound(estimate.revisions.find(({ revision }) => revision === form.revision));
      const answer = readAnswer(form, orNotFound(offer).snapshot);
      if (!answer.ok) return err({ kind: "incomplete" as const, message: answer.error });
      const from = {
        who: form.signed,
        how: form.how,
        recordedBy: session.membership.name,
        email: null,
        ip: addressOf(request),
        userAgent: request.headers.get("User-Agent")?.slice(0, 300) ?? null,
      };
      return changeEstimate(services, id("estimate"), { intent: "answer", revision: form.revision, answer: answer.value, from });
    },
    done: "Answer recorded.",
    refuse: answerRefusal,
  }),
  message: staff.command({
    permission: "estimate:write",
    form: z.looseObject(messageFields),
    async run({ services, id, form }): Promise<Result<null, MessageRefusal>> {
      const message = readMessageForm(form);
      if ("problem" in message) return err({ kind: "unreadable", message: message.problem });
      return writeMessage(services, { ...message, estimateId: id("estimate") });
    },
    done: "Message sent to the customer.",
    refusals: {
      unreadable: ({ message }) => unreadable(message),
      "not-found": missing("Send the estimate before you write to the customer."),
    },
  }),
});
