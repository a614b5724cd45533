import { PencilLine, Send } from "lucide-react";
import { Form, useLoaderData, useRevalidator } from "react-router";
import { formatMoney } from "~/kernel/money";
import { Evidence } from "~/modules/estimates/decisions/evidence.view";
import { draftOf, newest, offered } from "~/modules/estimates/estimate";
import { estimateNumber } from "~/modules/estimates/format";
import { can } from "~/modules/estimates/life-cycle";
import { Talk, TalkForm } from "~/modules/estimates/messages/message-thread.view";
import { stateWords } from "~/modules/estimates/revision";
import { stateTones } from "~/modules/estimates/state.view";
import { sumsOf } from "~/modules/work-orders/jobs/job";
import { staff } from "~/platform/http/guards.server";
import { Story } from "~/ui/activity-timeline";
import { Button } from "~/ui/button";
import { Columns } from "~/ui/columns";
import { SubmitButton } from "~/ui/form";
import { Answered } from "~/ui/form-result";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { Looking } from "~/ui/presence";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useAnswer } from "~/ui/use-form-result";
import { commands } from "./commands.server";
import { estimatePage, type PageData } from "./data.server";
import { DraftHead, DraftJobs } from "./draft";
import { EstimateFacts } from "./facts";
import { useTalk } from "./messages";
import { RecordAnswer } from "./record-answer";
import { EstimateSheets } from "./revisions";

export const meta = ({ loaderData }: { loaderData?: { estimate: { number: number } } }) => [
  { title: loaderData ? `Estimate ${estimateNumber(loaderData.estimate.number)}` : "Estimate" },
];

/** Read again after a refusal too: it is understood beside how things stand now. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("estimate:read", estimatePage);

export const action = commands;

export default function EstimatePage() {
  const data = useLoaderData<PageData>();
  const {
    estimate,
    facts,
    deciders,
    story,
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
  const { live, lookers } = useNotices({ organizationId, as: "staff", at: estimate.id, reread: revalidate });
  const moment = { zone, locale, now };
  const talk = useTalk(moment);
  const [draft, offer, last] = [draftOf(estimate), offered(estimate), newest(estimate)];
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
            {offer && <StateMark tone={isOver ? "amber" : stateTones[offer.state]} word={isOver ? "Expired" : stateWords[offer.state]} />}
            {draft && <StateMark tone="slate" word={offer ? `Revision ${draft.revision} is a draft` : "Draft"} />}
            {offer?.state === "sent" && offer.asked && <StateMark tone="amber" word={`Waiting for a second person, asked by ${offer.asked.by}`} />}
            <LiveDot {...live} now={now} />
            <Looking people={lookers[estimate.id]} />
          </>
        }
        action={
          draft ? (
            maySend ? (
              <Form method="post">
                <input type="hidden" name="act" value="send" />
                <input type="hidden" name="version" value={draft.version} />
                <SubmitButton icon={Send} pendingWord="Sending">
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
                <input type="hidden" name="act" value="revise" />
                <SubmitButton kind="quiet" icon={PencilLine} pendingWord="Revising">
                  Revise
                </SubmitButton>
              </Form>
            )
          )
        }
      />
      <PageBody>
        <Answered result={useAnswer<typeof action>()} />
        <Columns
          side={
            <>
              {offer?.state === "sent" && maySend && offer.offer && <RecordAnswer shown={offer.offer.shown} />}
              {draft && <DraftHead draft={draft} />}
              {(draft || offer?.state === "sent") && (
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
              {offer?.decision && <Evidence decision={offer.decision} revision={offer.revision} moment={moment} currency={currency} locale={locale} />}
              {offer && (
                <Section title="Talk with the customer">
                  <Talk lineId={null} of="the whole estimate" {...talk} />
                </Section>
              )}
              {offer && <TalkForm key={freshMessage} fresh={freshMessage} />}
              <Section title="What happened">
                <Story lines={story} {...moment} />
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
          <EstimateSheets talk={talk} />
        </Columns>
      </PageBody>
    </>
  );
}
