import { Form, Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { Check, ClipboardPen, Download, Pause, Play, Plus, Printer, ReceiptText, RotateCcw, Timer, Trash2 } from "lucide-react";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { storyOf } from "~/kernel/story";
import { dayOf, durationWords, localInstant, localText } from "~/kernel/time";
import { parseReading } from "~/kernel/units";
import { meterOf } from "~/modules/assets/meter";
import { noteMeter } from "~/modules/assets/note-meter.server";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { AgreedMost } from "~/modules/estimates/agreed-most.view";
import { readAgreedMost, readEstimatesOf } from "~/modules/estimates/estimate-list.read.server";
import { EstimateList } from "~/modules/estimates/estimate-list.view";
import { readInvoicesOfOrder } from "~/modules/invoices/account.read.server";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { StatusMark } from "~/modules/invoices/invoice.view";
import { readStaff } from "~/modules/people/staff.read.server";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { addCannedJob } from "~/modules/work-orders/add-canned-job.server";
import { addNote } from "~/modules/work-orders/add-note.server";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs.read.server";
import { type ChangeRefusal, changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { LaborEntry } from "~/modules/work-orders/order";
import { JobBlock, Sums } from "~/modules/work-orders/order.view";
import { readOrderRecord } from "~/modules/work-orders/order-record.read.server";
import { tellOrder } from "~/modules/work-orders/order-story";
import { readPromise } from "~/modules/work-orders/promise";
import { requestWords } from "~/modules/work-orders/service-request";
import { startClock } from "~/modules/work-orders/start-clock.server";
import { stateTones } from "~/modules/work-orders/state.view";
import { clockedMs } from "~/modules/work-orders/totals";
import {
  canCancel,
  canClock,
  canEdit,
  canMove,
  canReopen,
  docketNumber,
  type HoldReason,
  holdReasons,
  holdWords,
  stateWords,
} from "~/modules/work-orders/work-order";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { Button, ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { Docket } from "~/ui/docket";
import { Field, Select } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { Looking } from "~/ui/looking";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { Story } from "~/ui/story";
import { TextArea } from "~/ui/text-area";
import { UnitPlate } from "~/ui/unit-plate";
import { useAnswer } from "~/ui/use-answer";
import { useOwnId } from "~/ui/use-own-id";
import { AssignVendor, AtVendors } from "../at-vendors";
import { readAtVendors } from "../at-vendors.server";

export const meta = ({ data }: { data?: { facts: { number: number; unitNumber: string } } }) => [
  { title: data ? `${docketNumber(data.facts.number)}, unit ${data.facts.unitNumber}` : "Work order" },
];

/** Read again after a refusal too: it is understood beside how things stand now. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("work-order:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const { order, facts, totals, story } = orNotFound(await readOrderRecord(services.db, id));
  const { role, id: me } = session.membership;
  const now = services.clock.now();
  const [people, canned, attachments, estimates, agreedMost, invoices] = await Promise.all([
    readStaff(services),
    readCannedJobs(services.db),
    readAttachments(services, { kind: "workOrder", id }, url.searchParams.get("files")),
    readEstimatesOf(services.db, id),
    readAgreedMost(services.db, id),
    may("staff", role, "invoice:read") ? readInvoicesOfOrder(services.db, id, now) : [],
  ]);
  const atVendors = await readAtVendors({ services, session, url }, order);
  const { id: organizationId, zone, locale, currency, distanceUnit } = session.organization;
  return {
    order,
    facts,
    totals,
    story: storyOf(story, tellOrder),
    estimates,
    agreedMost,
    invoices,
    atVendors,
    people: people.map(({ id: personId, name }) => ({ id: personId, name })),
    attachments,
    canned: canned.map(({ id: cannedId, name }) => ({ id: cannedId, name })),
    me,
    freshJob: newId("job", now),
    freshNote: newId("event", now),
    organizationId,
    zone,
    locale,
    currency,
    distanceUnit,
    now,
    mayInvoice: may("staff", role, "invoice:write"),
    mayReopen: may("staff", role, "work-order:reopen"),
    mayCorrect: may("staff", role, "labor:correct"),
    maySeeMargin: may("staff", role, "margin:read"),
  };
});

const version = z.coerce.number().int().positive();
const OrderForm = z.discriminatedUnion("act", [
  z.object({ act: z.literal("move"), version, to: z.enum(["open", "in-progress", "on-hold"]), hold: z.enum(holdReasons).optional() }),
  z.object({ act: z.literal("complete"), version, reading: z.string(), unread: z.literal("on").optional() }),
  z.object({ act: z.literal("reopen"), why: z.string().trim().min(1, "Say why it is opened again.").max(300) }),
  z.object({ act: z.literal("cancel"), why: z.string().trim().min(1, "Say why it is cancelled.").max(300) }),
  z.object({
    act: z.literal("head"),
    version,
    title: z.string().trim().min(1, "Say what is wrong in a few words.").max(120, "Keep it under 120 letters."),
    lead: z.string(),
    promised: z.string(),
    purchaseOrder: z.string().trim().max(40, "Keep it under 40 signs."),
  }),
  z.object({ act: z.literal("start"), job: z.string() }),
  z.object({ act: z.literal("stop"), entry: z.string() }),
  z.object({ act: z.literal("correct"), entry: z.string(), from: z.string(), to: z.string(), why: z.string().trim().max(300, "Keep it under 300 letters.") }),
  z.object({ act: z.literal("remove-job"), version, job: z.string() }),
  z.object({ act: z.literal("canned"), job: z.string(), canned: z.string() }),
  z.object({ act: z.literal("note"), id: z.string(), text: z.string().trim().min(1, "Write the note first.").max(2_000, "Keep it under 2,000 letters.") }),
]);

const done = (words: string) => ({ problem: null, done: words });
const CLASH = { words: "Somebody else changed this just now. The page shows how it stands; what you typed is still here." };
const GONE = { words: "That is not there any more." };

export const action = staff.action("work-order:write", OrderForm, async ({ services, session, params, form }) => {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const { role, id: me, name } = session.membership;
  const { zone, distanceUnit } = session.organization;
  switch (form.act) {
    case "move":
      return answer(await changeWorkOrder(services, id, { act: "move", seen: form.version, to: form.to, holdReason: form.hold ?? null }), form);
    case "complete": {
      const { facts } = orNotFound(await readOrderRecord(services.db, id));
      const meter = meterOf[facts.kind];
      const shown = parseReading(form.reading);
      if (meter && form.unread !== "on" && shown === null) {
        const words = form.reading.trim() === "" ? "Read the meter, or tick that it cannot be read." : "A reading is a number such as 412,345.";
        return problem(422, { words: "Check what is marked.", fields: { reading: words }, values: asTyped(form) });
      }
      const completed = await changeWorkOrder(services, id, { act: "move", seen: form.version, to: "completed", holdReason: null });
      if (!completed.ok) return answer(completed, form);
      if (!meter || shown === null) return done("Completed.");
      const standing = await noteMeter(services, { assetId: facts.assetId, meter, shown, unit: distanceUnit, source: `work order ${facts.number}` });
      return done(standing === "counted" ? "Completed." : "Completed. The meter reading does not fit the ones before it and waits for review.");
    }
    case "reopen":
      if (!may("staff", role, "work-order:reopen")) return problem(403, { words: "Only an owner or manager can reopen an order." });
      return answer(await changeWorkOrder(services, id, { act: "reopen", why: form.why }), form);
    case "cancel":
      return answer(await cancelOrder(services, id, form.why), form);
    case "head": {
      const promised = readPromise(form.promised, zone, services.clock.now());
      if (!promised.ok) return problem(422, { words: "Check what is marked.", fields: { promised: promised.error }, values: asTyped(form) });
      const lead = (await readStaff(services)).find((person) => person.id === form.lead) ?? null;
      const head = { title: form.title, lead: lead && { id: lead.id, name: lead.name }, promisedAt: promised.value, purchaseOrder: form.purchaseOrder || null };
      return answer(await changeWorkOrder(services, id, { act: "change-head", seen: form.version, head }), form);
    }
    case "start": {
      const jobId = parseId("job", form.job);
      if (!jobId) return problem(404, GONE);
      const started = await startClock(services, { workOrderId: id, jobId, technician: { id: me, name } });
      return started.ok
        ? done(started.value.stoppedElsewhere ? "Your clock runs here now. The one on the other order is stopped." : "Your clock is running.")
        : answer(started, form);
    }
    case "stop": {
      const entryId = parseId("laborEntry", form.entry);
      return entryId ? answer(await changeWorkOrder(services, id, { act: "stop-clock", entryId }), form) : problem(404, GONE);
    }
    case "correct": {
      if (!may("staff", role, "labor:correct")) return problem(403, { words: "Only an owner or manager corrects the clock." });
      const [entryId, startedAt, stoppedAt] = [parseId("laborEntry", form.entry), localInstant(form.from, zone), localInstant(form.to, zone)];
      if (!entryId) return problem(404, GONE);
      if (startedAt === null || stoppedAt === null) return problem(422, { words: "Give both times.", values: asTyped(form) });
      return answer(await changeWorkOrder(services, id, { act: "correct-clock", entryId, startedAt, stoppedAt, why: form.why }), form);
    }
    case "remove-job": {
      const jobId = parseId("job", form.job);
      return jobId ? answer(await changeWorkOrder(services, id, { act: "remove-job", seen: form.version, jobId }), form) : problem(404, GONE);
    }
    case "canned": {
      const [jobId, cannedJobId] = [parseId("job", form.job), parseId("cannedJob", form.canned)];
      if (!jobId || !cannedJobId) return problem(422, { words: "Choose a canned job." });
      return answer(await addCannedJob(services, id, { jobId, cannedJobId }), form);
    }
    case "note": {
      const noteId = parseId("event", form.id);
      if (!noteId) return problem(422, { words: "That form could not be read. Reload the page and try again.", values: asTyped(form) });
      const noted = await addNote(services, id, { noteId, text: form.text });
      return noted.ok ? { ...done("Noted."), noted: noteId } : problem(404, GONE);
    }
  }
});

function answer(result: { ok: true } | { ok: false; error: ChangeRefusal }, values: Record<string, unknown>) {
  if (result.ok) return { problem: null, done: null };
  const typed = asTyped(values);
  const { error } = result;
  switch (error.kind) {
    case "not-found":
      return problem(404, GONE);
    case "stale":
      return problem(409, { ...CLASH, values: typed });
    case "no-reason":
      return problem(422, { words: "Say why.", values: typed });
    case "clock-elsewhere":
      return problem(409, { words: "Your clock was started somewhere else in the same moment. Look again." });
    default:
      return problem(409, { words: error.words, values: typed });
  }
}

export default function WorkOrder() {
  const data = useLoaderData<typeof loader>();
  const { order, facts, totals, story, people, canned, attachments, zone, locale, currency, now: servedAt, organizationId } = data;
  const now = useNow(servedAt, 30_000);
  const result = useAnswer<typeof action>();
  const refusal = result?.problem;
  const noteId = useOwnId({ of: order.id, fresh: data.freshNote, taken: result && "noted" in result ? result.noted : undefined });
  const { revalidate } = useRevalidator();
  const { live, lookers } = useNotices({ organizationId, as: "staff", at: order.id, reread: revalidate });
  const moment = { zone, locale, now };
  const editable = canEdit(order.state) === true;
  const typed = (act: string, name: string, fallback: string) => (refusal?.values?.act === act ? (refusal.values[name] ?? fallback) : fallback);
  return (
    <>
      <PageHeader
        title={order.title}
        mark={
          <>
            <Docket number={docketNumber(facts.number)} state={stateTones[order.state]} size="medium" />
            <UnitPlate number={facts.unitNumber} size="medium" />
          </>
        }
        state={
          <>
            <StateMark tone={stateTones[order.state]} word={order.holdReason ? `Held: ${holdWords[order.holdReason]}` : stateWords[order.state]} />
            <LiveDot {...live} now={now} />
            <Looking people={lookers[order.id]} />
          </>
        }
        action={
          <>
            <NextActs />
            {editable && (
              <ButtonLink to={`${paths.staff.newEstimate}?order=${order.id}`} icon={ClipboardPen}>
                New estimate
              </ButtonLink>
            )}
            <AssignVendor of={data.atVendors} order={order} currency={currency} moment={moment} />
            <ButtonLink to={paths.staff.orderSheet(order.id)} icon={Printer}>
              Print
            </ButtonLink>
            {(order.state === "completed" || order.state === "invoiced") && (
              <ButtonLink to={paths.staff.orderPdf(order.id)} reloadDocument icon={Download}>
                Download PDF
              </ButtonLink>
            )}
          </>
        }
      />
      <PageBody>
        {refusal?.fields ? <ErrorSummary errors={refusal.fields} /> : refusal && <FormProblem problem={{ what: refusal.words }} />}
        {result && "done" in result && result.done && <Notice tone="green" title={result.done} />}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Facts>
              <Fact term="Customer">
                <Link to={paths.staff.customer(facts.customerId)} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
                  {facts.customer}
                </Link>
              </Fact>
              {facts.phone && (
                <Fact term="Phone">
                  <a
                    href={`tel:${facts.phone.replace(/[^+\d]/g, "")}`}
                    className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
                  >
                    {facts.phone}
                  </a>
                </Fact>
              )}
              <Fact term="Unit">{[facts.year, facts.make, facts.model].filter(Boolean).join(" ") || "not written down"}</Fact>
              {facts.vin && (
                <Fact term="VIN" code>
                  {facts.vin}
                </Fact>
              )}
              <Fact term="Who has it">{order.lead?.name ?? "nobody"}</Fact>
              <Fact term="Promised">{order.promisedAt === null ? "no date" : <Moment at={order.promisedAt} {...moment} />}</Fact>
              {order.purchaseOrder && <Fact term="Their order number">{order.purchaseOrder}</Fact>}
              <Fact term="Opened">
                <Moment at={facts.createdAt} {...moment} />
              </Fact>
              {order.completedAt !== null && (
                <Fact term="Completed">
                  <Moment at={order.completedAt} {...moment} />
                </Fact>
              )}
              {data.invoices.map((invoice) => (
                <Fact key={invoice.id} term="Invoice">
                  <span className="inline-flex flex-wrap items-center gap-x-2">
                    <Link to={paths.staff.invoice(invoice.id)} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
                      {invoiceNumber(invoice.number)}
                    </Link>
                    <StatusMark bare status={invoice.status} />
                  </span>
                </Fact>
              ))}
            </Facts>
            {facts.request && (
              <Notice tone={facts.request.urgency === "do-not-drive" ? "red" : "blue"} title={`${facts.request.by} asked for it in the portal`}>
                <p>{requestWords(facts.request, locale)}</p>
              </Notice>
            )}
            <Section
              title="Jobs"
              count={order.jobs.length}
              action={
                editable && (
                  <ButtonLink to={paths.staff.job(order.id, data.freshJob)} icon={Plus}>
                    Add job
                  </ButtonLink>
                )
              }
            >
              {order.jobs.length === 0 && <p className="text-ink-soft">No job is written up.</p>}
              <div className="grid gap-5">
                {order.jobs.map((job) => (
                  <JobBlock key={job.id} job={job} edit={editable ? paths.staff.job(order.id, job.id) : null} currency={currency} locale={locale}>
                    <JobClock jobId={job.id} position={job.position} />
                    {editable && order.jobs.length > 1 && job.lines.length === 0 && !order.clocks.some((entry) => entry.jobId === job.id) && (
                      <Form method="post" className="no-print">
                        <input type="hidden" name="act" value="remove-job" />
                        <input type="hidden" name="version" value={order.version} />
                        <input type="hidden" name="job" value={job.id} />
                        <SubmitButton kind="quiet" icon={Trash2} pendingWord="Taking off">
                          Take job {job.position} off
                        </SubmitButton>
                      </Form>
                    )}
                  </JobBlock>
                ))}
              </div>
              {editable && canned.length > 0 && (
                <Form method="post" className="no-print flex flex-wrap items-end gap-3 pt-2">
                  <input type="hidden" name="act" value="canned" />
                  <input type="hidden" name="job" value={data.freshJob} />
                  <Select label="Canned job" name="canned" className="max-w-72">
                    {canned.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                  </Select>
                  <SubmitButton kind="quiet" icon={Plus} pendingWord="Adding">
                    Add it
                  </SubmitButton>
                </Form>
              )}
            </Section>
            <AttachmentPanel
              {...attachments}
              moment={moment}
              shareWith={data.atVendors.rows.length > 0 ? ["vendor"] : []}
              shareHint="Every vendor that works on this order sees it."
            />
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Section title="So far">
              <Sums totals={totals} exempt={facts.taxCertificate !== null} inside={data.maySeeMargin} currency={currency} locale={locale} />
              {order.rulesVersion !== null && <p className="text-small text-ink-soft">By the rates and taxes of the day it was completed.</p>}
            </Section>
            {data.estimates.length > 0 && (
              <Section title="Estimates" count={data.estimates.length}>
                <AgreedMost most={data.agreedMost} total={totals.total} currency={currency} locale={locale} />
                <EstimateList rows={data.estimates} today={dayOf(servedAt, zone)} currency={currency} locale={locale} />
              </Section>
            )}
            <AtVendors of={data.atVendors} moment={moment} currency={currency} locale={locale} />
            {editable && (
              <Disclosure title="Change title, person or date" open={refusal?.values?.act === "head"}>
                <Form method="post" className="grid gap-3" noValidate>
                  <input type="hidden" name="act" value="head" />
                  <input type="hidden" name="version" value={order.version} />
                  <Field label="What is wrong, in short" name="title" defaultValue={typed("head", "title", order.title)} error={refusal?.fields?.title} />
                  <Select label="Who has it" name="lead" defaultValue={typed("head", "lead", order.lead?.id ?? "")}>
                    <option value="">Nobody</option>
                    {people.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                  </Select>
                  <Field
                    label="Promised"
                    name="promised"
                    type="datetime-local"
                    hint="When the customer gets it back; they see it in the portal"
                    defaultValue={typed("head", "promised", order.promisedAt === null ? "" : localText(order.promisedAt, zone))}
                    error={refusal?.fields?.promised}
                  />
                  <Field label="Customer's order number" name="purchaseOrder" defaultValue={typed("head", "purchaseOrder", order.purchaseOrder ?? "")} />
                  <SubmitButton pendingWord="Saving">Save</SubmitButton>
                </Form>
                {canCancel(order.state) === true && (
                  <Form method="post" className="mt-4 grid gap-3 border-t border-line pt-3" noValidate>
                    <input type="hidden" name="act" value="cancel" />
                    <Field label="Cancel the order because" name="why" id="cancel-why" defaultValue={typed("cancel", "why", "")} />
                    <SubmitButton kind="danger" pendingWord="Cancelling">
                      Cancel order
                    </SubmitButton>
                  </Form>
                )}
              </Disclosure>
            )}
            <Section title="What happened">
              <Form method="post" className="grid gap-2" key={noteId}>
                <input type="hidden" name="act" value="note" />
                <input type="hidden" name="id" value={noteId} />
                <TextArea
                  label="Note for the shop"
                  name="text"
                  hint="Only your own people read it"
                  defaultValue={typed("note", "text", "")}
                  error={refusal?.fields?.text}
                />
                <div>
                  <SubmitButton kind="quiet" pendingWord="Noting">
                    Add note
                  </SubmitButton>
                </div>
              </Form>
              <Story lines={story} {...moment} />
            </Section>
          </div>
        </div>
      </PageBody>
    </>
  );
}

const nextOf: Partial<Record<string, { to: "open" | "in-progress"; word: string }>> = {
  draft: { to: "open", word: "Release to the floor" },
  open: { to: "in-progress", word: "Start work" },
  "on-hold": { to: "in-progress", word: "Resume work" },
};

/** What is done next to the order as it stands; the first is the likely one. */
function NextActs() {
  const { order, facts, distanceUnit, mayInvoice, mayReopen, now } = useLoaderData<typeof loader>();
  const refusal = useAnswer<typeof action>()?.problem;
  const next = nextOf[order.state];
  const meter = meterOf[facts.kind];
  const running = order.clocks.filter(({ stoppedAt }) => stoppedAt === null);
  const completing = refusal?.values?.act === "complete";
  const act = (name: string) => (
    <>
      <input type="hidden" name="act" value={name} />
      <input type="hidden" name="version" value={order.version} />
    </>
  );
  return (
    <>
      {next && (
        <Form method="post">
          {act("move")}
          <SubmitButton name="to" value={next.to} icon={Play} pendingWord="Moving">
            {next.word}
          </SubmitButton>
        </Form>
      )}
      {order.state === "completed" && mayInvoice && !facts.isSelf && (
        <ButtonLink to={paths.staff.newInvoice(facts.customerId)} kind="primary" icon={ReceiptText}>
          Draft invoice
        </ButtonLink>
      )}
      {order.state === "in-progress" && (
        <Disclosure title="Complete" icon={Check} kind="primary" open={completing} floats>
          <Form method="post" className="grid gap-3" noValidate>
            {act("complete")}
            {meter ? (
              <>
                <Field
                  label={meter === "odometer" ? "Odometer" : "Engine hours"}
                  name="reading"
                  unit={meter === "odometer" ? distanceUnit : "h"}
                  figures
                  defaultValue={completing ? refusal?.values?.reading : ""}
                  error={refusal?.fields?.reading}
                />
                <label className="flex min-h-(--target) items-center gap-2">
                  <input type="checkbox" name="unread" value="on" className="size-4" /> It cannot be read
                </label>
              </>
            ) : (
              <input type="hidden" name="reading" value="" />
            )}
            {running.length > 0 && (
              <p className="text-ink-soft">
                Stops {running.map(({ technician, startedAt }) => `${technician.name}'s clock (${durationWords(now - startedAt)})`).join(", ")}.
              </p>
            )}
            <SubmitButton icon={Check} pendingWord="Completing">
              Complete order
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
      {canMove(order.state, "on-hold") === true && order.state !== "on-hold" && (
        <Disclosure title="Hold" icon={Pause} floats>
          <Form method="post" className="grid gap-2">
            {act("move")}
            <input type="hidden" name="to" value="on-hold" />
            {holdReasons.map((reason: HoldReason) => (
              <Button key={reason} type="submit" name="hold" value={reason} wide>
                {holdWords[reason].charAt(0).toUpperCase() + holdWords[reason].slice(1)}
              </Button>
            ))}
          </Form>
        </Disclosure>
      )}
      {canReopen(order.state) === true &&
        (mayReopen ? (
          <Disclosure title="Reopen" icon={RotateCcw} open={refusal?.values?.act === "reopen"} floats>
            <Form method="post" className="grid gap-3" noValidate>
              <input type="hidden" name="act" value="reopen" />
              <Field label="Because" name="why" id="reopen-why" error={refusal?.values?.act === "reopen" ? refusal.fields?.why : undefined} />
              <SubmitButton pendingWord="Reopening">Reopen order</SubmitButton>
            </Form>
          </Disclosure>
        ) : (
          <Button blocked="An owner or manager can reopen it.">Reopen</Button>
        ))}
    </>
  );
}

/** Whose clock runs on a job, who worked on it how long, and the way to start one's own. */
function JobClock({ jobId, position }: { jobId: LaborEntry["jobId"]; position: number }) {
  const { order, me, now: servedAt, zone, mayCorrect } = useLoaderData<typeof loader>();
  const now = useNow(servedAt, 30_000);
  const its = order.clocks.filter((entry) => entry.jobId === jobId);
  const mine = its.find((entry) => entry.technician.id === me && entry.stoppedAt === null);
  const timeable = canClock(order.state) === true;
  if (its.length === 0 && !timeable) return null;
  return (
    <div className="no-print flex flex-wrap items-center gap-x-4 gap-y-1">
      {timeable &&
        (mine ? (
          <Form method="post">
            <input type="hidden" name="act" value="stop" />
            <input type="hidden" name="entry" value={mine.id} />
            <SubmitButton kind="quiet" icon={Pause} pendingWord="Stopping">
              Stop my clock
            </SubmitButton>
          </Form>
        ) : (
          <Form method="post">
            <input type="hidden" name="act" value="start" />
            <input type="hidden" name="job" value={jobId} />
            <SubmitButton kind="quiet" icon={Timer} pendingWord="Starting">
              Start my clock<span className="sr-only"> on job {position}</span>
            </SubmitButton>
          </Form>
        ))}
      {its.length > 0 && <span className="tabular-nums">{durationWords(clockedMs(its, now))} on the clock</span>}
      {its.some(({ stoppedAt }) => stoppedAt === null) && (
        <StateMark
          tone="green"
          word={its
            .filter(({ stoppedAt }) => stoppedAt === null)
            .map(({ technician }) => technician.name)
            .join(", ")}
        />
      )}
      {mayCorrect && its.length > 0 && (
        <Disclosure title="Time card" look="link">
          <ul className="grid gap-3">
            {its.map((entry) => (
              <li key={entry.id}>
                <Form method="post" className="flex flex-wrap items-end gap-2" noValidate>
                  <input type="hidden" name="act" value="correct" />
                  <input type="hidden" name="entry" value={entry.id} />
                  <span className="w-full font-semibold">{entry.technician.name}</span>
                  <Field label="From" name="from" id={`${entry.id}-from`} type="datetime-local" defaultValue={localText(entry.startedAt, zone)} />
                  <Field
                    label="To"
                    name="to"
                    id={`${entry.id}-to`}
                    type="datetime-local"
                    defaultValue={entry.stoppedAt === null ? "" : localText(entry.stoppedAt, zone)}
                  />
                  <Field label="Why it is corrected" name="why" id={`${entry.id}-why`} />
                  <SubmitButton kind="quiet" pendingWord="Correcting">
                    Correct
                  </SubmitButton>
                </Form>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
