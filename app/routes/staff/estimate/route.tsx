import { PencilLine, Send } from "lucide-react";
import { useLoaderData, useRevalidator, useSearchParams } from "react-router";
import { CustomerWarnings } from "~/modules/customers/customer-warnings.view";
import { Evidence } from "~/modules/estimates/decisions/evidence.view";
import { draftOf, latestSent, newest } from "~/modules/estimates/estimate";
import { estimateNumber } from "~/modules/estimates/format";
import { can } from "~/modules/estimates/life-cycle";
import { MessageForm, MessageThread } from "~/modules/estimates/messages/message-thread.view";
import { stateLabels } from "~/modules/estimates/revision";
import { stateTones } from "~/modules/estimates/state.view";
import { MailSection, MailTrouble } from "~/modules/notifications/mails.view";
import { staff } from "~/platform/http/guards.server";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Columns } from "~/ui/columns";
import { CommandForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { useNotices } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { Presence } from "~/ui/presence";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { commands } from "./commands.server";
import { estimatePage, type PageData } from "./data.server";
import { DraftForm, Withdraw } from "./draft";
import { EstimateFacts } from "./facts";
import { useThread } from "./messages";
import { RecordAnswer } from "./record-answer";
import { EstimateSheets } from "./revisions";

export const meta = ({ loaderData }: { loaderData?: { estimate: { number: number } } }) => [
  { title: loaderData ? `Estimate ${estimateNumber(loaderData.estimate.number)}` : "Estimate" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const action = commands;

export const loader = staff.loader("estimate:read", estimatePage, action);

export default function EstimatePage() {
  const data = useLoaderData<PageData>();
  const { now } = useFormat();
  const { estimate, facts, deciders, activity, isExpired: isOver, freshMessage, maySend, organizationId } = data;
  const [params] = useSearchParams();
  const { revalidate } = useRevalidator();
  const { live, viewers } = useNotices({ organizationId, as: "staff", at: estimate.id, reread: revalidate });
  const thread = useThread();
  const [draft, latest, last] = [draftOf(estimate), latestSent(estimate), newest(estimate)];
  return (
    <>
      <PageHeader
        title={last.content.title}
        mark={
          <>
            <span className="text-lead text-ink-soft tabular-nums">{estimateNumber(estimate.number)}</span>
            <UnitPlate number={facts.unitNumber} size="medium" />
          </>
        }
        state={
          <>
            {latest && <StateMark tone={isOver ? "amber" : stateTones[latest.state]} label={isOver ? "Expired" : stateLabels[latest.state]} />}
            {draft && <StateMark tone="slate" label={latest ? `Revision ${draft.revision} is a draft` : "Draft"} />}
            {latest?.state === "sent" && latest.asked && <StateMark tone="amber" label={`Waiting for a second approval, requested by ${latest.asked.by}`} />}
            <LiveDot {...live} now={now} />
            <Presence people={viewers[estimate.id]} />
          </>
        }
        action={
          draft ? (
            <CommandForm<typeof action> intent="send">
              <input type="hidden" name="version" value={draft.version} />
              <input type="hidden" name="total" value={data.preview?.charges.total ?? 0} />
              <SubmitButton icon={Send} pendingLabel="Sending">
                Send to customer
              </SubmitButton>
            </CommandForm>
          ) : (
            <>
              {can("send-again", last.state) === true && !isOver && (
                <CommandForm<typeof action> intent="send-again">
                  <SubmitButton kind="quiet" icon={Send} pendingLabel="Sending">
                    Send again
                  </SubmitButton>
                </CommandForm>
              )}
              {can("revise", last.state) === true && (
                <CommandForm<typeof action> intent="revise">
                  <SubmitButton kind="quiet" icon={PencilLine} pendingLabel="Revising">
                    Revise
                  </SubmitButton>
                </CommandForm>
              )}
            </>
          )
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>(estimate.version)} />
        {draft && <CustomerWarnings warnings={data.warnings} />}
        {draft && params.has("not-sent") && <Notice tone="amber" title="Saved as a draft, but not sent. Check it, then send it." />}
        {latest?.state === "sent" && <MailTrouble {...data.mailed} />}
        <Columns
          side={
            <>
              {latest?.state === "sent" && maySend && latest.offer && <RecordAnswer snapshot={latest.offer.snapshot} />}
              {(draft || latest?.state === "sent") && (
                <Section title="Who can answer">
                  {deciders.length === 0 ? (
                    <p className="text-ink-soft">No one in the portal. Call the customer and record the answer here.</p>
                  ) : (
                    <ul>
                      {deciders.map(({ name, email }) => (
                        <li key={email}>
                          {name} <span className="text-ink-soft">{email}</span>
                        </li>
                      ))}
                    </ul>
                  )}
                </Section>
              )}
              {latest?.decision && <Evidence decision={latest.decision} revision={latest.revision} />}
              {latest && (
                <Section title="Messages">
                  <MessageThread lineId={null} of="the whole estimate" {...thread} />
                </Section>
              )}
              {latest && <MessageForm key={freshMessage} fresh={freshMessage} />}
              {can("withdraw", last.state) === true && maySend && <Withdraw isSent={latest?.state === "sent" || latest?.state === "changes-requested"} />}
              <MailSection mails={data.mailed.mails} />
              <Section title="Activity">
                <ActivityTimeline lines={activity} />
              </Section>
            </>
          }
        >
          <EstimateFacts />
          {last.content.insideNote && (
            <Section title="Internal note">
              <p className="whitespace-pre-line">{last.content.insideNote}</p>
            </Section>
          )}
          {draft && <DraftForm draft={draft} />}
          <EstimateSheets thread={thread} />
        </Columns>
      </PageBody>
    </>
  );
}
