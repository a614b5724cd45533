import { Download } from "lucide-react";
import { Form, Link, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { type Cents, formatMoney, moneyText, sumCents, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { closeInvoice } from "~/modules/invoices/close-invoice.server";
import { settleCore } from "~/modules/invoices/cores/settle-core.server";
import { CoresSection } from "~/modules/invoices/cores/settle-core.view";
import { invoiceReaders } from "~/modules/invoices/documents/invoice-recipients.server";
import { invoiceNumber, statusLabels, termNames, terms } from "~/modules/invoices/invoice";
import { Contents, Figures, movementLabel, StatusMark } from "~/modules/invoices/invoice.view";
import { readInvoiceCustomer, readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { isReversed, type LedgerCommand } from "~/modules/invoices/receivables/ledger";
import { amount, confirmedField, coreFields, moneyFields, why } from "~/modules/invoices/receivables/ledger-form";
import { fieldOf, MoneyFields, type Typed, UndoReversal } from "~/modules/invoices/receivables/ledger-form.view";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section, Timeline, TimelineItem } from "~/ui/page";
import { refusedCore, refusedDay, refusedMoney, STALE } from "./money-form-errors.server";

export const meta = ({ loaderData }: { loaderData?: { invoice: { number: number | null } } }) => [
  { title: loaderData ? invoiceNumber(loaderData.invoice.number) : "Invoice" },
];

export const loader = staff.loader("invoice:read", async ({ services, session, params }) => {
  const id = orNotFound(parseId("invoice", params.invoiceId));
  const now = services.clock.now();
  const record = orNotFound(await readInvoiceRecord(services.db, id, now));
  const mayRecord = may("staff", session.membership.role, "payment:record");
  // Each form posts a new entry id, so one core's entry is never taken for a resend of another's.
  const cores = record.cores.map((core) => ({
    ...core,
    fresh: { return: newId("coreReturn", now), forfeit: newId("coreReturn", now), reopen: newId("coreReturn", now) },
  }));
  return { ...record, cores, mayRecord, fresh: { pay: newId("entry", now), note: newId("entry", now) }, today: dayOf(now, session.organization.zone) };
});

/** A total as the page showed it; a draft's total may be negative. */
const wholeCents = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform((text) => toCents(Number(text)));

const InvoiceForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("issue"),
    terms: z.enum(termNames),
    seen: wholeCents,
    why: z.string().trim().max(300, "Use at most 300 characters.").optional(),
  }),
  z.object({ intent: z.literal("discard") }),
  z.object({ intent: z.literal("void"), why }),
  z.object({
    intent: z.literal("pay"),
    id: z.string(),
    ...moneyFields,
    ...confirmedField,
  }),
  z.object({ intent: z.literal("apply-credit") }),
  z.object({ intent: z.literal("credit-note"), id: z.string(), amount, why }),
  z.object({ intent: z.literal("return-core"), ...coreFields }),
  z.object({ intent: z.literal("forfeit-core"), ...coreFields }),
  z.object({ intent: z.literal("reopen-core"), ...coreFields, why }),
  z.object({ intent: z.literal("reverse"), source: z.string(), why }),
  z.object({ intent: z.literal("reinstate"), source: z.string(), why }),
  z.object({ intent: z.literal("release"), source: z.string(), why }),
]);

const UNREADABLE = { message: "Something was missing from that form. Reload the page and try again." };
const done = (message: string) => ({ problem: null, done: message });

export const action = staff.action("invoice:write", InvoiceForm, async ({ services, session, params, form }) => {
  const id = orNotFound(parseId("invoice", params.invoiceId));
  const { zone } = session.organization;
  if (form.intent === "issue") {
    const issued = await issueInvoice(services, id, { terms: form.terms, seen: form.seen, ...(form.why ? { why: form.why } : {}) });
    if (issued.ok) {
      const { emails } = await invoiceReaders(services.db, orNotFound(await readInvoiceCustomer(services.db, id)));
      return done(formatMailed(emails));
    }
    if (issued.error.kind === "not-found") throw new Response("Not found", { status: 404 });
    if (issued.error.kind === "needs-reason")
      return problem(422, { message: issued.error.message, fields: { why: issued.error.message }, values: { intent: "issue", why: "" } });
    if (issued.error.kind === "other-total")
      return problem(409, {
        message: `The work changed since you opened this draft. The total is now ${formatMoney(issued.error.total, session.organization.currency, session.organization.locale)}. Review it, then issue it.`,
      });
    return problem(409, issued.error.kind === "stale" ? STALE : issued.error);
  }
  if (form.intent === "void" || form.intent === "discard") {
    const closed = await closeInvoice(services, id, form);
    if (closed.ok)
      return done(
        form.intent === "void" ? "Invoice voided. Its work orders are ready to invoice again." : "Draft discarded. Its work orders are ready to invoice again.",
      );
    if (closed.error.kind === "not-found") throw new Response("Not found", { status: 404 });
    if (closed.error.kind === "no-reason") return problem(422, { message: "Enter the reason for voiding it." });
    return problem(409, closed.error.kind === "stale" ? STALE : closed.error);
  }
  if (!may("staff", session.membership.role, "payment:record")) return problem(403, { message: "Your role doesn't allow recording payments." });
  if (form.intent === "return-core" || form.intent === "forfeit-core" || form.intent === "reopen-core") {
    const [coreId, lineId] = [parseId("coreReturn", form.id), parseId("line", form.line)];
    if (!coreId || !lineId) return problem(422, UNREADABLE);
    const its = { id: coreId, lineId, quantity: form.quantity };
    const settled = await settleCore(
      services,
      id,
      form.intent === "reopen-core" ? { ...its, intent: "reopen", why: form.why } : { ...its, intent: form.intent === "return-core" ? "return" : "forfeit" },
    );
    return settled.ok ? done(doneMessages[form.intent]) : refusedCore(settled.error, session.organization, form);
  }
  const wrongDay = refusedDay(form, services.clock.now(), zone);
  if (wrongDay) return wrongDay;
  const customerId = orNotFound(await readInvoiceCustomer(services.db, id));
  const command = ledgerCommand();
  if (!command) return problem(422, UNREADABLE);
  const changed = await changeAccount(services, customerId, command);
  return changed.ok ? done(doneMessages[form.intent]) : refusedMoney(changed.error, session.organization, form);

  function ledgerCommand(): LedgerCommand | null {
    switch (form.intent) {
      case "pay": {
        const entryId = parseId("entry", form.id);
        return entryId && { ...form, id: entryId, invoiceId: id };
      }
      case "credit-note": {
        const entryId = parseId("entry", form.id);
        return entryId && { intent: "credit-note", id: entryId, invoiceId: id, amount: form.amount, why: form.why };
      }
      case "apply-credit":
        return { intent: "apply-credit", invoiceId: id };
      case "reverse":
      case "reinstate": {
        const sourceId = parseId("entry", form.source);
        return sourceId && { intent: form.intent, sourceId, why: form.why };
      }
      case "release": {
        const sourceId = parseId("entry", form.source);
        return sourceId && { intent: "release", sourceId, invoiceId: id, why: form.why };
      }
      default:
        return null;
    }
  }
});

const formatMailed = (emails: readonly string[]): string =>
  emails.length === 0
    ? "Invoice issued, but not emailed: the customer has no email address on file."
    : `Invoice issued and emailed with its PDF to ${emails.join(", ")}.`;

const doneMessages = {
  pay: "Payment recorded. Anything over the balance becomes customer credit.",
  "apply-credit": "Credit applied to this invoice.",
  "credit-note": "Credit note recorded.",
  "return-core": "Core credited. Anything over the balance becomes customer credit.",
  "forfeit-core": "Core forfeited. The shop keeps the core charge.",
  "reopen-core": "Undone. The core is outstanding again.",
  reverse: "Reversed. What it paid is open again.",
  reinstate: "Reversal undone. The money counts again.",
  release: "Unapplied. The money is customer credit again.",
};

export default function Invoice() {
  const data = useLoaderData<typeof loader>();
  const { invoice, contents, cores, credit, mayRecord } = data;
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const { money, shortDay } = useFormat();
  const typedOf = (command: string, line: string): Typed => (refusal?.values?.intent === command && refusal.values.line === line ? refusal : null);
  const draft = invoice.state === "draft";
  const total = draft ? contents.charges.total : invoice.total;
  return (
    <>
      <PageHeader
        title={draft ? `Draft for ${contents.customer}` : invoice.number === null ? "Discarded draft" : invoiceNumber(invoice.number)}
        state={
          <>
            <StatusMark status={invoice.status} />
            {invoice.status === "overdue" && invoice.dueDay && <span className="text-ink-soft">was due {shortDay(invoice.dueDay)}</span>}
          </>
        }
        action={
          invoice.number !== null && (
            <ButtonLink to={paths.staff.invoicePdf(invoice.id)} reloadDocument icon={Download}>
              Download PDF
            </ButtonLink>
          )
        }
      />
      <PageBody>
        <FormResult result={result} />
        {/* A new key after each entry, so the forms come back empty and closed. */}
        {invoice.state !== "void" && <InvoiceActions key={data.entries.length} {...data} refusal={refusal} money={money} total={total} />}
        {!draft && <Figures total={invoice.total} applied={invoice.applied} balance={invoice.balance} />}
        <Facts>
          <Fact term="Customer">
            <Link to={paths.staff.customer(invoice.customerId)} className="text-accent underline underline-offset-2">
              {contents.customer}
            </Link>
          </Fact>
          {invoice.issuedAt !== null && (
            <Fact term="Issued">
              <Moment at={invoice.issuedAt} />
            </Fact>
          )}
          {invoice.dueDay && <Fact term="Due">{shortDay(invoice.dueDay)}</Fact>}
          {invoice.terms && <Fact term="Terms">{terms[invoice.terms].label}</Fact>}
          {mayRecord && (
            <Fact term="Customer's credit">
              <Link to={paths.staff.account(invoice.customerId)} className="inline-flex min-h-[24px] items-center text-accent underline underline-offset-2">
                {money(credit)}
              </Link>
            </Fact>
          )}
          {invoice.voidReason && <Fact term="Void reason">{invoice.voidReason}</Fact>}
        </Facts>
        <CoresSection cores={cores} typedOf={typedOf} />
        <div className="grid gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <Section title="Charges">
            {contents.groups.length === 0 ? (
              <p className="text-ink-soft">{statusLabels[invoice.status]}: no charges.</p>
            ) : (
              <Contents
                contents={contents}
                orderTo={paths.staff.order}
                {...(draft ? { editAt: (orderId: string, jobId: string) => `${paths.staff.job(orderId, jobId)}?then=${invoice.id}` } : {})}
              />
            )}
          </Section>
          <InvoiceActivity {...data} refusal={refusal} money={money} />
        </div>
      </PageBody>
    </>
  );
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;
type Refusal = { fields?: Record<string, string>; values?: Record<string, string> } | null | undefined;
type Money = { money: (cents: Cents) => string };

/** The likely next step first, rare steps behind a disclosure. A step that isn't possible shows the reason. */
function InvoiceActions({
  invoice,
  over,
  asksReason,
  can,
  credit,
  mayRecord,
  fresh,
  today,
  refusal,
  money,
  total,
}: Data & Money & { refusal: Refusal; total: Cents }) {
  // Typed values belong to the form that was sent.
  const of = (command: string): Typed => (refusal?.values?.intent === command ? refusal : null);
  const field = (command: string, name: string) => fieldOf(command, of(command), name);
  if (invoice.state === "draft")
    return (
      <div className="grid gap-3">
        {over.map(({ text, amount: sum }) => (
          <Notice key={text} tone="amber" title={`${text} ${money(sum)} of the invoice isn't authorized.`} />
        ))}
        <div className="flex flex-wrap items-end gap-3">
          {can.issue === true ? (
            <Form method="post" className="flex flex-wrap items-end gap-3">
              <input type="hidden" name="intent" value="issue" />
              <input type="hidden" name="seen" value={total} />
              <Select label="Terms" name="terms" defaultValue="net-30">
                {termNames.map((name) => (
                  <option key={name} value={name}>
                    {terms[name].label}
                  </option>
                ))}
              </Select>
              {over.length > 0 && asksReason && <Field label="Reason for billing unauthorized work" {...field("issue", "why")} />}
              <SubmitButton pendingLabel="Issuing">Issue for {money(total)}</SubmitButton>
            </Form>
          ) : (
            <p className="max-w-[40rem] self-center">{can.issue}</p>
          )}
          <Form method="post">
            <input type="hidden" name="intent" value="discard" />
            <SubmitButton kind="quiet" pendingLabel="Discarding">
              Discard draft
            </SubmitButton>
          </Form>
        </div>
      </div>
    );
  return (
    <div className="flex flex-wrap items-start gap-2">
      {mayRecord && can.pay === true && (
        <Disclosure title="Record payment" kind="primary" open={of("pay") !== null}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="pay" />
            <input type="hidden" name="id" value={fresh.pay} />
            <MoneyFields form="pay" typed={of("pay")} amount={moneyText(invoice.balance)} today={today} dayLabel="Date received" />
            <SubmitButton pendingLabel="Recording">Record payment</SubmitButton>
          </Form>
        </Disclosure>
      )}
      {mayRecord && can.applyCredit === true && credit > 0 && (
        <Form method="post">
          <input type="hidden" name="intent" value="apply-credit" />
          <SubmitButton kind="quiet" pendingLabel="Applying">
            Apply credit of {money(credit)}
          </SubmitButton>
        </Form>
      )}
      {mayRecord && can.creditNote === true && (
        <Disclosure title="Credit note" open={of("credit-note") !== null}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="credit-note" />
            <input type="hidden" name="id" value={fresh.note} />
            <Field label="Amount" figures {...field("credit-note", "amount")} />
            <Field label="Reason" {...field("credit-note", "why")} />
            <SubmitButton pendingLabel="Saving">Record credit note</SubmitButton>
          </Form>
        </Disclosure>
      )}
      <Disclosure title="Void" open={of("void") !== null}>
        {can.void === true ? (
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="void" />
            <Field label="Reason" hint="The number isn't reused. Its work orders are ready to invoice again." {...field("void", "why")} />
            <SubmitButton kind="danger" pendingLabel="Voiding">
              Void this invoice
            </SubmitButton>
          </Form>
        ) : (
          <p className="max-w-80">{can.void}</p>
        )}
      </Disclosure>
    </div>
  );
}

/** Payments and events in one timeline, newest first. A source that is not reversed can be reversed at its own entry. */
function InvoiceActivity({ invoice, entries, events, coreNotes, mayRecord, refusal, money }: Data & Money & { refusal: Refusal }) {
  const refunded = new Set(entries.filter(({ kind }) => kind === "refund").map(({ sourceId }) => sourceId));
  // An entry can be reversed more than once: only the latest reversal can be undone. A core's credit comes back by returning the core.
  const mayUndo = ({ kind, sourceId }: Data["entries"][number], at: number) =>
    kind === "reversal" &&
    isReversed(entries, sourceId) &&
    !coreNotes.includes(sourceId) &&
    entries.findIndex((one) => one.kind === "reversal" && one.sourceId === sourceId) === at;
  // Money applied to this invoice can be unapplied at its latest allocation. The invoice's own credit notes can't.
  const unappliable = entries.filter(
    (entry, at) =>
      entry.kind === "allocation" &&
      !entries.some(({ id, kind, forInvoice }) => id === entry.sourceId && kind === "credit-note" && forInvoice === invoice.id) &&
      entries.findIndex(({ kind, sourceId }) => kind === "allocation" && sourceId === entry.sourceId) === at &&
      sumCents(entries.filter(({ invoiceId, sourceId }) => invoiceId !== null && sourceId === entry.sourceId).map(({ amount: part }) => part)) > 0,
  );
  const items = [
    ...entries.map((entry) => ({ key: entry.id as string, at: entry.at, who: entry.actor.name, entry, ...movementLabel(entry, money) })),
    ...events.map((event) => ({ ...event, entry: null })),
  ].sort((a, b) => b.at - a.at);
  return (
    <Section title="Activity">
      <Timeline label="Activity">
        {items.map(({ key, at, who, entry, title, tone }) => (
          <TimelineItem key={key} title={title} tone={tone} who={who} at={<Moment at={at} />}>
            {entry?.why && <p>{entry.why}</p>}
            {mayRecord && entry && unappliable.includes(entry) && (
              <Disclosure title="Unapply" style="link">
                <Form method="post" className="grid gap-3" noValidate>
                  <input type="hidden" name="intent" value="release" />
                  <input type="hidden" name="source" value={entry.sourceId} />
                  <Field label="Reason" name="why" id={`release-${entry.id}`} hint="It becomes credit for another invoice or a refund" />
                  <SubmitButton kind="quiet" pendingLabel="Unapplying">
                    Unapply it from this invoice
                  </SubmitButton>
                </Form>
              </Disclosure>
            )}
            {mayRecord && (entry?.kind === "payment" || entry?.kind === "credit-note") && !refunded.has(entry.id) && !isReversed(entries, entry.id) && (
              <Disclosure title="Reverse" style="link">
                <Form method="post" className="grid gap-3" noValidate>
                  <input type="hidden" name="intent" value="reverse" />
                  <input type="hidden" name="source" value={entry.id} />
                  <Field
                    label="Reason"
                    name="why"
                    id={`reverse-${entry.id}`}
                    hint={entry.kind === "payment" ? "For example a bounced check or a mistyped amount" : "For example a mistyped amount or the wrong invoice"}
                  />
                  <SubmitButton kind="danger" pendingLabel="Reversing">
                    Reverse this {entry.kind === "payment" ? "payment" : "credit note"}
                  </SubmitButton>
                </Form>
              </Disclosure>
            )}
            {mayRecord && entry && mayUndo(entry, entries.indexOf(entry)) && (
              <UndoReversal
                source={entry.sourceId}
                typed={refusal?.values?.intent === "reinstate" && refusal.values.source === entry.sourceId ? refusal : null}
              />
            )}
          </TimelineItem>
        ))}
      </Timeline>
    </Section>
  );
}
