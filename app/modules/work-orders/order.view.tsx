import { PencilLine } from "lucide-react";
import type { ReactNode } from "react";
import { type Charges, type Supplies, sumRows, suppliesLabel } from "~/modules/organizations/shop-rules/charges";
import { ButtonLink } from "~/ui/button";
import { useFormat } from "~/ui/format";
import { StateMark } from "~/ui/state-mark";
import { formatDiscount, formatQuantity, type Job, type Line, lineKindLabels, priceOf, sumsOf } from "./jobs/job";
import type { Totals } from "./jobs/totals";
import type { OrderAuthorization } from "./lines/authorization";
import { livingOptions } from "./lines/job-options";
import { type LineMark, lineMark } from "./lines/line-labels";

type JobProps = {
  job: Job;
  /** What the customer decided about the lines; marks are left out without it. */
  authorization?: OrderAuthorization;
  /** The page to edit the job; null while the order is locked. */
  edit: string | null;
  /** The clock and other controls of the job. */
  children?: ReactNode;
};

/** A job, on the order's page and in its print view. */
export function JobBlock({ job, authorization, edit, children }: JobProps) {
  const heading = `job-${job.position}`;
  return (
    <article aria-labelledby={heading} className="grid gap-2 border-t-2 border-ink pt-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id={heading} className="text-lead whitespace-pre-line">
          <span className="text-ink-soft">{job.position}.</span> {job.complaint}
        </h3>
        <span className="flex flex-wrap items-baseline gap-x-3 text-small text-ink-soft">
          {job.vmrs && (
            <span>
              VMRS <span className="font-mono">{job.vmrs}</span>
            </span>
          )}
          {job.technician && <span>{job.technician.name}</span>}
          {edit && (
            <ButtonLink to={edit} icon={PencilLine} className="no-print self-center">
              Edit<span className="sr-only"> job {job.position}</span>
            </ButtonLink>
          )}
        </span>
      </div>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        <Narrative term="Cause" text={job.cause} />
        <Narrative term="Correction" text={job.correction} />
      </dl>
      {job.lines.length > 0 && <JobLines job={job} authorization={authorization} />}
      {children}
    </article>
  );
}

/** The lines that count; those of other options are folded away. */
function JobLines({ job, authorization }: Pick<JobProps, "job" | "authorization">) {
  const { money } = useFormat();
  const isOther = ({ id }: ShownLine) => {
    const its = authorization?.lines.get(id);
    return its?.isAlternative || its?.state === "unchosen";
  };
  const counted = job.lines.filter((line) => !isOther(line));
  const options = livingOptions(job);
  const current = options.find(({ id }) => counted.some((line) => line.option === id));
  const others = options.map((option) => ({ ...option, lines: job.lines.filter((line) => line.option === option.id && isOther(line)) }));
  const left = others.filter(({ lines }) => lines.length > 0);
  const isOpen = job.lines.some(({ id }) => authorization?.lines.get(id)?.isAlternative);
  const markOf = (line: ShownLine) => markIn(job, authorization, line.id);
  return (
    <>
      {current && authorization && options.length > 1 && (
        <p>
          <span className="text-ink-soft">Option: </span>
          <span className="font-semibold">{current.name}</span>
          {isOpen && <span className="text-ink-soft">, preselected until the customer chooses</span>}
        </p>
      )}
      {counted.length > 0 && <LineTable label={`Lines of job ${job.position}`} lines={counted} markOf={markOf} />}
      {left.length > 0 && (
        <details className="no-print">
          <summary className="inline-flex min-h-(--target) cursor-pointer list-none items-center text-small text-accent underline-offset-2 select-none hover:underline [&::-webkit-details-marker]:hidden">
            {isOpen ? "Other options: " : "Not chosen: "}
            {left.map(({ name }) => name).join(", ")}
          </summary>
          <div className="grid gap-3 pt-1 pb-2">
            {left.map(({ id, name, lines }) => (
              <div key={id}>
                <p className="flex justify-between gap-4 font-semibold">
                  {name} <span className="tabular-nums">{money(sumsOf(lines).price)}</span>
                </p>
                <LineTable label={`Lines of ${name}`} lines={lines} markOf={markOf} />
              </div>
            ))}
          </div>
        </details>
      )}
    </>
  );
}

/** The mark under a line's price: no price yet, or its authorization. */
function markIn({ lines }: Job, authorization: OrderAuthorization | undefined, id: string): LineMark | null {
  if (!authorization) return null;
  if (lines.some((line) => line.id === id && line.priceOpen)) return { label: "No price yet", tone: "amber" };
  return lineMark(authorization.lines.get(id), authorization.applies);
}

const Narrative = ({ term, text }: { term: string; text: string }) => (
  <div>
    <dt className="text-small text-ink-soft">{term}</dt>
    <dd className="whitespace-pre-line">{text || <span className="text-ink-soft">not entered yet</span>}</dd>
  </div>
);

type ShownLine = Omit<Line, "cost" | "supplies">;
type TableProps = { label: string; lines: readonly ShownLine[]; markOf?: ((line: ShownLine) => LineMark | null) | undefined };

/** Lines with quantity and price, for staff and customers. */
export function LineTable({ label, lines, markOf }: TableProps) {
  const { money } = useFormat();
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr className="text-small text-ink-soft">
          <th scope="col" className="py-0.5 pr-3 text-left font-normal">
            What
          </th>
          <th scope="col" className="hidden py-0.5 pr-3 text-right font-normal sm:table-cell">
            Quantity
          </th>
          <th scope="col" className="hidden py-0.5 pr-3 text-right font-normal sm:table-cell">
            Each
          </th>
          <th scope="col" className="py-0.5 text-right font-normal">
            Price
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-y border-line">
        {lines.map((line) => {
          const mark = markOf?.(line);
          return (
            <tr key={line.id}>
              <td className="py-1 pr-3 align-top">
                {line.text}
                <span className="block text-small text-ink-soft">
                  {[lineKindLabels[line.kind], formatDiscount(line)].filter(Boolean).join(" · ")}
                  {line.partNumber && (
                    <>
                      {" · "}
                      <span className="font-mono">{line.partNumber}</span>
                    </>
                  )}
                  <span className="sm:hidden">
                    {" · "}
                    {formatQuantity(line)} at {money(line.each)}
                  </span>
                </span>
              </td>
              <td className="hidden py-1 pr-3 text-right align-top tabular-nums sm:table-cell">{formatQuantity(line)}</td>
              <td className="hidden py-1 pr-3 text-right align-top tabular-nums sm:table-cell">{money(line.each)}</td>
              <td className="py-1 text-right align-top tabular-nums">
                {money(priceOf(line))}
                {mark && (
                  <span className="flex justify-end whitespace-nowrap">
                    <StateMark bare tone={mark.tone} label={mark.label} />
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type Inside = Pick<Totals, "cost" | "costUnknown" | "margin">;
type SumProps = {
  totals: Charges & Partial<Inside>;
  exempt: boolean /** Cost and margin, for staff who may see them. */;
  inside: boolean;
  /** How supplies were computed, by order. */
  supplies?: readonly Supplies[];
};

/** The order's sums and total, then cost and margin. */
export function Sums({ totals, exempt, inside, supplies = [] }: SumProps) {
  const { money } = useFormat();
  const rows = sumRows(totals, exempt, suppliesLabel(supplies, money));
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">Totals</caption>
      <tbody>
        {rows.map(([label, amount], at) => (
          <Sum key={label} label={label} amount={money(amount)} strong={at === rows.length - 1} />
        ))}
        {inside && totals.cost !== undefined && totals.margin !== undefined && (
          <>
            <Sum label={totals.costUnknown ? `Cost (${totals.costUnknown} unknown)` : "Cost"} amount={money(totals.cost)} soft />
            <Sum label="Margin before wages" amount={money(totals.margin)} soft />
          </>
        )}
      </tbody>
    </table>
  );
}

const Sum = ({ label, amount, strong, soft }: { label: string; amount: string; strong?: boolean; soft?: boolean }) => (
  <tr className={strong ? "border-y-2 border-ink font-semibold" : soft ? "no-print text-ink-soft" : ""}>
    <th scope="row" className={`py-1 text-left ${strong ? "" : "font-normal"}`}>
      {label}
    </th>
    <td className="py-1 text-right tabular-nums">{amount}</td>
  </tr>
);
