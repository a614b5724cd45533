import { Form, Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { Camera, PencilLine, Plus, Send, Trash2 } from "lucide-react";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { plainly, storyOf } from "~/kernel/story";
import { DAY, dayOf, later } from "~/kernel/time";
import { everything, rightRefusalWords } from "~/modules/customers/contact-rights";
import { contactsTold } from "~/modules/customers/contacts-told.server";
import { addCannedGroup } from "~/modules/estimates/add-canned-group.server";
import { answerFields, readAnswer } from "~/modules/estimates/answer-form";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { can, draftOf, isExpired, newest, offered, type Refusal, stateWords } from "~/modules/estimates/estimate";
import { AnswerForm, EstimateSheet, stateTones } from "~/modules/estimates/estimate.view";
import { readEstimateRecord } from "~/modules/estimates/estimate-record.read.server";
import { Evidence } from "~/modules/estimates/evidence.view";
import { headFields, headOf, headText, USUAL_DAYS } from "~/modules/estimates/head-form";
import { HeadFields } from "~/modules/estimates/head-form.view";
import { readMessages } from "~/modules/estimates/messages.read.server";
import { shownOf } from "~/modules/estimates/shown";
import { Talk, TalkForm } from "~/modules/estimates/talk.view";
import { readTalk, talkFields } from "~/modules/estimates/talk-form";
import { dayInWords, decisionInWords, estimateNumber, sentWords } from "~/modules/estimates/words";
import { writeMessage } from "~/modules/estimates/write-message.server";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs.read.server";
import { sumsOf } from "~/modules/work-orders/job";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { addressOf } from "~/platform/http/origin.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { Button, ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { Select } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { Icon } from "~/ui/icon";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { Looking } from "~/ui/looking";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { Story } from "~/ui/story";
import { UnitPlate } from "~/ui/unit-plate";
import { useAnswer } from "~/ui/use-answer";

export const meta = ({ data }: { data?: { estimate: { number: number } } }) => [
  { title: data ? `Estimate ${estimateNumber(data.estimate.number)}` : "Estimate" },
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
  const [draft, offer] = [draftOf(estimate), offered(estimate)];
  return {
    ...record,
    story: storyOf(record.story, plainly),
    /** The draft as it would be sent now. */
    preview: draft && shownOf(draft.content, { ...facts, number: estimate.number, revision: draft.revision, rules: rules.rules, photos }),
    /** What is said of the draft, as its fields hold it. */
    head: draft && headText(draft.content),
    isExpired: offer?.state === "sent" && isExpired(offer.content.validThrough, now, zone),
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

const seen = z.coerce.number().int().positive();
const EstimateForm = z.discriminatedUnion("act", [
  z.object({ act: z.literal("head"), version: seen, ...headFields }),
  z.object({ act: z.literal("remove-job"), version: seen, job: z.string() }),
  z.object({ act: z.literal("send"), version: seen }),
  z.object({ act: z.literal("revise") }),
  z.looseObject({
    act: z.literal("answer"),
    revision: seen,
    how: z.enum(["phone", "in person"], "Say how you were told."),
    ...answerFields,
  }),
  z.object({ act: z.literal("canned"), job: z.string(), canned: z.string() }),
  z.looseObject(talkFields),
]);

const SENDING: ReadonlySet<string> = new Set(["send", "revise", "answer"]);
const SENDERS = { words: "Only an owner or manager sends estimates and records answers." };

export const action = staff.action("estimate:write", EstimateForm, async ({ services, session, params, request, form }) => {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const { zone } = session.organization;
  const { name, role } = session.membership;
  const values = asTyped(form);
  if (SENDING.has(form.act) && !may("staff", role, "estimate:send")) return problem(403, SENDERS);
  switch (form.act) {
    case "head": {
      return answered(await changeEstimate(services, id, { act: "write-head", seen: form.version, head: headOf(form) }, zone));
    }
    case "remove-job": {
      const groupId = orNotFound(parseId("job", form.job));
      return answered(await changeEstimate(services, id, { act: "remove-group", seen: form.version, groupId }, zone));
    }
    case "canned": {
      const added = await addCannedGroup(
        services,
        id,
        { groupId: orNotFound(parseId("job", form.job)), cannedJobId: orNotFound(parseId("cannedJob", form.canned)) },
        zone,
      );
      return answered(added);
    }
    case "say": {
      const said = readTalk(form);
      if ("problem" in said) return problem(422, { words: said.problem, values });
      const written = await writeMessage(services, { ...said, estimateId: id });
      if (!written.ok && written.error.kind === "too-often")
        return problem(429, { words: "That is a lot within a quarter of an hour. Wait a little, or call.", values }, { "Retry-After": "900" });
      return written.ok ? { problem: null, done: "Sent to the customer." } : problem(404, { words: "The customer was not sent this estimate yet." });
    }
    case "send": {
      const sent = await changeEstimate(services, id, { act: "send", seen: form.version }, zone);
      if (!sent.ok) return refusal(sent.error);
      await services.drainNow();
      const told = await contactsTold(services.db, sent.value.customerId, "estimate");
      return { problem: null, done: sentWords(told), toNobody: told.length === 0 };
    }
    case "revise": {
      const validThrough = dayOf(later(services.clock.now(), USUAL_DAYS * DAY), zone);
      return answered(
        await changeEstimate(services, id, { act: "revise", validThrough }, zone),
        "Change it and send it. Until then the customer has the one before.",
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
        agent: request.headers.get("User-Agent")?.slice(0, 300) ?? null,
        rights: everything,
      };
      const answer = readAnswer(form, orNotFound(offer).shown);
      if (!answer.ok) return problem(422, { words: answer.error, values });
      return answered(await changeEstimate(services, id, { act: "answer", revision: form.revision, answer: answer.value, from }, zone), "Recorded.");
    }
  }

  async function answered(result: Awaited<ReturnType<typeof changeEstimate>>, words: string | null = null) {
    if (!result.ok) return refusal(result.error);
    await services.drainNow();
    return { problem: null, done: words };
  }

  function refusal(error: Refusal) {
    switch (error.kind) {
      case "right":
        return problem(403, { words: rightRefusalWords(error.refusal, session.organization), values });
      case "incomplete":
        return problem(422, { words: error.words, values });
      case "not-allowed":
      case "expired":
        return problem(409, { words: error.words, values });
      case "stale":
        return problem(409, { words: "Somebody else changed this just now. The page shows how it stands; what you typed is still here.", values });
      default:
        return problem(404, { words: "That is not there any more." });
    }
  }
});

export default function EstimatePage() {
  const data = useLoaderData<typeof loader>();
  const { estimate, facts, customer, phone, order, preview, deciders, story, zone, locale, currency, organizationId, now: servedAt } = data;
  const now = useNow(servedAt, 30_000);
  const result = useAnswer<typeof action>();
  const refusal = result?.problem;
  const { revalidate } = useRevalidator();
  const { live, lookers } = useNotices({ organizationId, as: "staff", at: estimate.id, reread: revalidate });
  const moment = { zone, locale, now };
  const money = { currency, locale };
  const [draft, offer, last] = [draftOf(estimate), offered(estimate), newest(estimate)];
  const talk = { messages: data.messages, as: "shop" as const, moment, typed: refusal?.values };
  const sheet = { photoAt: (photoId: string) => ({ full: paths.staff.file(photoId), small: paths.staff.thumbnail(photoId) }) };
  const recording = refusal?.values?.act === "answer";
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
            {offer && <StateMark tone={data.isExpired ? "amber" : stateTones[offer.state]} word={data.isExpired ? "Expired" : stateWords[offer.state]} />}
            {draft && <StateMark tone="slate" word={offer ? `Revision ${draft.revision} is a draft` : "Draft"} />}
            {offer?.state === "sent" && offer.asked && <StateMark tone="amber" word={`Waiting for a second person, asked by ${offer.asked.by}`} />}
            <LiveDot {...live} now={now} />
            <Looking people={lookers[estimate.id]} />
          </>
        }
        action={
          draft ? (
            data.maySend ? (
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
            data.maySend && (
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
        {refusal?.fields ? <ErrorSummary errors={refusal.fields} /> : refusal && <FormProblem problem={{ what: refusal.words }} />}
        {result && "done" in result && result.done && <Notice tone={"toNobody" in result && result.toNobody ? "amber" : "green"} title={result.done} />}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Facts>
              <Fact term="Customer">
                <Link
                  to={paths.staff.customer(estimate.customerId)}
                  className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
                >
                  {customer}
                </Link>
              </Fact>
              {phone && (
                <Fact term="Phone">
                  <a href={`tel:${phone.replace(/[^+\d]/g, "")}`} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
                    {phone}
                  </a>
                </Fact>
              )}
              <Fact term="Unit">
                <Link to={paths.staff.asset(estimate.assetId)} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
                  {facts.unit || facts.unitNumber}
                </Link>
              </Fact>
              <Fact term="Work order">
                {order && estimate.workOrderId ? (
                  <Link
                    to={paths.staff.order(estimate.workOrderId)}
                    className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
                  >
                    WO-{order.number}
                  </Link>
                ) : (
                  "opens when it is approved"
                )}
              </Fact>
              {last.content.deposit !== null && <Fact term="Deposit asked for">{formatMoney(last.content.deposit, currency, locale)}</Fact>}
              <Fact term="Stands until">{dayInWords(last.content.validThrough, locale)}</Fact>
              {offer?.offer && (
                <>
                  <Fact term="Sent">
                    <Moment at={offer.offer.sentAt} {...moment} />
                  </Fact>
                  <Fact term={`Revision ${offer.revision} as a document`}>
                    <Link
                      to={paths.staff.estimatePdf(estimate.id, offer.revision)}
                      reloadDocument
                      className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
                    >
                      Download PDF
                    </Link>
                  </Fact>
                </>
              )}
              {offer && (
                <Fact term="Seen by the customer">
                  {offer.viewed ? (
                    <>
                      {offer.viewed.by}, <Moment at={offer.viewed.at} {...moment} />
                    </>
                  ) : (
                    "not yet"
                  )}
                </Fact>
              )}
            </Facts>
            {offer?.decision && offer.offer && (
              <Notice tone={stateTones[offer.state]} title={decisionInWords(offer.decision, offer.offer.shown, money)}>
                <p>
                  <Moment at={offer.decision.at} {...moment} />
                  {offer.decision.how === "portal"
                    ? ", in the portal"
                    : `, ${offer.decision.how === "phone" ? "on the phone" : "in person"}, recorded by ${offer.decision.recordedBy}`}
                  {offer.decision.purchaseOrder && `, their order number ${offer.decision.purchaseOrder}`}
                  {offer.decision.notToExceed !== null && `, not to exceed ${formatMoney(offer.decision.notToExceed, currency, locale)}`}
                </p>
                {offer.decision.note && <p className="whitespace-pre-line">“{offer.decision.note}”</p>}
              </Notice>
            )}
            {last.content.insideNote && (
              <Section title="Note for the shop">
                <p className="whitespace-pre-line">{last.content.insideNote}</p>
              </Section>
            )}
            {draft && (
              <Section
                title="Jobs"
                count={draft.content.groups.length}
                action={
                  <div className="flex flex-wrap gap-2">
                    <ButtonLink to={paths.staff.estimateJob(estimate.id, data.freshJob)} icon={Plus}>
                      Add job
                    </ButtonLink>
                    {data.canned.length > 0 && (
                      <Disclosure title="Add canned job" floats>
                        <Form method="post" className="grid gap-3">
                          <input type="hidden" name="act" value="canned" />
                          <input type="hidden" name="job" value={data.freshJob} />
                          <Select label="Canned job" name="canned">
                            {data.canned.map(({ id, name }) => (
                              <option key={id} value={id}>
                                {name}
                              </option>
                            ))}
                          </Select>
                          <SubmitButton pendingWord="Adding">Add it</SubmitButton>
                        </Form>
                      </Disclosure>
                    )}
                  </div>
                }
              >
                {draft.content.groups.length === 0 && <p className="text-ink-soft">Write down the first job and its lines.</p>}
                <ul aria-label="Jobs" className="divide-y divide-line">
                  {draft.content.groups.map((group, at) => (
                    <li key={group.id} className="flex flex-wrap items-center gap-x-4">
                      <span className="min-w-0 flex-1 basis-60">
                        {at + 1}. {group.complaint}
                        <span className="flex flex-wrap gap-x-4 text-small">
                          {group.lines.map(({ id, text }) => (
                            <Link
                              key={id}
                              to={paths.staff.estimateLine(estimate.id, id)}
                              className="inline-flex min-h-6 items-center gap-1 text-accent underline-offset-2 hover:underline"
                            >
                              <Icon of={Camera} />
                              {data.photos[id]?.length ?? 0}
                              <span className="sr-only"> photos of</span> {text}
                            </Link>
                          ))}
                        </span>
                      </span>
                      <Link
                        to={paths.staff.estimateJob(estimate.id, group.id)}
                        className="inline-flex min-h-(--target) items-center font-semibold text-accent underline-offset-2 hover:underline"
                      >
                        Change<span className="sr-only"> job {at + 1}</span>
                      </Link>
                      <Form method="post">
                        <input type="hidden" name="act" value="remove-job" />
                        <input type="hidden" name="version" value={draft.version} />
                        <input type="hidden" name="job" value={group.id} />
                        <SubmitButton kind="quiet" icon={Trash2} pendingWord="Taking off">
                          Take off<span className="sr-only"> job {at + 1}</span>
                        </SubmitButton>
                      </Form>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            {draft && preview && (
              <Section title={offer ? `Revision ${draft.revision}, as the customer will see it` : "As the customer will see it"}>
                <EstimateSheet shown={preview} {...sheet} {...money} />
              </Section>
            )}
            {estimate.revisions
              .filter(({ offer: sent }) => sent !== null)
              .reverse()
              .map(({ revision, state, offer: sent, decision }) =>
                sent && revision === offer?.revision && !draft ? (
                  <Section key={revision} title={`Revision ${revision}, as the customer sees it`}>
                    <EstimateSheet
                      shown={sent.shown}
                      decision={decision}
                      {...sheet}
                      {...money}
                      talkOf={(line) => <Talk lineId={line.id} of={line.text} {...talk} />}
                    />
                  </Section>
                ) : (
                  sent && (
                    <Disclosure
                      key={revision}
                      title={`Revision ${revision}: ${stateWords[state].toLowerCase()}, ${formatMoney(sent.shown.charges.total, currency, locale)}`}
                    >
                      <EstimateSheet shown={sent.shown} decision={decision} {...sheet} {...money} />
                    </Disclosure>
                  )
                ),
              )}
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            {offer?.state === "sent" && data.maySend && offer.offer && (
              <Disclosure title="Record answer" open={recording}>
                <p className="pb-3 text-ink-soft">For an answer on the phone or at the counter. It counts as one given in the portal does.</p>
                <AnswerForm
                  shown={offer.offer.shown}
                  typed={recording ? refusal?.values : undefined}
                  errors={recording ? refusal?.fields : undefined}
                  signed={{ label: "Who answered", value: "" }}
                  blocked={data.isExpired ? "It expired: revise it first" : null}
                  {...sheet}
                  {...money}
                >
                  <Select label="How" name="how" defaultValue={(recording && refusal?.values?.how) || "phone"}>
                    <option value="phone">On the phone</option>
                    <option value="in person">In person</option>
                  </Select>
                </AnswerForm>
              </Disclosure>
            )}
            {draft && (
              <Disclosure title="Change title, notes or last day" open={refusal?.values?.act === "head"}>
                <Form method="post" className="grid gap-3" noValidate>
                  <input type="hidden" name="act" value="head" />
                  <input type="hidden" name="version" value={draft.version} />
                  <HeadFields values={{ ...data.head, ...(refusal?.values?.act === "head" ? refusal.values : {}) }} errors={refusal?.fields} />
                  <SubmitButton pendingWord="Saving">Save</SubmitButton>
                </Form>
              </Disclosure>
            )}
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
            {data.maySeeMargin && (
              <Section title="For the shop">
                <Facts>
                  <Fact term={sums.costUnknown > 0 ? `Cost (${sums.costUnknown} not known)` : "Cost"}>{formatMoney(sums.cost, currency, locale)}</Fact>
                  <Fact term="Lines before tax">{formatMoney(sums.price, currency, locale)}</Fact>
                </Facts>
              </Section>
            )}
            {offer?.decision && <Evidence decision={offer.decision} revision={offer.revision} moment={moment} {...money} />}
            {offer && (
              <Section title="Talk with the customer">
                <Talk lineId={null} of="the whole estimate" {...talk} />
              </Section>
            )}
            {offer && <TalkForm key={data.freshMessage} fresh={data.freshMessage} />}
            <Section title="What happened">
              <Story lines={story} {...moment} />
            </Section>
          </div>
        </div>
      </PageBody>
    </>
  );
}
