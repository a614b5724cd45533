import * as z from "zod";
import { paths } from "~/kernel/paths";
import { err, type Result } from "~/kernel/result";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, type RightRefusal } from "~/modules/customers/contacts/contact-rights";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { answerFields, readAnswer } from "~/modules/estimates/decisions/answer-form";
import { totalAfter } from "~/modules/estimates/estimate-snapshot";
import { messageFields, readMessageForm } from "~/modules/estimates/messages/message-form";
import { writeMessage } from "~/modules/estimates/messages/write-message.server";
import { customer } from "~/platform/http/guards.server";
import { addressOf } from "~/platform/http/origin.server";
import { orNotFound } from "~/platform/http/problem.server";
import { exceededQuota } from "~/platform/http/quotas.server";
import { countAble, readPortalEstimate } from "~/queries/customer/estimates.server";
import { answerRefusal, estimateRefusal } from "../../parts/estimate-refusal.server";

const revision = z.coerce.number().int().positive();
const NOBODY = "None of your people can approve this much here. Call the shop. They can record your answer or raise a limit.";

/** Who may not see documents can do nothing with an estimate. */
async function mayRead({ db }: { db: Parameters<typeof readContactRights>[0] }): Promise<Result<null, Right>> {
  const right = mayUse(await readContactRights(db), "documents");
  return right.ok ? right : err({ kind: "right", refusal: right.error });
}
type Right = { kind: "right"; refusal: RightRefusal };
type MessageRefusal = Right | { kind: "incomplete"; message: string } | Extract<Awaited<ReturnType<typeof writeMessage>>, { ok: false }>["error"];

/** What a contact can do on an estimate's page. */
export const commands = customer.commands({
  answer: customer.command({
    permission: "estimate:answer",
    form: z.looseObject({ revision, ...answerFields }),
    async run({ services, scope, request, id, form }) {
      const right = await mayRead(services);
      if (!right.ok) return right;
      const { snapshot } = orNotFound(await readPortalEstimate(services.db, id("estimate"), form.revision));
      const answer = readAnswer(form, snapshot);
      if (!answer.ok) return err({ kind: "incomplete" as const, message: answer.error });
      const from = {
        who: form.signed,
        how: "portal",
        recordedBy: null,
        email: scope.email,
        ip: addressOf(request),
        userAgent: request.headers.get("User-Agent")?.slice(0, 300) ?? null,
      } as const;
      return changeEstimate(services, id("estimate"), { intent: "answer", revision: form.revision, answer: answer.value, from });
    },
    drain: "before-answer",
    goTo: ({ id }) => paths.customer.estimate(id("estimate")),
    refuse: answerRefusal,
  }),
  "ask-colleague": customer.command({
    permission: "estimate:answer",
    form: z.object({ revision }),
    async run({ services, session, id, form }) {
      const right = await mayRead(services);
      if (!right.ok) return right;
      const { snapshot } = orNotFound(await readPortalEstimate(services.db, id("estimate"), form.revision));
      if ((await countAble(services.db, totalAfter(snapshot))) === 0) return err({ kind: "not-allowed" as const, message: NOBODY });
      const over = await exceededQuota(services, "mail");
      if (over) return err(over);
      return changeEstimate(services, id("estimate"), { intent: "ask-colleague", revision: form.revision, by: session.membership.name });
    },
    done: "We emailed your colleagues who can approve this.",
    refuse: estimateRefusal,
  }),
  message: customer.command({
    permission: "estimate:answer",
    form: z.looseObject(messageFields),
    async run({ services, id, form }): Promise<Result<null, MessageRefusal>> {
      const right = await mayRead(services);
      if (!right.ok) return right;
      const message = readMessageForm(form);
      if ("problem" in message) return err({ kind: "incomplete", message: message.problem });
      return writeMessage(services, { ...message, estimateId: id("estimate") });
    },
    done: "Question sent to the shop. You'll get the answer here and by email.",
    refuse: estimateRefusal,
  }),
});
