import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { UnitFactLine } from "~/modules/assets/unit-facts.view";
import { SafetyMark } from "~/modules/work-orders/lines/safety-mark.view";
import { LineTable, Sums } from "~/modules/work-orders/order.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { useFormat } from "~/ui/format";
import { StateMark, type Tone } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { type Age, ageLabels, ages, type InvoiceContents } from "./invoice";
import type { InvoiceGroup } from "./invoice-lines";
import { type LedgerEntry, type Method, methodLabels } from "./receivables/ledger";
import { balanceLabel } from "./statements/balance-label";

export { StatusMark } from "./status.view";

type ContentProps = {
  contents: InvoiceContents;
  /** Link of an order's number, for people who may see orders. */
  orderTo?: (id: Id<"workOrder">) => string;
  /** The page where a job's lines are corrected, while the invoice is a draft. */
  editAt?: (orderId: Id<"workOrder">, jobId: Id<"job">) => string;
  /** Link of the work summary PDF. */
  summaryTo?: (id: Id<"workOrder">) => string;
};

/** An invoice's contents by unit and order, then the totals. */
export function Contents({ contents: { groups, charges, taxCertificate }, orderTo, editAt, summaryTo }: ContentProps) {
  return (
    <div className="grid gap-6">
      {groups.map((group) => (
        <Group key={group.orderId} group={group} to={orderTo?.(group.orderId)} editAt={editAt} summary={summaryTo?.(group.orderId)} />
      ))}
      <div className="sm:ml-auto sm:w-80">
        <Sums totals={charges} exempt={taxCertificate !== null} inside={false} supplies={groups.map((group) => group.supplies)} />
        {taxCertificate && <p className="pt-1 text-small text-ink-soft">Tax certificate {taxCertificate}</p>}
      </div>
    </div>
  );
}

type GroupProps = { group: InvoiceGroup; to: string | undefined; editAt: ContentProps["editAt"]; summary: string | undefined };

function Group({ group, to, editAt, summary }: GroupProps) {
  const heading = `order-${group.order}`;
  return (
    <article aria-labelledby={heading} className="grid gap-3 border-t-2 border-ink pt-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <UnitPlate number={group.unit} />
        <h3 id={heading} className="text-lead">
          {group.title}
        </h3>
        <span className="text-small text-ink-soft">
          {to ? (
            <Link to={to} className="inline-flex min-h-(--target) items-center text-accent underline underline-offset-2">
              {docketNumber(group.order)}
            </Link>
          ) : (
            docketNumber(group.order)
          )}
          {group.purchaseOrder && ` · PO ${group.purchaseOrder}`}
        </span>
        {summary && (
          <Link
            to={summary}
            reloadDocument
            aria-label={`Work summary, PDF, of ${docketNumber(group.order)}`}
            className="inline-flex min-h-(--target) items-center text-small text-accent underline underline-offset-2"
          >
            Work summary, PDF
          </Link>
        )}
      </div>
      <UnitFactLine unit={group.unitFacts} when=" at service" />
      {group.jobs.map((job) => (
        <div key={job.id} className="grid gap-1">
          {job.complaint !== group.title && <p className="font-semibold whitespace-pre-line">{job.complaint}</p>}
          {job.correction && <p className="whitespace-pre-line text-ink-soft">{job.correction}</p>}
          {job.lines.length > 0 && <LineTable label={`Lines of ${docketNumber(group.order)}: ${job.complaint}`} lines={job.lines} />}
          {editAt && (
            <TextLink to={editAt(group.orderId, job.id)}>
              Correct lines<span className="sr-only"> of {job.complaint}</span>
            </TextLink>
          )}
        </div>
      ))}
      {group.declined.length > 0 && (
        <div className="grid gap-1">
          <p className="font-semibold">Recommended, declined</p>
          <ul>
            {group.declined.map((line) => (
              <li key={line.text} className="text-ink-soft">
                {line.text}
                <SafetyMark of={line} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </article>
  );
}

type Movement = Pick<LedgerEntry, "kind" | "amount" | "why"> & { method: Method | null; reference: string | null };

/** A ledger entry in a line: "Check 1041: $200.00 received", "$150.00 applied to this invoice". */
export function movementLabel(
  { kind, amount, method, reference }: Movement,
  money: (amount: Cents) => string,
  invoice = "this invoice",
): { title: string; tone: Tone } {
  const sum = money(toCents(Math.abs(amount)));
  const by = [method && methodLabels[method], reference].filter(Boolean).join(" ");
  switch (kind) {
    case "payment":
      return { title: `${by}: ${sum} received`, tone: "green" };
    case "credit":
      return { title: `Credit of ${sum} given`, tone: "blue" };
    case "credit-note":
      return { title: `Credit note for ${sum}`, tone: "blue" };
    case "allocation":
      return { title: `${sum} applied to ${invoice}`, tone: "green" };
    case "release":
      return { title: `${sum} unapplied from ${invoice}`, tone: "amber" };
    case "refund":
      return { title: `${sum} refunded${by ? `: ${by}` : ""}`, tone: "amber" };
    case "reversal":
      return { title: `${sum} reversed`, tone: "red" };
    case "chargeback":
      return { title: `${sum} taken back by the payer's bank${by ? `: ${by}` : ""}`, tone: "red" };
    case "correction":
      return { title: `${sum} taken off as a mistake`, tone: "slate" };
    case "reinstatement":
      return { title: `Reversal undone: ${sum} counts again`, tone: "green" };
  }
}

/** Total, paid and balance due. */
export function Figures({ total, applied, balance }: { total: Cents; applied: Cents; balance: Cents }) {
  const { money } = useFormat();
  return (
    <dl className="grid grid-cols-3 gap-x-6">
      <Figure term="Total">{money(total)}</Figure>
      <Figure term="Paid">{money(applied)}</Figure>
      <Figure term="Balance due">
        <span className="font-condensed text-[1.375rem] leading-tight font-semibold">{money(balance)}</span>
      </Figure>
    </dl>
  );
}

type AccountProps = { owed: Cents; overdue: Cents; credit: Cents /** What of the credit is on its way back to the customer. */; reserved: Cents };

/** A customer's balance, as on a statement through today, with what is overdue and why credit lowers it. */
export function AccountFigures({ owed, overdue, credit, reserved }: AccountProps) {
  const { money } = useFormat();
  const { term, amount } = balanceLabel(toCents(owed - credit));
  return (
    <div className="grid gap-1 border-y border-line py-3">
      <dl className="grid grid-cols-3 gap-x-6">
        <Figure term={term}>
          <span className="font-condensed text-[1.375rem] leading-tight font-semibold">{money(amount)}</span>
        </Figure>
        <Figure term="Overdue">{overdue > 0 ? <StateMark bare tone="red" label={money(overdue)} /> : money(overdue)}</Figure>
        <Figure term="Credit">
          {money(credit)}
          {reserved > 0 && <span className="block text-small text-ink-soft">of it {money(reserved)} on its way back</span>}
        </Figure>
      </dl>
      {credit > 0 && (
        <p className="text-small text-ink-soft">
          {owed > 0
            ? `Open invoices of ${money(owed)}, less ${money(credit)} of credit that isn't applied to an invoice yet.`
            : reserved < credit && "The credit can pay the next invoice."}
        </p>
      )}
    </div>
  );
}

const Figure = ({ term, children }: { term: string; children: ReactNode }) => (
  <div className="grid content-start">
    <dt className="text-small text-ink-soft">{term}</dt>
    <dd className="tabular-nums">{children}</dd>
  </div>
);

/** A one-line summary of the aging table. */
export function receivablesFinding(owed: Record<Age, Cents>, money: (amount: Cents) => string): string {
  const late = sumCents(ages.filter((age) => age !== "current").map((age) => owed[age]));
  const old = toCents(owed["61-90"] + owed["90+"]);
  if (late === 0) return owed.current === 0 ? "No open balances" : `Nothing is overdue; ${money(owed.current)} isn't due yet`;
  return `${money(late)} is overdue${old > 0 ? `, ${money(old)} of it by more than 60 days` : ""}`;
}

type ReceivablesProps = { owed: Record<Age, Cents> /** The list of an age's invoices. */; to?: (age: Age) => string; current?: Age | null };

/** Receivables by age, as a table with bars. */
export function Receivables({ owed, to, current = null }: ReceivablesProps) {
  const { money } = useFormat();
  const most = Math.max(...ages.map((age) => owed[age]));
  if (most <= 0) return <p className="text-lead">{receivablesFinding(owed, money)}</p>;
  return (
    <table className="w-full max-w-[40rem] border-collapse">
      <caption className="pb-1 text-left text-lead">{receivablesFinding(owed, money)}</caption>
      <tbody>
        {ages.map((age) => (
          <tr key={age}>
            <th scope="row" className="w-36 py-0.5 pr-3 text-left font-normal whitespace-nowrap">
              {to && owed[age] > 0 ? (
                <Link
                  to={to(age)}
                  aria-current={age === current ? "true" : undefined}
                  className="inline-flex min-h-6 items-center underline-offset-2 hover:underline aria-[current]:font-semibold"
                >
                  {ageLabels[age]}
                </Link>
              ) : (
                ageLabels[age]
              )}
            </th>
            <td className="w-28 py-0.5 pr-3 text-right tabular-nums">{money(owed[age])}</td>
            <td className="py-0.5">
              <svg
                aria-hidden="true"
                viewBox="0 0 100 8"
                preserveAspectRatio="none"
                className={`h-2.5 w-full ${age === "current" ? "fill-control" : "fill-state-red"}`}
              >
                <rect width={(owed[age] / most) * 100} height="8" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
