import { FileText } from "lucide-react";
import { Link, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { type Id, newId } from "~/kernel/ids";
import { type Cents, formatMoney, moneyText, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { err } from "~/kernel/result";
import { dayOf } from "~/kernel/time";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { AccountFigures, movementLabel, StatusMark } from "~/modules/invoices/invoice.view";
import { type AccountRefusal, changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { type LedgerCommand, ledgerRefusalMessage } from "~/modules/invoices/receivables/ledger";
import { amount, confirmedField, dayRefusal, moneyFields, why } from "~/modules/invoices/receivables/ledger-form";
import { MoneyFields, UndoReversalFields } from "~/modules/invoices/receivables/ledger-form.view";
import type { Authed } from "~/platform/http/authed.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { type Answer, invalid, type OwnRefusal } from "~/platform/http/refusals.server";
import { type AccountCursor, readAccount } from "~/queries/staff/account.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { PageBody, PageHeader, Section, Timeline, TimelineItem } from "~/ui/page";
import { Pager } from "~/ui/pager";

export const meta = ({ loaderData }: { loaderData?: { customer: { name: string } } }) => [
  { title: loaderData ? `Account of ${loaderData.customer.name}` : "Account" },
];

export const loader = staff.loader("invoice:read", async ({ services, session, id: idOf, url }) => {
  const id = idOf("customer");
  const now = services.clock.now();
  const before = cursorIn(url.searchParams.get("before"));
  const account = orNotFound(await readAccount(services.db, id, { now, before }));
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
  };
});

function cursorIn(text: string | null): AccountCursor | null {
  const [, version, position] = /^(\d{1,9})-(\d{1,4})$/.exec(text ?? "") ?? [];
  return version && position ? { version: Number(version), position: Number(position) } : null;
}

const entry = idField("entry", "Something was missing from that form. Reload the page and try again.");
const ofSource = z.object({ source: entry, why });
const fromSource = z.object({ id: entry, source: entry, ...moneyFields, why });

type Recording = Pick<Authed<"staff">, "services" | "scope" | "id">;

/** Runs one command on the customer's account, after its day was checked where it has one. */
async function record({ services, scope, id }: Recording, command: LedgerCommand) {
  const { zone } = scope.organization;
  const wrongDay = "day" in command ? dayRefusal(command.day, dayOf(services.clock.now(), zone)) : null;
  return wrongDay === null ? changeAccount(services, id("customer"), command) : err(invalid({ day: wrongDay }));
}

const refuse = (refusal: OwnRefusal<AccountRefusal>, { scope: { organization } }: Recording): Answer => {
  const message = ledgerRefusalMessage(refusal, (cents) => formatMoney(cents, organization.currency, organization.locale));
  if (refusal.kind !== "surplus") return message;
  return { status: 409, message, fields: { confirmed: message }, more: { surplus: String(refusal.surplus) } };
};

export const action = staff.commands({
  pay: staff.command({
    permission: "payment:record",
    form: z.object({ id: entry, ...moneyFields, ...confirmedField }),
    run: (args) => record(args, { intent: "pay", invoiceId: null, ...args.form }),
    done: "Payment recorded as credit. Apply it to an invoice when you're ready.",
    refuse,
  }),
  "give-credit": staff.command({
    permission: "payment:record",
    form: z.object({ id: entry, amount, why }),
    run: (args) => record(args, { intent: "give-credit", ...args.form }),
    done: "Credit given. Apply it to an invoice when you're ready.",
    refuse,
  }),
  allocate: staff.command({
    permission: "payment:record",
    form: z.object({ id: entry, source: entry, invoice: idField("invoice", "Choose an invoice."), amount }),
    run: ({ form, ...args }) => record(args, { intent: "allocate", id: form.id, sourceId: form.source, invoiceId: form.invoice, amount: form.amount }),
    done: "Credit applied to the invoice.",
    refuse,
  }),
  refund: staff.command({
    permission: "payment:record",
    form: fromSource,
    run: ({ form: { source, ...money }, ...args }) => record(args, { intent: "refund", sourceId: source, ...money }),
    done: "Refund recorded.",
    refuse,
  }),
  "pay-out": staff.command({
    permission: "payment:record",
    form: fromSource,
    run: ({ form: { source, ...money }, ...args }) => record(args, { intent: "refund", sourceId: source, ...money }),
    done: "Paid out. The refund is recorded.",
    refuse,
  }),
  reverse: staff.command({
    permission: "payment:record",
    form: ofSource,
    run: ({ form, ...args }) => record(args, { intent: "reverse", sourceId: form.source, why: form.why }),
    done: "Reversed. What it paid is open again.",
    refuse,
  }),
  reinstate: staff.command({
    permission: "payment:record",
    form: ofSource,
    run: ({ form, ...args }) => record(args, { intent: "reinstate", sourceId: form.source, why: form.why }),
    done: "Reversal undone. The money counts again.",
    refuse,
  }),
});

type Data = ReturnType<typeof useLoaderData<typeof loader>>;
export default function Account() {
  const data = useLoaderData<typeof loader>();
  const { customer, owed, overdue, credit, open, openCount, sources, entries, summary, next, first, mayRecord } = data;
  const result = useActionData<typeof action>();
  const { money, shortDay } = useFormat();
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
        <AccountFigures owed={owed} overdue={overdue} credit={credit} />
        {/* A new key after each entry, so the form comes back empty and closed. */}
        {mayRecord && <MoneyIn key={entries[0]?.id} {...data} />}
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
                      detail={invoice.dueDay && `Due ${shortDay(invoice.dueDay)}`}
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
                        {source.day ? shortDay(source.day) : <Moment at={source.at} />}
                        {source.why && ` · ${source.why}`}
                      </span>
                      {mayRecord && (
                        <div key={source.free} className="flex flex-wrap items-start gap-x-4">
                          {open.length > 0 && <Apply {...data} source={source} />}
                          <PayOut {...data} source={source} />
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
                      at={<Moment at={entry.at} />}
                    >
                      {entry.day && <p>Dated {shortDay(entry.day)}</p>}
                      {entry.why && <p>{entry.why}</p>}
                      {mayRecord && isSource && its && its.worth > 0 && <Undo key={its.worth} {...data} entry={entry} {...its} />}
                      {mayRecord && isReversal && its?.mayReinstate && <UndoReversal source={entry.sourceId} />}
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
function MoneyIn({ fresh }: Data) {
  const { today } = useFormat();
  const refused = useRefusedForm<typeof action>();
  return (
    <div className="flex flex-wrap items-start gap-2">
      <Disclosure title="Take a deposit" kind="primary" open={refused("pay") !== null}>
        <CommandForm<typeof action> intent="pay" className="grid gap-3">
          <input type="hidden" name="id" value={fresh.deposit} />
          <MoneyFields form="deposit" amount="" today={today} dayLabel="Date received" />
          <SubmitButton pendingLabel="Recording">Record deposit</SubmitButton>
        </CommandForm>
      </Disclosure>
      <Disclosure title="Give credit" open={refused("give-credit") !== null}>
        <CommandForm<typeof action> intent="give-credit" className="grid gap-3">
          <input type="hidden" name="id" value={fresh.credit} />
          <Field label="Amount" name="amount" id="credit-amount" figures />
          <Field label="Reason" name="why" id="credit-why" hint="For example goodwill, warranty or a promised price" />
          <SubmitButton pendingLabel="Giving">Record credit</SubmitButton>
        </CommandForm>
      </Disclosure>
    </div>
  );
}

type ApplyProps = Data & { source: Data["sources"][number] };

function Apply({ source, open }: ApplyProps) {
  const { money } = useFormat();
  const row = { source: source.id };
  const form = `put-${source.id}`;
  const [oldest] = open;
  return (
    <Disclosure title="Apply to invoice" style="link" open={useRefusedForm<typeof action>()("allocate", row) !== null}>
      <CommandForm<typeof action> intent="allocate" row={row} className="grid gap-3">
        <input type="hidden" name="id" value={source.fresh.apply} />
        <Select label="Invoice" name="invoice" id={`${form}-invoice`} defaultValue={oldest?.id}>
          {open.map((invoice) => (
            <option key={invoice.id} value={invoice.id}>
              {invoiceNumber(invoice.number)}, {money(invoice.balance)} open
            </option>
          ))}
        </Select>
        <Field
          label="Amount"
          name="amount"
          id={`${form}-amount`}
          figures
          defaultValue={moneyText(toCents(Math.min(source.free, oldest?.balance ?? source.free)))}
        />
        <SubmitButton pendingLabel="Applying">Apply credit</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}

/** Pays out the unapplied part of any credit. */
function PayOut({ source }: ApplyProps) {
  const { today } = useFormat();
  const row = { source: source.id };
  const form = `out-${source.id}`;
  return (
    <Disclosure title="Pay out" style="link" open={useRefusedForm<typeof action>()("pay-out", row) !== null}>
      <CommandForm<typeof action> intent="pay-out" row={row} className="grid gap-3">
        <input type="hidden" name="id" value={source.fresh.payOut} />
        <MoneyFields form={form} amount={moneyText(source.free)} today={today} dayLabel="Date paid out" />
        <Field label="Reason" name="why" id={`${form}-why`} />
        <SubmitButton pendingLabel="Recording">Record payout</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}

type UndoProps = Data & { entry: Pick<Data["entries"][number], "id" | "kind" | "fresh">; worth: Cents; mayReverse: boolean };

/** What can still be undone about money that came in or was given. */
function Undo({ entry, worth, mayReverse }: UndoProps) {
  const { today } = useFormat();
  const refused = useRefusedForm<typeof action>();
  const row = { source: entry.id };
  return (
    <div className="flex flex-wrap items-start gap-x-4">
      {entry.kind === "payment" && (
        <Disclosure title="Refund" style="link" open={refused("refund", row) !== null}>
          <CommandForm<typeof action> intent="refund" row={row} className="grid gap-3">
            <input type="hidden" name="id" value={entry.fresh} />
            <p className="text-small">The refund uses unapplied money first, then money applied to invoices. Those invoices are open again.</p>
            <MoneyFields form={`back-${entry.id}`} amount={moneyText(worth)} today={today} dayLabel="Date refunded" />
            <Field label="Reason" name="why" id={`back-${entry.id}-why`} />
            <SubmitButton pendingLabel="Recording">Record refund</SubmitButton>
          </CommandForm>
        </Disclosure>
      )}
      {mayReverse && (
        <Disclosure title="Reverse" style="link" open={refused("reverse", row) !== null}>
          <CommandForm<typeof action> intent="reverse" row={row} className="grid gap-3">
            <Field label="Reason" name="why" id={`wrong-${entry.id}-why`} hint="For example a bounced check or a mistyped amount" />
            <SubmitButton kind="danger" pendingLabel="Reversing">
              Record reversal
            </SubmitButton>
          </CommandForm>
        </Disclosure>
      )}
    </div>
  );
}

/** Undoes a reversal made by mistake. */
function UndoReversal({ source }: { source: Id<"entry"> }) {
  const row = { source };
  return (
    <Disclosure title="Undo reversal" style="link" open={useRefusedForm<typeof action>()("reinstate", row) !== null}>
      <CommandForm<typeof action> intent="reinstate" row={row} className="grid gap-3">
        <UndoReversalFields source={source} />
      </CommandForm>
    </Disclosure>
  );
}
