import { FileText } from "lucide-react";
import { Form, Link, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { type Cents, formatMoney, moneyText, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { AccountFigures, formatDays, movementLabel, StatusMark } from "~/modules/invoices/invoice.view";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import type { LedgerCommand } from "~/modules/invoices/receivables/ledger";
import { amount, confirmedField, moneyFields, why } from "~/modules/invoices/receivables/ledger-form";
import { fieldOf, MoneyFields, type Typed, UndoReversal } from "~/modules/invoices/receivables/ledger-form.view";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { type AccountCursor, readAccount } from "~/queries/staff/account.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { DataList, DataRow } from "~/ui/list";
import { PageBody, PageHeader, Section, Timeline, TimelineItem } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { refusedDay, refusedMoney } from "./money-form-errors.server";

export const meta = ({ loaderData }: { loaderData?: { customer: { name: string } } }) => [
  { title: loaderData ? `Account of ${loaderData.customer.name}` : "Account" },
];

export const loader = staff.loader("invoice:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("customer", params.customerId));
  const now = services.clock.now();
  const before = cursorIn(url.searchParams.get("before"));
  const account = orNotFound(await readAccount(services.db, id, { now, before }));
  const { zone, locale, currency } = session.organization;
  const mayRecord = may("staff", session.membership.role, "payment:record");
  const fresh = () => newId("entry", now);
  return {
    ...account,
    // Each form posts a new entry id, so a second entry is never taken for a resend of the first.
    sources: account.sources.map((source) => ({ ...source, fresh: { apply: fresh(), payOut: fresh() } })),
    entries: account.entries.map((entry) => ({ ...entry, fresh: fresh() })),
    fresh: { deposit: fresh(), credit: fresh() },
    first: before === null,
    mayRecord,
    today: dayOf(now, zone),
    zone,
    locale,
    currency,
    now,
  };
});

function cursorIn(text: string | null): AccountCursor | null {
  const [, version, position] = /^(\d{1,9})-(\d{1,4})$/.exec(text ?? "") ?? [];
  return version && position ? { version: Number(version), position: Number(position) } : null;
}

const AccountForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("pay"), id: z.string(), ...moneyFields, ...confirmedField }),
  z.object({ intent: z.literal("give-credit"), id: z.string(), amount, why }),
  z.object({ intent: z.literal("allocate"), id: z.string(), source: z.string(), invoice: z.string(), amount }),
  z.object({ intent: z.literal("refund"), id: z.string(), source: z.string(), ...moneyFields, why }),
  z.object({ intent: z.literal("pay-out"), id: z.string(), source: z.string(), ...moneyFields, why }),
  z.object({ intent: z.literal("reverse"), source: z.string(), why }),
  z.object({ intent: z.literal("reinstate"), source: z.string(), why }),
]);

const doneMessages: Record<z.output<typeof AccountForm>["intent"], string> = {
  pay: "Payment recorded as credit. Apply it to an invoice when you're ready.",
  "give-credit": "Credit given. Apply it to an invoice when you're ready.",
  allocate: "Credit applied to the invoice.",
  refund: "Refund recorded.",
  "pay-out": "Paid out. The refund is recorded.",
  reverse: "Reversed. What it paid is open again.",
  reinstate: "Reversal undone. The money counts again.",
};

export const action = staff.action("payment:record", AccountForm, async ({ services, session, params, form }) => {
  const customerId = orNotFound(parseId("customer", params.customerId));
  const wrongDay = refusedDay(form, services.clock.now(), session.organization.zone);
  if (wrongDay) return wrongDay;
  const command = ledgerCommand(form);
  if (!command) return problem(422, { message: "Something was missing from that form. Reload the page and try again." });
  const changed = await changeAccount(services, customerId, command);
  return changed.ok ? { problem: null, done: doneMessages[form.intent] } : refusedMoney(changed.error, session.organization, form);
});

function ledgerCommand(form: z.output<typeof AccountForm>): LedgerCommand | null {
  const id = "id" in form ? parseId("entry", form.id) : null;
  const sourceId = "source" in form ? parseId("entry", form.source) : null;
  switch (form.intent) {
    case "pay":
      return id && { ...form, id, invoiceId: null };
    case "give-credit":
      return id && { ...form, id };
    case "allocate": {
      const invoiceId = parseId("invoice", form.invoice);
      return id && sourceId && invoiceId && { intent: "allocate", id, sourceId, invoiceId, amount: form.amount };
    }
    case "refund":
    case "pay-out": {
      const { source: _, ...money } = form;
      return id && sourceId && { ...money, intent: "refund", id, sourceId };
    }
    case "reverse":
    case "reinstate":
      return sourceId && { intent: form.intent, sourceId, why: form.why };
  }
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;
/** The typed values of one form, found by its command and the entry that it is about. */
type Of = (command: string, source?: string) => Typed;

export default function Account() {
  const data = useLoaderData<typeof loader>();
  const { customer, owed, overdue, credit, open, openCount, sources, entries, summary, next, first, mayRecord, zone, locale, currency, now } = data;
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const money = (cents: Cents) => formatMoney(cents, currency, locale);
  const of: Of = (command, source) => (refusal?.values?.intent === command && refusal.values.source === source ? refusal : null);
  return (
    <>
      <PageHeader
        title={`Account of ${customer.name}`}
        action={
          <>
            <ButtonLink to={paths.staff.statement(customer.id)} icon={FileText}>
              Statement
            </ButtonLink>
            <ButtonLink to={paths.staff.customer(customer.id)}>Customer</ButtonLink>
          </>
        }
      />
      <PageBody>
        <FormResult result={result} />
        <AccountFigures owed={owed} overdue={overdue} credit={credit} currency={currency} locale={locale} />
        {/* A new key after each entry, so the form comes back empty and closed. */}
        {mayRecord && <MoneyIn key={entries[0]?.id} {...data} of={of} />}
        <div className="grid gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <div className="grid content-start gap-6">
            <Section title="Open invoices" count={openCount}>
              {open.length === 0 ? (
                <p className="text-ink-soft">No open invoices.</p>
              ) : (
                <DataList label="Open invoices">
                  {open.map((invoice) => (
                    <DataRow
                      key={invoice.id}
                      to={paths.staff.invoice(invoice.id)}
                      title={
                        <span className="inline-flex flex-wrap items-center gap-x-3">
                          <span className="font-semibold tabular-nums">{invoiceNumber(invoice.number)}</span>
                          <StatusMark bare status={invoice.status} />
                        </span>
                      }
                      detail={invoice.dueDay && `Due ${formatDays(invoice.dueDay, locale)}`}
                      end={<span className="tabular-nums">{money(invoice.balance)}</span>}
                    />
                  ))}
                </DataList>
              )}
              {openCount > open.length && <p className="text-ink-soft">Showing the {open.length} that are due first.</p>}
            </Section>
            <Section title="Unapplied credit" count={sources.length}>
              {sources.length === 0 ? (
                <p className="text-ink-soft">No unapplied credit.</p>
              ) : (
                <ul aria-label="Unapplied credit" className="divide-y divide-line border-y border-line bg-panel">
                  {sources.map((source) => (
                    <li key={source.id} className="grid gap-1 px-3 py-2">
                      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                        <span className="font-semibold">{movementLabel(source, money).title}</span>
                        <span className="tabular-nums">{money(source.free)} unapplied</span>
                      </span>
                      <span className="text-small text-ink-soft">
                        {source.day ? formatDays(source.day, locale) : <Moment at={source.at} zone={zone} locale={locale} now={now} />}
                        {source.why && ` · ${source.why}`}
                      </span>
                      {mayRecord && (
                        <div key={source.free} className="flex flex-wrap items-start gap-x-4">
                          {open.length > 0 && <Apply {...data} source={source} of={of} money={money} />}
                          <PayOut {...data} source={source} of={of} />
                        </div>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </Section>
          </div>
          <Section title="Activity">
            {entries.length === 0 ? (
              <p className="text-ink-soft">No payments, credits or refunds yet.</p>
            ) : (
              <Timeline label="Activity">
                {entries.map((entry, at) => {
                  const { title, tone } = movementLabel(entry, money, invoiceNumber(entry.number));
                  const its = summary[entry.sourceId];
                  const isSource = entry.id === entry.sourceId;
                  // An entry can be reversed more than once: only the latest reversal can be undone.
                  const isReversal = entries.findIndex(({ kind, sourceId }) => kind === "reversal" && sourceId === entry.sourceId) === at;
                  return (
                    <TimelineItem
                      key={entry.id}
                      title={
                        entry.number !== null && entry.invoiceId ? (
                          <Link to={paths.staff.invoice(entry.invoiceId)} className="inline-flex min-h-[24px] items-center underline-offset-2 hover:underline">
                            {title}
                          </Link>
                        ) : (
                          title
                        )
                      }
                      tone={tone}
                      who={entry.actor.name}
                      at={<Moment at={entry.at} zone={zone} locale={locale} now={now} />}
                    >
                      {entry.day && <p>Dated {formatDays(entry.day, locale)}</p>}
                      {entry.why && <p>{entry.why}</p>}
                      {mayRecord && isSource && its && its.worth > 0 && <Undo key={its.worth} {...data} entry={entry} {...its} of={of} />}
                      {mayRecord && isReversal && its?.mayReinstate && <UndoReversal source={entry.sourceId} typed={of("reinstate", entry.sourceId)} />}
                    </TimelineItem>
                  );
                })}
              </Timeline>
            )}
            {(next || !first) && (
              <Pager label="Pages of the account" previous={first ? undefined : "?"} next={next ? `?before=${next.version}-${next.position}` : undefined} />
            )}
          </Section>
        </div>
      </PageBody>
    </>
  );
}

/** Money without an invoice: a deposit that the customer pays ahead, or a credit that the shop gives. */
function MoneyIn({ fresh, today, of }: Data & { of: Of }) {
  return (
    <div className="flex flex-wrap items-start gap-2">
      <Disclosure title="Take a deposit" kind="primary" open={of("pay") !== null}>
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="intent" value="pay" />
          <input type="hidden" name="id" value={fresh.deposit} />
          <MoneyFields form="deposit" typed={of("pay")} amount="" today={today} dayLabel="Date received" />
          <SubmitButton pendingLabel="Recording">Record deposit</SubmitButton>
        </Form>
      </Disclosure>
      <Disclosure title="Give credit" open={of("give-credit") !== null}>
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="intent" value="give-credit" />
          <input type="hidden" name="id" value={fresh.credit} />
          <Field label="Amount" figures {...fieldOf("credit", of("give-credit"), "amount")} />
          <Field label="Reason" hint="For example goodwill, warranty or a promised price" {...fieldOf("credit", of("give-credit"), "why")} />
          <SubmitButton pendingLabel="Giving">Record credit</SubmitButton>
        </Form>
      </Disclosure>
    </div>
  );
}

type ApplyProps = Data & { source: Data["sources"][number]; of: Of; money: (cents: Cents) => string };

function Apply({ source, open, of, money }: ApplyProps) {
  const typed = of("allocate", source.id);
  const form = `put-${source.id}`;
  const [oldest] = open;
  return (
    <Disclosure title="Apply to invoice" style="link" open={typed !== null}>
      <Form method="post" className="grid gap-3" noValidate>
        <input type="hidden" name="intent" value="allocate" />
        <input type="hidden" name="id" value={source.fresh.apply} />
        <input type="hidden" name="source" value={source.id} />
        <Select label="Invoice" {...fieldOf(form, typed, "invoice", oldest?.id)}>
          {open.map((invoice) => (
            <option key={invoice.id} value={invoice.id}>
              {invoiceNumber(invoice.number)}, {money(invoice.balance)} open
            </option>
          ))}
        </Select>
        <Field label="Amount" figures {...fieldOf(form, typed, "amount", moneyText(toCents(Math.min(source.free, oldest?.balance ?? source.free))))} />
        <SubmitButton pendingLabel="Applying">Apply credit</SubmitButton>
      </Form>
    </Disclosure>
  );
}

/** Pays out the unapplied part of any credit. */
function PayOut({ source, today, of }: Omit<ApplyProps, "money">) {
  const typed = of("pay-out", source.id);
  const form = `out-${source.id}`;
  return (
    <Disclosure title="Pay out" style="link" open={typed !== null}>
      <Form method="post" className="grid gap-3" noValidate>
        <input type="hidden" name="intent" value="pay-out" />
        <input type="hidden" name="id" value={source.fresh.payOut} />
        <input type="hidden" name="source" value={source.id} />
        <MoneyFields form={form} typed={typed} amount={moneyText(source.free)} today={today} dayLabel="Date paid out" />
        <Field label="Reason" {...fieldOf(form, typed, "why")} />
        <SubmitButton pendingLabel="Recording">Record payout</SubmitButton>
      </Form>
    </Disclosure>
  );
}

type UndoProps = Data & { entry: Pick<Data["entries"][number], "id" | "kind" | "fresh">; worth: Cents; mayReverse: boolean; of: Of };

/** What can still be undone about money that came in or was given. */
function Undo({ entry, worth, mayReverse, today, of }: UndoProps) {
  const [back, wrong] = [of("refund", entry.id), of("reverse", entry.id)];
  return (
    <div className="flex flex-wrap items-start gap-x-4">
      {entry.kind === "payment" && (
        <Disclosure title="Refund" style="link" open={back !== null}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="refund" />
            <input type="hidden" name="id" value={entry.fresh} />
            <input type="hidden" name="source" value={entry.id} />
            <p className="text-small">The refund uses unapplied money first, then money applied to invoices. Those invoices are open again.</p>
            <MoneyFields form={`back-${entry.id}`} typed={back} amount={moneyText(worth)} today={today} dayLabel="Date refunded" />
            <Field label="Reason" {...fieldOf(`back-${entry.id}`, back, "why")} />
            <SubmitButton pendingLabel="Recording">Record refund</SubmitButton>
          </Form>
        </Disclosure>
      )}
      {mayReverse && (
        <Disclosure title="Reverse" style="link" open={wrong !== null}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="reverse" />
            <input type="hidden" name="source" value={entry.id} />
            <Field label="Reason" hint="For example a bounced check or a mistyped amount" {...fieldOf(`wrong-${entry.id}`, wrong, "why")} />
            <SubmitButton kind="danger" pendingLabel="Reversing">
              Record reversal
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
    </div>
  );
}
