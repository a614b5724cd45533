import { Form, Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { ArrowLeft, Check, CircleCheck, Send, Undo2, X } from "lucide-react";
import * as z from "zod";
import { type Id, newId, parseId } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel, FileTile } from "~/modules/attachments/attachments.view";
import { dayInWords } from "~/modules/estimates/words";
import { billTotal } from "~/modules/vendor-jobs/bill";
import { blankLines, readBill, typedLine, typedLines } from "~/modules/vendor-jobs/bill-form";
import { BillRows } from "~/modules/vendor-jobs/bill-form.view";
import { type Asked, changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { type OwnJob, readOwnJob, readPartLasts } from "~/modules/vendor-jobs/own-jobs.read.server";
import { sayAboutJob } from "~/modules/vendor-jobs/say.server";
import { can, type Refusal } from "~/modules/vendor-jobs/vendor-job";
import { BillTable, estimateWords, invoiceWords, stateTones, Thread } from "~/modules/vendor-jobs/vendor-job.view";
import { jobNumber, tabOf, vendorStateWords } from "~/modules/vendor-jobs/words";
import { docketNumber } from "~/modules/work-orders/work-order";
import { asTyped } from "~/platform/http/form.server";
import { type Authed, vendor } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { Icon } from "~/ui/icon";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextArea } from "~/ui/text-area";
import { UnitPlate } from "~/ui/unit-plate";
import { useAnswer } from "~/ui/use-answer";
import { pathOf } from "./job-list";

export const meta = ({ data }: { data?: { job: { number: number } } }) => [{ title: data ? `Job ${jobNumber(data.job.number)}` : "Job" }];

/** Read again after a refusal too: it is understood beside how things stand now. */
export const shouldRevalidate = () => true;

export const loader = vendor.loader("job:read", async ({ services, session, scope, params, url }) => {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const { workOrderId, ...job } = orNotFound(await readOwnJob(services.db, id));
  const [own, shared] = job.open
    ? await Promise.all([readAttachments(services, { kind: "vendorJob", id }, url.searchParams.get("files")), readShared(services, workOrderId)])
    : [null, []];
  const { id: organizationId, name: shop, zone, locale, currency } = session.organization;
  const now = services.clock.now();
  return {
    job,
    attachments: own,
    // Only what is to be read of the order: no way to add to it.
    shared,
    nextMessage: newId("event", now),
    mayAct: !scope.looksOnly,
    shop,
    organizationId,
    zone,
    locale,
    currency,
    now,
  };
});

async function readShared(services: Authed<"vendor">["services"], workOrderId: Id<"workOrder">) {
  const lasts = await readPartLasts(services.db, workOrderId);
  if (lasts === null) return [];
  return (await readAttachments(services, { kind: "workOrder", id: workOrderId }, null, lasts === "now" ? null : lasts)).items;
}

const note = z.string().trim().max(2_000, "Keep it under 2,000 letters.");
const JobForm = z.discriminatedUnion("act", [
  z.object({ act: z.literal("accept") }),
  z.object({ act: z.literal("decline"), reason: z.string().trim().max(500, "Keep it under 500 letters.").default("") }),
  z.looseObject({ act: z.literal("submit-estimate"), note }),
  z.object({ act: z.literal("withdraw") }),
  z.object({ act: z.literal("complete"), note }),
  z.looseObject({ act: z.literal("submit-invoice"), reference: z.string().trim().max(40, "Keep it under 40 signs."), note }),
  z.object({
    act: z.literal("message"),
    id: z.string(),
    text: z.string().trim().min(1, "Write the message first.").max(2_000, "Keep it under 2,000 letters."),
  }),
]);

const done = (words: string) => ({ problem: null, done: words });
const doneWords: Record<Exclude<z.output<typeof JobForm>["act"], "message">, string> = {
  accept: "Accepted. The shop has been told.",
  decline: "Declined. The shop has been told.",
  "submit-estimate": "Sent to the shop.",
  withdraw: "Taken back. The shop cannot approve it any more.",
  complete: "Marked complete. The shop has been told.",
  "submit-invoice": "Sent to the shop.",
};

export const action = vendor.action("job:answer", JobForm, async ({ services, session, params, form }) => {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const values = asTyped(form);
  if (form.act === "message") {
    const messageId = parseId("event", form.id);
    if (!messageId) return problem(422, { words: "That form could not be read. Reload the page and try again.", values });
    const said = await sayAboutJob(services, id, { messageId, text: form.text });
    if (said.ok) {
      await services.drainNow();
      return { ...done("Sent."), sent: messageId };
    }
    return said.error.kind === "not-found" ? gone() : problem(409, { words: said.error.words, values });
  }
  let act: Asked;
  if (form.act === "submit-estimate" || form.act === "submit-invoice") {
    const read = readBill(values);
    if (!read.ok) return problem(422, { words: "Check what is marked and send it again.", fields: read.fields, values });
    const bill = { lines: read.lines, note: form.note };
    act = form.act === "submit-estimate" ? { act: form.act, bill } : { act: form.act, reference: form.reference, bill };
  } else act = form;
  const changed = await changeVendorJob(services, id, act, session.organization.zone);
  if (!changed.ok) return refusal(changed.error);
  await services.drainNow();
  return done(doneWords[form.act]);

  function gone(): never {
    throw new Response("Not found", { status: 404 });
  }

  function refusal(error: Refusal) {
    switch (error.kind) {
      case "not-found":
        return gone();
      case "incomplete":
        return problem(422, { words: error.words, fields: { [error.field]: error.words }, values });
      case "not-allowed":
        return problem(409, { words: error.words, values });
      default:
        return problem(409, { words: "The shop changed this in the same moment. The page shows how it stands now.", values });
    }
  }
});

export default function VendorJobPage() {
  const { job, attachments, shared, nextMessage, mayAct, shop, organizationId, zone, locale, now: servedAt } = useLoaderData<typeof loader>();
  const now = useNow(servedAt, 30_000);
  const result = useAnswer<typeof action>();
  const refusal = result?.problem;
  const sent = result && "sent" in result ? result.sent : undefined;
  const { revalidate } = useRevalidator();
  const { live } = useNotices({ organizationId, as: "vendor", at: job.id, reread: revalidate });
  const moment = { zone, locale, now };
  const { open, state } = job;
  const typedFor = (act: string) => (refusal?.values?.act === act ? refusal.values : undefined);
  const message = typedFor("message");
  return (
    <>
      <Link
        to={pathOf[tabOf(state) ?? "pending"]}
        className="mx-(--gutter) inline-flex min-h-(--target) items-center gap-1.5 self-start text-accent hover:underline"
      >
        <Icon of={ArrowLeft} />
        Back to your jobs
      </Link>
      <PageHeader
        title={job.title}
        mark={open && <UnitPlate number={open.unitNumber} size="medium" />}
        state={
          <>
            <StateMark tone={stateTones[state]} word={vendorStateWords[state]} />
            <LiveDot {...live} now={now} />
          </>
        }
      />
      <PageBody>
        {refusal?.fields ? <ErrorSummary errors={refusal.fields} /> : refusal && <FormProblem problem={{ what: refusal.words }} />}
        {result && "done" in result && result.done && <Notice tone="green" title={result.done} />}
        {!open && (
          <Notice tone="slate" title={state === "declined" ? "You declined this job." : `${shop} took this job back.`}>
            {job.reason && <p className="whitespace-pre-line">“{job.reason}”</p>}
            <p>You need not do anything more.</p>
          </Notice>
        )}
        {open && (
          <>
            {mayAct && <NextStep open={open} typedFor={typedFor} />}
            <Section title="Instructions">
              <p className="max-w-prose break-words whitespace-pre-line">{open.instructions}</p>
            </Section>
            <Facts>
              <Fact term="Job">{jobNumber(job.number)}</Fact>
              <Fact term="Their order">{docketNumber(open.order)}</Fact>
              <Fact term="Unit">{open.unit || open.unitNumber}</Fact>
              {open.vin && (
                <Fact term="VIN" code>
                  {open.vin}
                </Fact>
              )}
              {open.dueDay && <Fact term="Needed by">{dayInWords(open.dueDay, locale)}</Fact>}
              {open.customer && <Fact term="Their customer">{open.customer}</Fact>}
              <Fact term="Estimate">{open.needsEstimate ? "wanted before the work" : "not needed"}</Fact>
            </Facts>
            {mayAct && <BillStep open={open} typedFor={typedFor} />}
            {shared.length > 0 && (
              <Section title={`From ${shop}`} count={shared.length}>
                {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets. */}
                <ul role="list" aria-label={`Files from ${shop}`} className="grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,100%),1fr))] gap-x-4 gap-y-5">
                  {shared.map((item) => (
                    <li key={item.id} className="grid min-w-0 content-start gap-1">
                      <FileTile item={item} moment={moment} as="vendor" hideAt={null} />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            <Papers open={open} />
            {attachments && (
              <AttachmentPanel
                {...attachments}
                moment={moment}
                as="vendor"
                empty="No files yet. Diagnostic reports, photos of the work and your papers belong here; the shop sees them."
              />
            )}
            <Thread
              of={job.id}
              messages={job.messages}
              me="vendor"
              sent={sent}
              nextId={mayAct ? nextMessage : null}
              label={`Message to ${shop}`}
              hint="A question, or how the work goes"
              typed={message?.text}
              error={message && refusal?.fields?.text}
              moment={moment}
            />
          </>
        )}
      </PageBody>
    </>
  );
}

type Open = NonNullable<OwnJob["open"]>;
type TypedFor = (act: string) => Readonly<Record<string, string>> | undefined;

/** What the vendor does next, before anything else on the page. */
function NextStep({ open, typedFor }: { open: Open; typedFor: TypedFor }) {
  const { job } = useLoaderData<typeof loader>();
  const fields = useAnswer<typeof action>()?.problem?.fields;
  const { state } = job;
  const declined = typedFor("decline");
  const feedback = state === "revision-requested" ? (open.estimates.at(-1)?.feedback ?? "") : "";
  const dispute = state === "disputed" ? open.invoices.at(-1) : undefined;
  return (
    <>
      {can("accept", state) === true && (
        <Form method="post" className="grid gap-3" noValidate>
          {/* Enter in the field presses the first button of a form; this one does nothing, so nobody accepts by it. */}
          <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />
          <div className="grid grid-cols-2 gap-2">
            <SubmitButton name="act" value="accept" icon={Check} pendingWord="Accepting" wide>
              Accept
            </SubmitButton>
            <SubmitButton name="act" value="decline" kind="quiet" icon={X} pendingWord="Declining" wide>
              Decline
            </SubmitButton>
          </div>
          {/* Asked for once somebody declines: who accepts has nothing to say. */}
          {declined && <Field label="Reason" name="reason" hint="The shop reads it" defaultValue={declined.reason} error={fields?.reason} />}
        </Form>
      )}
      {feedback && (
        <Notice tone="amber" title="The shop asks for changes">
          <p className="whitespace-pre-line">“{feedback}”</p>
        </Notice>
      )}
      {dispute && (
        <Notice tone="red" title={`Your invoice ${dispute.reference} is disputed`}>
          <p className="whitespace-pre-line">“{dispute.reason}”</p>
          <p>Put it right below and send it again.</p>
        </Notice>
      )}
      {can("complete", state) === true && (state === "approved" || (state === "accepted" && !open.needsEstimate)) && (
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="act" value="complete" />
          <TextArea label="What was done" name="note" hint="For the shop's record" defaultValue={typedFor("complete")?.note} />
          <SubmitButton icon={CircleCheck} pendingWord="Marking" wide>
            Mark complete
          </SubmitButton>
        </Form>
      )}
      {state === "estimate-submitted" && (
        <Form method="post" className="flex flex-wrap items-center gap-3">
          <input type="hidden" name="act" value="withdraw" />
          <span className="min-w-0 flex-1">Your estimate is with the shop. You hear when it is decided.</span>
          <SubmitButton kind="quiet" icon={Undo2} pendingWord="Taking back">
            Withdraw estimate
          </SubmitButton>
        </Form>
      )}
      {state === "invoiced" && <p>Your invoice is with the shop. You hear when it is decided.</p>}
    </>
  );
}

/** The estimate or the invoice, once the vendor has read what it is for. */
function BillStep({ open, typedFor }: { open: Open; typedFor: TypedFor }) {
  const { state } = useLoaderData<typeof loader>().job;
  const startsWithoutEstimate = state === "accepted" && !open.needsEstimate;
  return (
    <>
      {can("submit-estimate", state) === true &&
        (startsWithoutEstimate ? (
          <Disclosure title="Send an estimate all the same" open={typedFor("submit-estimate") !== undefined}>
            <EstimateForm open={open} typed={typedFor("submit-estimate")} />
          </Disclosure>
        ) : (
          <Section title={open.estimates.length > 0 ? "Revised estimate" : "Your estimate"}>
            <EstimateForm open={open} typed={typedFor("submit-estimate")} />
          </Section>
        ))}
      {can("submit-invoice", state) === true && (
        <Section title="Your invoice">
          <InvoiceForm open={open} typed={typedFor("submit-invoice")} />
        </Section>
      )}
    </>
  );
}

type BillFormProps = { open: Open; typed: Readonly<Record<string, string>> | undefined };

function EstimateForm({ open, typed }: BillFormProps) {
  const { locale, currency } = useLoaderData<typeof loader>();
  const fields = useAnswer<typeof action>()?.problem?.fields;
  const last = open.estimates.at(-1);
  const rows = typed ? typedLines(typed) : last ? last.bill.lines.map(typedLine) : blankLines();
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />
      <input type="hidden" name="act" value="submit-estimate" />
      <BillRows key={last?.revision ?? 0} rows={rows} currency={currency} locale={locale} errors={typed && fields} />
      <TextArea label="Note to the shop" name="note" hint="How long it takes, what is not included" defaultValue={typed?.note ?? last?.bill.note} />
      <SubmitButton icon={Send} pendingWord="Sending" wide>
        Submit estimate
      </SubmitButton>
    </Form>
  );
}

function InvoiceForm({ open, typed }: BillFormProps) {
  const { locale, currency } = useLoaderData<typeof loader>();
  const fields = useAnswer<typeof action>()?.problem?.fields;
  const last = open.invoices.at(-1);
  const approved = open.estimates.findLast(({ state }) => state === "approved");
  // Begun with what was approved, or with what was disputed.
  const start = last?.bill ?? approved?.bill;
  const rows = typed ? typedLines(typed) : start ? start.lines.map(typedLine) : blankLines();
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />
      <input type="hidden" name="act" value="submit-invoice" />
      <Field
        label="Your invoice number"
        name="reference"
        defaultValue={typed?.reference ?? last?.reference}
        error={typed && fields?.reference}
        autoComplete="off"
      />
      {approved && (
        <p>
          Approved: <strong className="tabular-nums">{formatMoney(billTotal(approved.bill), currency, locale)}</strong>. The lines below begin with it.
        </p>
      )}
      <BillRows key={last?.submission ?? 0} rows={rows} currency={currency} locale={locale} errors={typed && fields} />
      <TextArea label="Note to the shop" name="note" defaultValue={typed?.note ?? last?.bill.note} />
      <SubmitButton icon={Send} pendingWord="Sending" wide>
        Submit invoice
      </SubmitButton>
    </Form>
  );
}

/** What was sent so far, the newest first, each as it was sent. */
function Papers({ open: { estimates, invoices } }: { open: Open }) {
  const { locale, currency, zone, now } = useLoaderData<typeof loader>();
  const moment = { zone, locale, now };
  return (
    <>
      {[...invoices].reverse().map(({ submission, state, reference, bill, submitted, reason }) => (
        <Disclosure
          key={submission}
          title={`Invoice ${reference}: ${invoiceWords[state].word.toLowerCase()}, ${formatMoney(billTotal(bill), currency, locale)}`}
        >
          <p className="text-small text-ink-soft">
            Sent by {submitted.by}, <Moment at={submitted.at} {...moment} />
          </p>
          {reason && <p className="whitespace-pre-line">“{reason}”</p>}
          <BillTable label={`Invoice ${reference}`} lines={bill.lines} currency={currency} locale={locale} />
          {bill.note && <p className="pt-2 whitespace-pre-line">{bill.note}</p>}
        </Disclosure>
      ))}
      {[...estimates].reverse().map(({ revision, state, bill, submitted, feedback }) => (
        <Disclosure
          key={revision}
          title={`Estimate, revision ${revision}: ${estimateWords[state].word.toLowerCase()}, ${formatMoney(billTotal(bill), currency, locale)}`}
        >
          <p className="text-small text-ink-soft">
            Sent by {submitted.by}, <Moment at={submitted.at} {...moment} />
          </p>
          {feedback && <p className="whitespace-pre-line">“{feedback}”</p>}
          <BillTable label={`Estimate, revision ${revision}`} lines={bill.lines} currency={currency} locale={locale} />
          {bill.note && <p className="pt-2 whitespace-pre-line">{bill.note}</p>}
        </Disclosure>
      ))}
    </>
  );
}
