import { MessageSquare } from "lucide-react";
import type { ReactNode } from "react";
import { Form, Link } from "react-router";
import { type Cents, quantityText } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { formatQuantity } from "~/modules/work-orders/jobs/job";
import { Moment } from "~/ui/clock";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { StateMark, type Tone } from "~/ui/state-mark";
import { TextArea } from "~/ui/text-area";
import { useDraftId } from "~/ui/use-draft-id";
import type { AskedLine } from "./assignment/asked-lines";
import { type BudgetImpact, type BudgetLevel, budgetLabels, percentOf } from "./budget/budget";
import { linesTotal, lineTotal, taxOf, type VendorCharges, vendorChargeKindLabels, vendorChargesTotal } from "./invoicing/vendor-charges";
import { isClosedTo, type JobState } from "./job-states";
import { jobNumber, stateLabels } from "./labels";
import type { EstimateRevision, InvoiceSubmission } from "./vendor-job";

export const stateTones: Record<JobState, Tone> = {
  assigned: "blue",
  accepted: "blue",
  declined: "red",
  recalled: "slate",
  "estimate-submitted": "amber",
  "revision-requested": "amber",
  approved: "green",
  completed: "green",
  invoiced: "amber",
  disputed: "red",
  settled: "green",
  ending: "amber",
  "called-off": "slate",
};

/** The lines of the order that a job is for, without prices: the vendor reads the same. */
export const AskedLines = ({ lines }: { lines: readonly (AskedLine & { id: string })[] }) =>
  lines.length === 0 ? null : (
    <Section title="What is asked" count={lines.length}>
      <ul aria-label="What is asked" className="divide-y divide-line border-y border-line">
        {lines.map((line) => (
          <li key={line.id} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <span>
              {line.text}
              {line.partNumber && <span className="block font-mono text-small text-ink-soft">{line.partNumber}</span>}
            </span>
            <span className="tabular-nums">{formatQuantity(line)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );

/** A job's state for staff; a reassigned one is shown as such. */
export const JobMark = ({
  state,
  laterId,
  waits,
  bare,
}: {
  state: JobState;
  laterId: string | null /** An addition waits for a decision. */;
  waits: boolean;
  bare?: boolean;
}) => (
  <StateMark
    bare={bare}
    tone={laterId ? "slate" : waits ? "amber" : stateTones[state]}
    label={laterId ? `${stateLabels[state]}, reassigned` : waits ? "Addition needs your decision" : stateLabels[state]}
  />
);

export const estimateStates: Record<EstimateRevision["state"], { label: string; tone: Tone }> = {
  submitted: { label: "Sent", tone: "blue" },
  withdrawn: { label: "Withdrawn", tone: "slate" },
  declined: { label: "Changes requested", tone: "amber" },
  approved: { label: "Approved", tone: "green" },
  lapsed: { label: "Not decided", tone: "slate" },
};
export const invoiceStates: Record<InvoiceSubmission["state"], { label: string; tone: Tone }> = {
  submitted: { label: "Sent", tone: "blue" },
  withdrawn: { label: "Withdrawn", tone: "slate" },
  disputed: { label: "Disputed", tone: "red" },
  approved: { label: "Approved", tone: "green" },
};

/** The lines of a vendor's estimate or invoice, the same for both sides. */
export function ChargesTable({ label, charges }: { label: string; charges: VendorCharges }) {
  const { money } = useFormat();
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{label}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-y border-line">
        {charges.lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sent lines never change their order.
          <tr key={at}>
            <td className="py-1.5 pr-3">
              {line.text}
              <span className="block text-small text-ink-soft">
                {vendorChargeKindLabels[line.kind]} · {quantityText(line.quantity)}
                {line.kind === "labor" ? " h" : ""} at {money(line.each)}
              </span>
            </td>
            <td className="py-1.5 text-right align-top tabular-nums">{money(lineTotal(line))}</td>
          </tr>
        ))}
        {taxOf(charges) > 0 && (
          <>
            <SumRow label="Before tax" amount={money(linesTotal(charges))} />
            <SumRow label="Tax" amount={money(taxOf(charges))} />
          </>
        )}
        <SumRow label="Total" amount={money(vendorChargesTotal(charges))} className="border-b-2 border-ink font-semibold" />
      </tbody>
    </table>
  );
}

const SumRow = ({ label, amount, className = "" }: { label: string; amount: string; className?: string }) => (
  <tr className={className}>
    <th scope="row" className="py-1.5 text-left [font-weight:inherit]">
      {label}
    </th>
    <td className="py-1.5 text-right tabular-nums">{amount}</td>
  </tr>
);

const levelTones: Record<BudgetLevel, Tone> = { within: "green", near: "amber", over: "red" };
const levelLabels: Record<BudgetLevel, string> = { within: "within", near: "80 % or more", over: "over" };

/** Each limit as a bar: spent, committed, and the new amount. */
export function BudgetBars({ budgets, more }: { budgets: readonly BudgetImpact[]; more: Cents }) {
  const { money } = useFormat();
  if (budgets.length === 0) return <p className="text-ink-soft">No limit set for this work.</p>;
  return (
    <ul aria-label="Budgets" className="grid gap-3">
      {budgets.map(({ of, limit, actual, committed, after, level }) => (
        <li key={of} className="grid gap-1">
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-semibold">{budgetLabels[of]}</span>
            <span className="flex items-baseline gap-2 tabular-nums">
              {money(after)} of {money(limit)} <StateMark bare tone={levelTones[level]} label={levelLabels[level]} />
            </span>
          </span>
          <span data-tone={levelTones[level]} aria-hidden="true" className="flex h-2 overflow-hidden rounded-plate bg-hover">
            <span className="bg-ink-soft" style={{ width: `${percentOf(actual, limit)}%` }} />
            <span className="bg-control" style={{ width: `${percentOf(committed, limit)}%` }} />
            <span className="bg-tone" style={{ width: `${percentOf(more, limit)}%` }} />
          </span>
          <span className="text-small text-ink-soft">
            {money(actual)} spent, {money(committed)} committed{more !== 0 && `, ${money(more)} with this`}
          </span>
        </li>
      ))}
    </ul>
  );
}

type Row = {
  id: string;
  number: number;
  title: string;
  vendor: string;
  state: JobState;
  additionWaits: boolean;
  /** Approved and not yet invoiced; null for those who may not see it. */
  expected: Cents | null;
  stateSince: Parameters<typeof Moment>[0]["at"];
  asked: Cents | null;
  laterId: string | null;
};

/** The vendor jobs of an order. Amounts and links are only for people who may decide on them. */
export function OrderVendorJobs({ rows, decides, action }: { rows: readonly Row[]; decides: boolean; action?: ReactNode }) {
  const { money } = useFormat();
  if (rows.length === 0) return null;
  return (
    <Section title="At vendors" count={rows.length} action={action}>
      <ul aria-label="Vendor jobs" className="divide-y divide-line border-y border-line">
        {rows.map(({ id, number, title, vendor, state, additionWaits, stateSince, asked, expected, laterId }) => (
          <li key={id} className={`grid gap-0.5 py-2 ${isClosedTo(state) ? "text-ink-soft" : ""}`}>
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              {decides ? (
                <Link
                  to={paths.staff.vendorJob(id)}
                  className="inline-flex min-h-[24px] items-center font-semibold text-accent underline-offset-2 hover:underline"
                >
                  {jobNumber(number)} {vendor}
                </Link>
              ) : (
                <span className="font-semibold">
                  {jobNumber(number)} {vendor}
                </span>
              )}
              <JobMark state={state} laterId={laterId} waits={additionWaits} bare />
            </span>
            <span className="flex flex-wrap justify-between gap-x-3 text-small text-ink-soft">
              <span>{title}</span>
              <span className="tabular-nums">
                {decides && asked !== null && `${money(asked)} · `}
                {expected !== null && expected > 0 && `expected cost ${money(expected)} · `}
                <Moment at={stateSince} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Message = { id: string; from: "staff" | "vendor"; name: string; text: string; at: Parameters<typeof Moment>[0]["at"] };
type ThreadProps = {
  /** The job the messages are about. */
  of: string;
  messages: readonly Message[];
  /** The side that is reading: its own messages are on the right. */
  me: Message["from"];
  /** The id of the next message; null if no more can be written. */
  nextId: string | null;
  /** The id of the message that was just sent, if any. */
  sent: string | undefined;
  label: string;
  hint: string;
  typed?: string;
  error?: string;
};

/** The messages between shop and vendor, and the form for a new one. */
export function Thread({ of, messages, me, nextId, sent, label, hint, typed, error }: ThreadProps) {
  const ownId = useDraftId({ of, fresh: nextId ?? "", taken: sent });
  return (
    <Section title="Messages" count={messages.length}>
      {messages.length > 0 && (
        <ol aria-label="Messages" className="grid gap-2">
          {messages.map(({ id, from, name, text, at }) => (
            <li
              key={id}
              className={`grid max-w-[85%] gap-0.5 rounded-corner border border-line px-3 py-2 ${from === me ? "justify-self-end bg-accent-soft" : "justify-self-start bg-panel"}`}
            >
              <span className="text-small text-ink-soft">
                {name} · <Moment at={at} />
              </span>
              <span className="break-words whitespace-pre-line">{text}</span>
            </li>
          ))}
        </ol>
      )}
      {nextId && (
        <Form method="post" key={ownId} className="grid gap-2" noValidate>
          <input type="hidden" name="intent" value="message" />
          <input type="hidden" name="id" value={ownId} />
          <TextArea label={label} name="text" hint={hint} defaultValue={typed} error={error} />
          <div>
            <SubmitButton kind="quiet" icon={MessageSquare} pendingLabel="Sending">
              Send message
            </SubmitButton>
          </div>
        </Form>
      )}
    </Section>
  );
}
