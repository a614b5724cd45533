import { PencilLine, Send } from "lucide-react";
import { Form, useLoaderData, useRevalidator } from "react-router";
import { activityOf, describePlainly } from "~/kernel/activity";
import { newId, parseId } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { may } from "~/kernel/permissions";
import { Evidence } from "~/modules/estimates/decisions/evidence.view";
import { draftOf, isExpired, latestSent, newest } from "~/modules/estimates/estimate";
import { takeSnapshot } from "~/modules/estimates/estimate-snapshot";
import { estimateNumber } from "~/modules/estimates/format";
import { headText } from "~/modules/estimates/head-form";
import { can } from "~/modules/estimates/life-cycle";
import { MessageForm, MessageThread } from "~/modules/estimates/messages/message-thread.view";
import { readMessages } from "~/modules/estimates/messages/messages.read.server";
import { stateLabels } from "~/modules/estimates/revision";
import { stateTones } from "~/modules/estimates/state.view";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import { sumsOf } from "~/modules/work-orders/jobs/job";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Button } from "~/ui/button";
import { Columns } from "~/ui/columns";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { Presence } from "~/ui/presence";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { EstimateForm, runEstimateCommand } from "./commands.server";
import { DraftHead, DraftJobs } from "./draft";
import { EstimateFacts } from "./facts";
import { useThread } from "./messages";
import { RecordAnswer } from "./record-answer";
import { EstimateSheets } from "./revisions";

export const meta = ({ loaderData }: { loaderData?: { estimate: { number: number } } }) => [
  { title: loaderData ? `Estimate ${estimateNumber(loaderData.estimate.number)}` : "Estimate" },
];

/** Read again after a refusal too: it is understood beside how things stand now. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("estimate:read", async ({ services, session, params }) => {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const record = orNotFound(await readEstimateRecord(services.db, id));
  const { estimate, facts, rules, photos } = record;
  const { id: organizationId, zone, locale, currency } = session.organization;
  const { role } = session.membership;
  const now = services.clock.now();
  const [draft, latest] = [draftOf(estimate), latestSent(estimate)];
  return {
    ...record,
    activity: activityOf(record.activity, describePlainly),
    /** The draft as it would be sent now. */
    preview: draft && takeSnapshot(draft.content, { ...facts, number: estimate.number, revision: draft.revision, rules: rules.rules, photos }),
    /** What is said of the draft, as its fields hold it. */
    head: draft && headText(draft.content),
    isExpired: latest?.state === "sent" && isExpired(latest.content.validThrough, now, zone),
    freshJob: newId("job", now),
    messages: await readMessages(services.db, id),
    freshMessage: newId("message", now),
    canned: draft ? (await readCannedJobs(services.db)).map(({ id: cannedId, name }) => ({ id: cannedId, name })) : [],
    maySend: may("staff", role, "estimate:send"),
    maySeeMargin: may("staff", role, "margin:read"),
    organizationId,
    zone,
    locale,
    currency,
    now,
  };
});

export const action = staff.action("estimate:write", EstimateForm, runEstimateCommand);

export default function EstimatePage() {
  const data = useLoaderData<typeof loader>();
  const {
    estimate,
    facts,
    deciders,
    activity,
    isExpired: isOver,
    freshMessage,
    maySend,
    maySeeMargin,
    zone,
    locale,
    currency,
    organizationId,
    now: servedAt,
  } = data;
  const now = useNow(servedAt, 30_000);
  const { revalidate } = useRevalidator();
  const { live, viewers } = useNotices({ organizationId, as: "staff", at: estimate.id, reread: revalidate });
  const moment = { zone, locale, now };
  const thread = useThread(moment);
  const [draft, latest, last] = [draftOf(estimate), latestSent(estimate), newest(estimate)];
  const sums = sumsOf(last.content.groups.flatMap(({ lines }) => lines));
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
            {latest?.state === "sent" && latest.asked && <StateMark tone="amber" label={`Waiting for a second person, asked by ${latest.asked.by}`} />}
            <LiveDot {...live} now={now} />
            <Presence people={viewers[estimate.id]} />
          </>
        }
        action={
          draft ? (
            maySend ? (
              <Form method="post">
                <input type="hidden" name="intent" value="send" />
                <input type="hidden" name="version" value={draft.version} />
                <SubmitButton icon={Send} pendingLabel="Sending">
                  Send to customer
                </SubmitButton>
              </Form>
            ) : (
              <Button blocked="An owner or manager sends it.">Send to customer</Button>
            )
          ) : (
            can("revise", last.state) === true &&
            maySend && (
              <Form method="post">
                <input type="hidden" name="intent" value="revise" />
                <SubmitButton kind="quiet" icon={PencilLine} pendingLabel="Revising">
                  Revise
                </SubmitButton>
              </Form>
            )
          )
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <Columns
          side={
            <>
              {latest?.state === "sent" && maySend && latest.offer && <RecordAnswer snapshot={latest.offer.snapshot} />}
              {draft && <DraftHead draft={draft} />}
              {(draft || latest?.state === "sent") && (
                <Section title="Who can answer">
                  {deciders.length === 0 ? (
                    <p className="text-ink-soft">Nobody in the portal. Call them, and record the answer here.</p>
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
              {maySeeMargin && (
                <Section title="For the shop">
                  <Facts>
                    <Fact term={sums.costUnknown > 0 ? `Cost (${sums.costUnknown} not known)` : "Cost"}>{formatMoney(sums.cost, currency, locale)}</Fact>
                    <Fact term="Lines before tax">{formatMoney(sums.price, currency, locale)}</Fact>
                  </Facts>
                </Section>
              )}
              {latest?.decision && <Evidence decision={latest.decision} revision={latest.revision} moment={moment} currency={currency} locale={locale} />}
              {latest && (
                <Section title="Talk with the customer">
                  <MessageThread lineId={null} of="the whole estimate" {...thread} />
                </Section>
              )}
              {latest && <MessageForm key={freshMessage} fresh={freshMessage} />}
              <Section title="What happened">
                <ActivityTimeline lines={activity} {...moment} />
              </Section>
            </>
          }
        >
          <EstimateFacts {...moment} />
          {last.content.insideNote && (
            <Section title="Note for the shop">
              <p className="whitespace-pre-line">{last.content.insideNote}</p>
            </Section>
          )}
          {draft && <DraftJobs draft={draft} />}
          <EstimateSheets thread={thread} />
        </Columns>
      </PageBody>
    </>
  );
}
