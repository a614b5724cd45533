import { Form, Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { Check, Repeat, RotateCcw, Undo2, X } from "lucide-react";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { type Cents, formatMoney, moneyText, parseMoney, parsePercent, percentText, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { dayInWords } from "~/modules/estimates/words";
import { billTotal } from "~/modules/vendor-jobs/bill";
import { weighed, weighedWords } from "~/modules/vendor-jobs/budget";
import { type Asked, changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { sayAboutJob } from "~/modules/vendor-jobs/say.server";
import { setOutsideBudget } from "~/modules/vendor-jobs/set-outside-budget.server";
import {
  actualOf,
  can,
  canMessage,
  committedOf,
  newestEstimate,
  newestInvoice,
  type Refusal,
  USUAL_MARKUP,
  varianceOf,
} from "~/modules/vendor-jobs/vendor-job";
import { BillTable, BudgetBars, estimateWords, invoiceWords, JobMark, stateTones, Thread } from "~/modules/vendor-jobs/vendor-job.view";
import { readOutsideBudget, readVendorJobRecord } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { jobNumber } from "~/modules/vendor-jobs/words";
import { canEdit, canReopen, docketNumber, stateWords as orderStateWords } from "~/modules/work-orders/work-order";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { Looking } from "~/ui/looking";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section, Timeline, TimelineItem } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { UnitPlate } from "~/ui/unit-plate";
import { useAnswer } from "~/ui/use-answer";

export const meta = ({ data }: { data?: { job: { number: number } } }) => [{ title: data ? `Vendor job ${jobNumber(data.job.number)}` : "Vendor job" }];

/** Read again after a refusal too: it is understood beside how things stand now. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("vendor-job:manage", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const { id: organizationId, zone, locale, currency } = session.organization;
  const now = services.clock.now();
  const { budgets, ...record } = orNotFound(await readVendorJobRecord(services.db, id, now, zone));
  const { job } = record;
  const [estimate, invoice] = [newestEstimate(job), newestInvoice(job)];
  const waiting = job.state === "invoiced" ? invoice : job.state === "estimate-submitted" ? estimate : null;
  // What waits for a decision; otherwise what the job counts with already.
  const more = waiting ? billTotal(waiting.bill) : toCents(committedOf(job) + actualOf(job));
  return {
    ...record,
    more,
    budgets: weighed(budgets, more),
    variance: job.state === "invoiced" ? varianceOf(job) : null,
    attachments: await readAttachments(services, { kind: "vendorJob", id }, url.searchParams.get("files")),
    orderBudget: await readOutsideBudget(services.db, job.workOrderId),
    nextMessage: newId("event", now),
    freshJob: newId("vendorJob", now),
    organizationId,
    zone,
    locale,
    currency,
    now,
  };
});

const nth = z.coerce.number().int().positive();
const words = z.string().trim().max(1_000, "Keep it under 1,000 letters.");
const reason = words.default("");
const JobForm = z.discriminatedUnion("act", [
  z.object({ act: z.literal("recall"), reason }),
  z.object({ act: z.literal("approve-estimate"), revision: nth, feedback: reason, override: reason }),
  z.object({ act: z.literal("decline-estimate"), revision: nth, feedback: reason, override: reason }),
  z.object({ act: z.literal("approve-invoice"), submission: nth, reason, varianceReason: reason, override: reason, markup: z.string().optional() }),
  z.object({ act: z.literal("dispute"), submission: nth, reason, varianceReason: reason, override: reason, markup: z.string().optional() }),
  z.object({ act: z.literal("reverse"), reason }),
  z.object({
    act: z.literal("budget"),
    amount: z.string().refine((text) => text.trim() === "" || (parseMoney(text) ?? 0) > 0, "Type an amount, such as 3,000.00, or leave it empty."),
  }),
  z.object({
    act: z.literal("message"),
    id: z.string(),
    text: z.string().trim().min(1, "Write the message first.").max(2_000, "Keep it under 2,000 letters."),
  }),
]);

const done = (said: string) => ({ problem: null, done: said });
const doneWords: Record<Exclude<z.output<typeof JobForm>["act"], "message" | "budget">, string> = {
  recall: "Taken back. The vendor has been told.",
  "approve-estimate": "Approved. The vendor may start.",
  "decline-estimate": "Sent back. The vendor sees your feedback.",
  "approve-invoice": "Approved. The cost is on the work order.",
  dispute: "Disputed. The vendor sees the reason.",
  reverse: "Reversed. The cost is off the work order.",
};

export const action = staff.action("vendor-job:manage", JobForm, async ({ services, session, params, form }) => {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const values = asTyped(form);
  const { zone, currency, locale } = session.organization;
  if (form.act === "message") {
    const messageId = parseId("event", form.id);
    if (!messageId) return problem(422, { words: "That form could not be read. Reload the page and try again.", values });
    const said = await sayAboutJob(services, id, { messageId, text: form.text });
    if (said.ok) {
      await services.drainNow();
      return { ...done("Sent."), sent: messageId };
    }
    if (said.error.kind === "not-found") throw new Response("Not found", { status: 404 });
    return problem(409, { words: said.error.words, values });
  }
  if (form.act === "budget") {
    const { job } = orNotFound(await readVendorJobRecord(services.db, id, services.clock.now(), zone));
    const set = await setOutsideBudget(services, job.workOrderId, form.amount.trim() === "" ? null : parseMoney(form.amount));
    if (!set.ok) return problem(409, { words: "Somebody else set this limit in the same moment. The page shows how it stands now.", values });
    await services.drainNow();
    return done(form.amount.trim() === "" ? "The limit is off." : "The limit is set.");
  }
  const entryId = newId("entry", services.clock.now());
  let act: Asked;
  if (form.act === "approve-invoice") {
    // A page without the field has said that the customer is not charged.
    const markup = form.markup === undefined ? null : parsePercent(form.markup.trim() || "0");
    if (form.markup !== undefined && (markup === null || markup < 0 || markup > 50_000))
      return problem(422, { words: "Check what is marked.", fields: { markup: "A percentage from 0 to 500, such as 20." }, values });
    act = { ...form, markup, entryId };
  } else act = form.act === "reverse" ? { ...form, entryId } : form;
  const changed = await changeVendorJob(services, id, act, zone);
  if (!changed.ok) return refusal(changed.error);
  await services.drainNow();
  return done(doneWords[form.act]);

  function refusal(error: Refusal) {
    switch (error.kind) {
      case "not-found":
        throw new Response("Not found", { status: 404 });
      case "incomplete":
        return problem(422, { words: error.words, fields: { [error.field]: error.words }, values });
      case "over-budget": {
        const over = error.over.map((one) => weighedWords(one, { currency, locale })).join("; ");
        return problem(409, {
          words: "It goes over a budget.",
          fields: { override: `Over budget. ${over}. Give a reason to go over it, or decline.` },
          values,
        });
      }
      case "not-allowed":
        return problem(409, { words: error.words, values });
      default:
        return problem(409, { words: "The vendor changed this in the same moment. The page shows how it stands now.", values });
    }
  }
});

export default function VendorJobRecord() {
  const data = useLoaderData<typeof loader>();
  const { job, about, story, messages, budgets, more, attachments, nextMessage, organizationId, zone, locale, currency, now: servedAt } = data;
  const now = useNow(servedAt, 30_000);
  const result = useAnswer<typeof action>();
  const refusal = result?.problem;
  const sent = result && "sent" in result ? result.sent : undefined;
  const { revalidate } = useRevalidator();
  const { live, lookers } = useNotices({ organizationId, as: "staff", at: job.id, reread: revalidate });
  const moment = { zone, locale, now };
  const money = { currency, locale };
  const amount = (cents: Cents) => formatMoney(cents, currency, locale);
  const typedFor = (act: string) => (refusal?.values?.act === act ? refusal.values : undefined);
  const message = typedFor("message");
  const unit = [about.year, about.make, about.model].filter(Boolean).join(" ");
  return (
    <>
      <PageHeader
        title={job.title}
        mark={
          <>
            <span className="text-lead text-ink-soft tabular-nums">{jobNumber(job.number)}</span>
            <UnitPlate number={about.unitNumber} size="medium" />
          </>
        }
        state={
          <>
            <JobMark state={job.state} laterId={job.laterId} />
            <LiveDot {...live} now={now} />
            <Looking people={lookers[job.id]} />
          </>
        }
        action={
          can("reassign", job.state) === true && !job.laterId ? (
            <ButtonLink to={paths.staff.reassignVendor(job.workOrderId, data.freshJob, job.id)} icon={Repeat} kind="primary">
              Give to another vendor
            </ButtonLink>
          ) : undefined
        }
      />
      <PageBody>
        {refusal?.fields ? <ErrorSummary errors={refusal.fields} /> : refusal && <FormProblem problem={{ what: refusal.words }} />}
        {result && "done" in result && result.done && <Notice tone="green" title={result.done} />}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Decision typedFor={typedFor} />
            {job.reason && (
              <Notice tone={stateTones[job.state]} title={job.state === "declined" ? `${about.vendor} declined` : "Taken back"}>
                <p className="whitespace-pre-line">“{job.reason}”</p>
                {job.laterId && (
                  <Link to={paths.staff.vendorJob(job.laterId)} className="inline-flex min-h-(--target) items-center underline">
                    See who has it now
                  </Link>
                )}
              </Notice>
            )}
            <Facts>
              <Fact term="Vendor">
                <Link to={paths.staff.vendor(job.vendorId)} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
                  {about.vendor}
                </Link>
              </Fact>
              {about.vendorPhone && (
                <Fact term="Phone">
                  <a
                    href={`tel:${about.vendorPhone.replace(/[^+\d]/g, "")}`}
                    className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
                  >
                    {about.vendorPhone}
                  </a>
                </Fact>
              )}
              <Fact term="Work order">
                <Link to={paths.staff.order(job.workOrderId)} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
                  {docketNumber(about.order)}
                </Link>
              </Fact>
              <Fact term="Unit">{unit || about.unitNumber}</Fact>
              <Fact term="Needed by">{job.dueDay ? dayInWords(job.dueDay, locale) : "no date"}</Fact>
              <Fact term="Not to exceed">{job.notToExceed === null ? "no limit" : amount(job.notToExceed)}</Fact>
              <Fact term="Estimate">{job.needsEstimate ? "wanted first" : "not needed"}</Fact>
              <Fact term="Customer's name">{job.sharesCustomer ? "shown to the vendor" : "not shown"}</Fact>
              <Fact term="Sent by">{job.assignedBy.name}</Fact>
              {job.earlierId && (
                <Fact term="Instead of">
                  <Link to={paths.staff.vendorJob(job.earlierId)} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
                    the one before
                  </Link>
                </Fact>
              )}
            </Facts>
            <Section title="Instructions">
              <p className="max-w-prose break-words whitespace-pre-line">{job.instructions}</p>
            </Section>
            <Papers />
            <AttachmentPanel
              {...attachments}
              moment={moment}
              shareWith={["vendor"]}
              sharesAtFirst
              mayAdd={canMessage(job.state) === true}
              empty={canMessage(job.state) === true ? "No files yet. What you add here, the vendor sees too, unless you untick it." : "No files."}
            />
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Section title="Budgets">
              <BudgetBars budgets={budgets} more={more} {...money} />
              <Disclosure
                title={data.orderBudget === null ? "Limit the order's outside work" : "Change the order's limit"}
                look="link"
                open={typedFor("budget") !== undefined}
              >
                <Form method="post" className="grid gap-3" noValidate>
                  <input type="hidden" name="act" value="budget" />
                  <Field
                    label="Outside work of the order, at most"
                    name="amount"
                    figures
                    unit={currency}
                    defaultValue={typedFor("budget")?.amount ?? (data.orderBudget === null ? "" : moneyText(data.orderBudget))}
                    error={typedFor("budget") && refusal?.fields?.amount}
                  />
                  <SubmitButton kind="quiet" pendingWord="Setting">
                    Set limit
                  </SubmitButton>
                </Form>
              </Disclosure>
            </Section>
            <Thread
              of={job.id}
              messages={messages}
              me="staff"
              sent={sent}
              nextId={canMessage(job.state) === true ? nextMessage : null}
              label={`Message to ${about.vendor}`}
              hint="They read it in their portal, and by mail"
              typed={message?.text}
              error={message && refusal?.fields?.text}
              moment={moment}
            />
            {can("recall", job.state) === true && (
              <Disclosure title="Take it back" icon={Undo2} open={typedFor("recall") !== undefined}>
                <Form method="post" className="grid gap-3" noValidate>
                  <input type="hidden" name="act" value="recall" />
                  <Field label="Because" name="reason" id="recall-reason" hint="The vendor reads it" defaultValue={typedFor("recall")?.reason} />
                  <SubmitButton kind="danger" pendingWord="Taking back">
                    Take job back
                  </SubmitButton>
                </Form>
              </Disclosure>
            )}
            {can("reverse", job.state) === true && (
              <Disclosure title="Reverse the approval" icon={RotateCcw} open={typedFor("reverse") !== undefined}>
                <Form method="post" className="grid gap-3" noValidate>
                  <input type="hidden" name="act" value="reverse" />
                  <p className="text-ink-soft">The cost comes off the work order, and the invoice waits for a decision again.</p>
                  <Field
                    label="Because"
                    name="reason"
                    id="reverse-reason"
                    defaultValue={typedFor("reverse")?.reason}
                    error={typedFor("reverse") && refusal?.fields?.reason}
                  />
                  <SubmitButton kind="danger" pendingWord="Reversing">
                    Reverse approval
                  </SubmitButton>
                </Form>
              </Disclosure>
            )}
            <Section title="What happened">
              <Timeline label="What happened">
                {story.map(({ version, at, what, actor, body }) => (
                  <TimelineItem key={version} title={what.charAt(0).toUpperCase() + what.slice(1)} who={actor.name} at={<Moment at={at} {...moment} />}>
                    {typeof body.why === "string" && body.why && <p className="whitespace-pre-line">“{body.why}”</p>}
                    {typeof body.note === "string" && body.note && <p className="whitespace-pre-line">“{body.note}”</p>}
                    {typeof body.override === "string" && body.override && <p className="whitespace-pre-line">Over budget: “{body.override}”</p>}
                  </TimelineItem>
                ))}
              </Timeline>
            </Section>
          </div>
        </div>
      </PageBody>
    </>
  );
}

type TypedFor = (act: string) => Readonly<Record<string, string>> | undefined;

/** The estimate or invoice that waits: its sum, how far it is from what was agreed, what it does to the budgets, and the two answers. */
function Decision({ typedFor }: { typedFor: TypedFor }) {
  const { job, about, budgets, more, variance, currency, locale } = useLoaderData<typeof loader>();
  const fields = useAnswer<typeof action>()?.problem?.fields;
  const amount = (cents: Cents) => formatMoney(cents, currency, locale);
  const over = budgets.filter(({ level }) => level === "over");
  const near = budgets.filter(({ level }) => level === "near");
  const chargeable = canEdit(about.orderState) === true;
  const typed = typedFor("approve-estimate") ?? typedFor("decline-estimate") ?? typedFor("approve-invoice") ?? typedFor("dispute");
  const [estimate, invoice] = [newestEstimate(job), newestInvoice(job)];
  const limits = (
    <>
      {near.length > 0 && (
        <Notice tone="amber" title="80 % of a budget or more is used with this">
          <p>{near.map((one) => weighedWords(one, { currency, locale })).join("; ")}</p>
        </Notice>
      )}
      {over.length > 0 && (
        <>
          <Notice tone="red" title="This goes over a budget">
            <p>{over.map((one) => weighedWords(one, { currency, locale })).join("; ")}</p>
          </Notice>
          <Field label="Why it may go over budget" name="override" defaultValue={typed?.override} error={fields?.override} hint="It stays with the job" />
        </>
      )}
    </>
  );
  // Enter in a field presses the first button of a form; this one does nothing, so nobody approves by it.
  const nothing = <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />;
  if (job.state === "estimate-submitted" && estimate)
    return (
      <Form key={`estimate-${estimate.revision}`} method="post" className="grid gap-4 border-y-2 border-ink py-4" noValidate>
        {nothing}
        <input type="hidden" name="revision" value={estimate.revision} />
        <p className="text-title">
          {about.vendor} estimates <span className="tabular-nums">{amount(more)}</span>
        </p>
        <BillTable label={`Estimate, revision ${estimate.revision}`} lines={estimate.bill.lines} currency={currency} locale={locale} />
        {estimate.bill.note && <p className="whitespace-pre-line">“{estimate.bill.note}”</p>}
        {limits}
        <TextArea
          label="Feedback"
          name="feedback"
          hint="Needed when you decline: what should be different"
          defaultValue={typed?.feedback}
          error={fields?.feedback}
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton name="act" value="approve-estimate" icon={Check} pendingWord="Approving">
            Approve
          </SubmitButton>
          <SubmitButton name="act" value="decline-estimate" kind="quiet" icon={X} pendingWord="Declining">
            Decline
          </SubmitButton>
        </div>
      </Form>
    );
  if (job.state !== "invoiced" || !invoice) return null;
  return (
    <Form key={`invoice-${invoice.submission}`} method="post" className="grid gap-4 border-y-2 border-ink py-4" noValidate>
      {nothing}
      <input type="hidden" name="submission" value={invoice.submission} />
      <p className="text-title">
        {about.vendor} asks for <span className="tabular-nums">{amount(more)}</span>
      </p>
      <p className="text-ink-soft">Their invoice {invoice.reference}</p>
      <BillTable label={`Invoice ${invoice.reference}`} lines={invoice.bill.lines} currency={currency} locale={locale} />
      {invoice.bill.note && <p className="whitespace-pre-line">“{invoice.bill.note}”</p>}
      {variance !== null && variance !== 0 && (
        <Notice
          tone={variance > 0 ? "red" : "green"}
          title={`${amount(toCents(Math.abs(variance)))} ${variance > 0 ? "above" : "below"} the approved estimate of ${amount(toCents(more - variance))}`}
        />
      )}
      {variance !== null && variance > 0 && (
        <Field
          label="Why the difference is right"
          name="varianceReason"
          defaultValue={typed?.varianceReason}
          error={fields?.varianceReason}
          hint="Needed to approve it"
        />
      )}
      {limits}
      {chargeable ? (
        <Field
          label="Markup on the customer's line"
          name="markup"
          figures
          unit="%"
          defaultValue={typed?.markup ?? percentText(USUAL_MARKUP)}
          error={fields?.markup}
          className="max-w-28"
        />
      ) : (
        <Notice
          tone="amber"
          title={`${docketNumber(about.order)} is ${orderStateWords[about.orderState].toLowerCase()}: the customer will not be charged for this.`}
        >
          {canReopen(about.orderState) === true && <p>Reopen it first to charge them.</p>}
        </Notice>
      )}
      <TextArea label="Reason" name="reason" hint="Needed when you dispute it: what is wrong" defaultValue={typed?.reason} error={fields?.reason} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="act" value="approve-invoice" icon={Check} pendingWord="Approving">
          {chargeable ? "Approve" : "Approve at no charge"}
        </SubmitButton>
        <SubmitButton name="act" value="dispute" kind="quiet" icon={X} pendingWord="Disputing">
          Dispute
        </SubmitButton>
      </div>
    </Form>
  );
}

/** What was decided so far, the newest first. What waits stands above. */
function Papers() {
  const { job, currency, locale, zone, now } = useLoaderData<typeof loader>();
  const moment = { zone, locale, now };
  const amount = (cents: Cents) => formatMoney(cents, currency, locale);
  const invoices = [...job.invoices].reverse().filter(({ state }) => state !== "submitted");
  const estimates = [...job.estimates].reverse().filter(({ state }) => state !== "submitted");
  return (
    <>
      {invoices.map(({ submission, state, reference, bill, decided }) => (
        <Disclosure key={submission} title={`Invoice ${reference}: ${invoiceWords[state].word.toLowerCase()}, ${amount(billTotal(bill))}`}>
          {decided && (
            <p className="text-ink-soft">
              {decided.by}, <Moment at={decided.at} {...moment} />
              {decided.reason && `: “${decided.reason}”`}
            </p>
          )}
          <BillTable label={`Invoice ${reference}, submission ${submission}`} lines={bill.lines} currency={currency} locale={locale} />
        </Disclosure>
      ))}
      {estimates.map(({ revision, state, bill, decided }) => (
        <Disclosure key={revision} title={`Estimate, revision ${revision}: ${estimateWords[state].word.toLowerCase()}, ${amount(billTotal(bill))}`}>
          {decided && (
            <p className="text-ink-soft">
              {decided.by}, <Moment at={decided.at} {...moment} />
              {decided.feedback && `: “${decided.feedback}”`}
            </p>
          )}
          <BillTable label={`Estimate, revision ${revision}`} lines={bill.lines} currency={currency} locale={locale} />
        </Disclosure>
      ))}
      {job.costs.length > 0 && (
        <Section title="Costs on the work order" count={job.costs.length}>
          <ul aria-label="Costs" className="divide-y divide-line border-y border-line">
            {job.costs.map(({ id, amount: cost, price, reverses, why, at, by }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-4 py-1.5">
                <span>
                  {reverses ? "Taken back" : "Approved"} by {by}, <Moment at={at} {...moment} />
                  {why && <span className="block text-small text-ink-soft">“{why}”</span>}
                </span>
                <span className="text-right tabular-nums">
                  {amount(cost)}
                  <span className="block text-small text-ink-soft">sold at {amount(price)}</span>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
