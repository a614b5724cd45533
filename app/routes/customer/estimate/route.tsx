import { Download, Users } from "lucide-react";
import { Form, Link, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { unitName } from "~/modules/assets/unit-facts";
import { PartyFacts } from "~/modules/customers/parties.view";
import { AnswerForm } from "~/modules/estimates/answer-form.view";
import { describeDecision } from "~/modules/estimates/describe-decision";
import { EstimateSheet } from "~/modules/estimates/estimate-sheet.view";
import { estimateNumber } from "~/modules/estimates/format";
import { LaterDecisions } from "~/modules/estimates/later-decisions.view";
import { type Message, MessageForm, MessageThread } from "~/modules/estimates/messages/message-thread.view";
import { stateLabels } from "~/modules/estimates/revision";
import { stateTones } from "~/modules/estimates/state.view";
import { customer } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { DrawnSignature } from "~/ui/signature-pad";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { commands } from "./commands.server";
import { estimatePage, type PageData } from "./data.server";

export const meta = ({ loaderData }: { loaderData?: { estimate: { snapshot: { number: number } } } }) => [
  { title: loaderData ? `Estimate ${estimateNumber(loaderData.estimate.snapshot.number)}` : "Estimate" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const action = commands;

export const loader = customer.loader("estimate:read", estimatePage, action);

export default function PortalEstimate() {
  const {
    estimate,
    isExpired: isOver,
    mayAnswer,
    mayMessage,
    messages,
    fresh,
    over,
    isBlocked,
    total,
    person,
    depositReceived,
    depositDue,
    depositComing,
    payAt,
  } = useLoaderData<PageData>();
  const format = useFormat();
  const { day, money } = format;
  const result = useFormResult<typeof action>(`${estimate.state} ${estimate.newest}`);
  const thread = { messages, as: "customer" as const, closed: !mayMessage, typed: useRefusedForm<typeof action>()("message")?.typed };
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
  // Where the customer still chooses between options, no one sum is right: each option shows its own.
  const choosesOption = isForm && snapshot.groups.some(({ options }) => options);
  return (
    <>
      <PageHeader
        title={choosesOption ? snapshot.title : money(total)}
        mark={<UnitPlate number={snapshot.unitNumber} size="medium" />}
        state={
          <StateMark tone={isOpen && isOver ? "amber" : stateTones[state]} label={isOpen ? (isOver ? "Expired" : "Needs your decision") : stateLabels[state]} />
        }
      />
      <PageBody>
        <div>
          {!choosesOption && <p className="font-semibold">{snapshot.title}</p>}
          <p className="text-ink-soft">
            {estimateNumber(snapshot.number)}
            {estimate.newest > 1 && `, revision ${snapshot.revision}`} · {unitName(snapshot.unitFacts) || `unit ${snapshot.unitNumber}`}
            {isOpen && !isOver && ` · valid until ${day(snapshot.validThrough)}`}
          </p>
        </div>
        {isOpen && !isOver && snapshot.answerBy && (
          <p>
            Answer wanted by: <Moment at={snapshot.answerBy.at} />
            {snapshot.answerBy.backup && `, then ${snapshot.answerBy.backup} is asked`}
          </p>
        )}
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
                <CommandForm<typeof action> intent="ask-colleague" className="pt-1">
                  <input type="hidden" name="revision" value={snapshot.revision} />
                  <SubmitButton kind="quiet" icon={Users} pendingLabel="Asking">
                    Ask a colleague
                  </SubmitButton>
                </CommandForm>
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
        <LaterDecisions later={estimate.later} />
        {depositDue !== null && (
          <Notice tone="amber" title={`A deposit of ${money(depositDue)} is due before work begins.`}>
            {payAt !== null && (
              <Form method="post" action={payAt} className="pt-2">
                <SubmitButton name="intent" value="pay" pendingLabel="Opening Square">
                  Pay now
                </SubmitButton>
              </Form>
            )}
          </Notice>
        )}
        {depositComing && <Notice tone="amber" title={depositComing} />}
        {depositReceived > 0 && <Notice tone="green" title={`Deposit of ${money(depositReceived)} received.`} />}
        {isForm ? (
          <AnswerForm
            snapshot={snapshot}
            signed={{ label: "Your name, as your signature", value: person }}
            asks
            needsPurchaseOrder={estimate.needsPurchaseOrder}
            blocked={isBlocked ? "Over your limit" : null}
            {...sheet}
          />
        ) : (
          <EstimateSheet snapshot={snapshot} decision={decision} {...sheet} />
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
