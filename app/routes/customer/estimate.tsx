import { Download, Users } from "lucide-react";
import { Form, Link, redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { unitName } from "~/modules/assets/unit-facts";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayDecide, mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { PartyFacts } from "~/modules/customers/parties.view";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import type { Refusal } from "~/modules/estimates/command";
import { answerFields, readAnswer } from "~/modules/estimates/decisions/answer-form";
import { TOO_LOW } from "~/modules/estimates/decisions/answer-revision";
import { isExpired } from "~/modules/estimates/estimate";
import { AnswerForm, EstimateSheet, stateTones } from "~/modules/estimates/estimate.view";
import { totalAfter } from "~/modules/estimates/estimate-snapshot";
import { describeDecision, estimateNumber } from "~/modules/estimates/format";
import { messageFields, readMessageForm } from "~/modules/estimates/messages/message-form";
import { type Message, MessageForm, MessageThread } from "~/modules/estimates/messages/message-thread.view";
import { readMessages } from "~/modules/estimates/messages/messages.read.server";
import { writeMessage } from "~/modules/estimates/messages/write-message.server";
import { stateLabels } from "~/modules/estimates/revision";
import { asTyped } from "~/platform/http/form.server";
import { customer } from "~/platform/http/guards.server";
import { addressOf } from "~/platform/http/origin.server";
import { idTaken, orNotFound, problem, refuse } from "~/platform/http/problem.server";
import { exceededQuota, overQuota } from "~/platform/http/quotas.server";
import { countAble, readPortalEstimate } from "~/queries/customer/estimates.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { DrawnSignature } from "~/ui/signature-pad";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";

export const meta = ({ loaderData }: { loaderData?: { estimate: { snapshot: { number: number } } } }) => [
  { title: loaderData ? `Estimate ${estimateNumber(loaderData.estimate.snapshot.number)}` : "Estimate" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = customer.loader("estimate:read", async ({ services, session, scope, params, url }) => {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const { zone } = session.organization;
  const rights = await readContactRights(services.db);
  const right = mayUse(rights, "documents");
  if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
  const wanted = /^\d{1,4}$/.exec(url.searchParams.get("revision") ?? "")?.[0];
  const { isSeen, ...estimate } = orNotFound(await readPortalEstimate(services.db, id, wanted ? Number(wanted) : null));
  if (!isSeen && !scope.readOnly) {
    // If recording the view fails, the next visit records it.
    const viewed = await changeEstimate(services, id, { intent: "view", revision: estimate.snapshot.revision, by: session.membership.name });
    if (viewed.ok) services.drainSoon();
  }
  const now = services.clock.now();
  const whole = mayDecide(rights, totalAfter(estimate.snapshot));
  return {
    estimate,
    isExpired: isExpired(estimate.snapshot.validThrough, now, zone),
    mayAnswer: rights.decide && !scope.readOnly,
    mayMessage: !scope.readOnly,
    messages: await readMessages(services.db, id),
    fresh: newId("message", now),
    /** Why this person can't approve the whole estimate; approving a part may still be within the limit. */
    over: whole.ok ? null : rightRefusalMessage(whole.error, session.organization),
    person: session.membership.name,
  };
});

const EstimateAnswerForm = z.discriminatedUnion("intent", [
  z.looseObject({ intent: z.literal("answer"), revision: z.coerce.number().int().positive(), ...answerFields }),
  z.object({ intent: z.literal("ask-colleague"), revision: z.coerce.number().int().positive() }),
  z.looseObject({ intent: z.literal("message"), ...messageFields }),
]);

export const action = customer.action("estimate:answer", EstimateAnswerForm, async ({ services, session, scope, params, request, form }) => {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const values = asTyped(form);
  const right = mayUse(await readContactRights(services.db), "documents");
  if (!right.ok) return problem(403, { message: rightRefusalMessage(right.error, session.organization), values });

  if (form.intent === "message") {
    const message = readMessageForm(form);
    if ("problem" in message) return problem(422, { message: message.problem, values });
    const written = await writeMessage(services, { ...message, estimateId: id });
    if (!written.ok && written.error.kind === "over-quota") return overQuota(written.error, values);
    if (!written.ok && written.error.kind === "id-taken") return idTaken(values);
    if (!written.ok) throw new Response("Not found", { status: 404 });
    return { problem: null, done: "Question sent to the shop. You'll get the answer here and by email." };
  }
  if (form.intent === "ask-colleague") {
    const estimate = orNotFound(await readPortalEstimate(services.db, id, form.revision));
    if ((await countAble(services.db, totalAfter(estimate.snapshot))) === 0)
      return problem(409, { message: "None of your people can approve this much here. Call the shop. They can record your answer or raise a limit." });
    const over = await exceededQuota(services, "mail");
    if (over) return overQuota(over, values);
    const asked = await changeEstimate(services, id, { intent: "ask-colleague", revision: form.revision, by: session.membership.name });
    if (!asked.ok) return refusal(asked.error);
    return { problem: null, done: "We emailed your colleagues who can approve this." };
  }
  const { snapshot } = orNotFound(await readPortalEstimate(services.db, id, form.revision));
  const from = {
    who: form.signed,
    how: "portal",
    recordedBy: null,
    email: scope.email,
    ip: addressOf(request),
    userAgent: request.headers.get("User-Agent")?.slice(0, 300) ?? null,
  } as const;
  const answer = readAnswer(form, snapshot);
  if (!answer.ok) return problem(422, { message: answer.error, values });
  const answered = await changeEstimate(services, id, { intent: "answer", revision: form.revision, answer: answer.value, from });
  if (!answered.ok) return refusal(answered.error);
  await services.drainNow();
  throw redirect(paths.customer.estimate(id));

  function refusal(error: Refusal) {
    switch (error.kind) {
      case "right":
        return problem(403, { message: rightRefusalMessage(error.refusal, session.organization), values });
      case "incomplete": {
        const field = values.choice === "ask" ? "note" : error.message === TOO_LOW ? "notToExceed" : null;
        return problem(422, { message: error.message, values, ...(field ? { fields: { [field]: error.message } } : {}) });
      }
      case "not-allowed":
      case "expired":
        return problem(409, { message: error.message, values });
      case "stale":
        return problem(409, { message: "Someone else just answered this estimate. Here is the latest version.", values });
      default:
        throw new Response("Not found", { status: 404 });
    }
  }
});

export default function PortalEstimate() {
  const { estimate, isExpired: isOver, mayAnswer, mayMessage, messages, fresh, over, person } = useLoaderData<typeof loader>();
  const format = useFormat();
  const { day, money } = format;
  const result = useFormResult<typeof action>();
  const problemNow = result?.problem;
  const thread = { messages, as: "customer" as const, closed: !mayMessage, typed: problemNow?.values };
  const sheet = {
    photoAt: (photoId: string) => ({
      full: paths.customer.estimatePhoto(estimate.id, photoId),
      small: paths.customer.estimatePhoto(estimate.id, photoId, "small"),
    }),
    threadOf: (line: { id: Message["lineId"] & string; text: string }) => <MessageThread lineId={line.id} of={line.text} {...thread} />,
  };
  const { snapshot, decision, state } = estimate;
  const isOpen = state === "sent";
  const isForm = isOpen && !isOver && mayAnswer;
  return (
    <>
      <PageHeader
        title={money(snapshot.charges.total)}
        mark={<UnitPlate number={snapshot.unitNumber} size="medium" />}
        state={
          <StateMark tone={isOpen && isOver ? "amber" : stateTones[state]} label={isOpen ? (isOver ? "Expired" : "Needs your decision") : stateLabels[state]} />
        }
      />
      <PageBody>
        <div>
          <p className="font-semibold">{snapshot.title}</p>
          <p className="text-ink-soft">
            {estimateNumber(snapshot.number)}
            {estimate.newest > 1 && `, revision ${snapshot.revision}`} · {unitName(snapshot.unitFacts) || `unit ${snapshot.unitNumber}`}
            {isOpen && !isOver && ` · valid until ${day(snapshot.validThrough)}`}
          </p>
        </div>
        <FormResult result={result} />
        {state === "superseded" && (
          <Notice tone="amber" title="The shop replaced this estimate with a newer one.">
            <Link to={paths.customer.estimate(estimate.id)} className="inline-flex min-h-(--target) items-center underline">
              View revision {estimate.newest}
            </Link>
          </Notice>
        )}
        {isOpen && isOver && (
          <Notice tone="amber" title={`This estimate was valid until ${day(snapshot.validThrough)}.`}>
            <p>You can't approve it anymore. If you still want the work, call the shop to send it again.</p>
          </Notice>
        )}
        {isOpen && !isOver && over && (
          <Notice tone="amber" title={over}>
            {estimate.asked ? (
              <p>
                {estimate.asked.by} asked your colleagues, <Moment at={estimate.asked.at} />.
              </p>
            ) : (
              mayAnswer && (
                <Form method="post" className="pt-1">
                  <input type="hidden" name="intent" value="ask-colleague" />
                  <input type="hidden" name="revision" value={snapshot.revision} />
                  <SubmitButton kind="quiet" icon={Users} pendingLabel="Asking">
                    Ask a colleague
                  </SubmitButton>
                </Form>
              )
            )}
          </Notice>
        )}
        {decision && (
          <Notice tone={stateTones[decision.outcome]} title={describeDecision(decision, snapshot, format)}>
            <p>
              <Moment at={decision.at} />
              {decision.how === "portal" ? "" : `, ${decision.how === "phone" ? "by phone" : "in person"}`}
              {decision.purchaseOrder && `, your PO number ${decision.purchaseOrder}`}
              {decision.notToExceed !== null && `, not to exceed ${money(decision.notToExceed)}`}
            </p>
            {decision.note && <p className="whitespace-pre-line">“{decision.note}”</p>}
            {decision.drawn && <DrawnSignature path={decision.drawn} of={decision.who} />}
          </Notice>
        )}
        {isForm ? (
          <AnswerForm
            snapshot={snapshot}
            typed={problemNow?.values}
            errors={problemNow?.fields}
            signed={{ label: "Your name, as your signature", value: person }}
            needsPurchaseOrder={estimate.needsPurchaseOrder}
            blocked={over && "Over your limit"}
            {...sheet}
            {...money}
          />
        ) : (
          <EstimateSheet snapshot={snapshot} decision={decision} {...sheet} {...money} />
        )}
        <Section title="Addresses and terms">
          <Facts>
            <PartyFacts billTo={snapshot.billTo} shop={snapshot.shop} />
          </Facts>
        </Section>
        <div>
          <ButtonLink to={paths.customer.estimatePdf(estimate.id, snapshot.revision)} reloadDocument icon={Download}>
            Download PDF
          </ButtonLink>
        </div>
        {(mayMessage || messages.some(({ lineId }) => lineId === null)) && (
          <Section title="Messages">
            <MessageThread lineId={null} of="the whole estimate" {...thread} />
          </Section>
        )}
        {mayMessage && <MessageForm key={fresh} fresh={fresh} />}
        {estimate.newest > 1 && (
          <nav aria-label="Revisions" className="flex flex-wrap items-center gap-x-4">
            {Array.from({ length: estimate.newest }, (_, at) => estimate.newest - at)
              .filter((revision) => revision !== snapshot.revision)
              .map((revision) => (
                <Link key={revision} to={`?revision=${revision}`} className="inline-flex min-h-(--target) items-center text-accent underline">
                  Revision {revision}
                </Link>
              ))}
          </nav>
        )}
      </PageBody>
    </>
  );
}
