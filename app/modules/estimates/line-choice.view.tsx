import { Camera } from "lucide-react";
import { type ReactNode, useState } from "react";
import { sumCents } from "~/kernel/money";
import { formatDiscount, formatQuantity, lineKindLabels, type OrderLine, priceOf } from "~/modules/work-orders/jobs/job";
import type { OrderAuthorization } from "~/modules/work-orders/lines/authorization";
import { partOf } from "~/modules/work-orders/lines/core-lines";
import { livingOptions } from "~/modules/work-orders/lines/job-options";
import { type LineMark, lineMark } from "~/modules/work-orders/lines/line-labels";
import type { Order } from "~/modules/work-orders/order";
import { FieldError } from "~/ui/field-frame";
import { useFormat } from "~/ui/format";
import { Icon } from "~/ui/icon";
import { StateMark } from "~/ui/state-mark";
import { TextArea } from "~/ui/text-area";
import { TextLink } from "~/ui/text-link";
import { countedIn, noParties, type OfferedJob, takeSnapshot } from "./estimate-snapshot";
import { lineChoice, notOffered, optionsOf, readOfferedJobs, recommendationOf, togetherOf } from "./line-choice";

type Props = {
  order: Pick<Order, "id" | "jobs" | "rules" | "taxExempt">;
  authorization: OrderAuthorization;
  /** The estimate that is being written; null before it is saved. */
  estimateId: string | null;
  /** What is chosen when the page opens, or was before the form was refused. */
  chosen: Readonly<Record<string, string>>;
  errors?: Readonly<Record<string, string>>;
  /** The page to edit a job's lines. */
  editAt(jobId: string): string;
  /** The page of a line's photos, and how many there are. */
  photosAt?(lineId: string): { href: string; count: number };
};

/** The lines of the order, each to be offered or not, with the total of those that are chosen. */
export function LineChoice({ order, authorization, estimateId, chosen: first, errors, editAt, photosAt }: Props) {
  const { money } = useFormat();
  const [chosen, setChosen] = useState(first);
  const total = totalOf(order, authorization, chosen);
  const choose = (names: readonly string[], on: boolean) =>
    setChosen((all) => ({ ...all, ...Object.fromEntries(names.map((name) => [name, on ? "on" : ""])) }));
  return (
    <div className="grid gap-4">
      {order.jobs.map((job, at) => (
        <fieldset key={job.id} className="grid gap-2 border-t-2 border-ink pt-2">
          <legend className="sr-only">{job.complaint}</legend>
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p className="text-lead whitespace-pre-line">
              <span className="text-ink-soft">{at + 1}.</span> {job.complaint}
            </p>
            <TextLink to={editAt(job.id)}>
              Edit lines<span className="sr-only"> of job {at + 1}</span>
            </TextLink>
          </div>
          {job.lines.length === 0 && <p className="text-ink-soft">No lines yet.</p>}
          <JobLines job={job} authorization={authorization} estimateId={estimateId} photosAt={photosAt} chosen={chosen} onChoose={choose} />
          {job.lines.length > 0 && (
            <div className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end">
              <TextArea
                label="Recommendation"
                hint="What you suggest, and why"
                name={recommendationOf(job.id)}
                id={recommendationOf(job.id)}
                rows={2}
                defaultValue={first[recommendationOf(job.id)] ?? ""}
                error={errors?.[recommendationOf(job.id)]}
              />
              <label className="flex min-h-(--target) items-center gap-2.5">
                <input type="checkbox" name={togetherOf(job.id)} value="on" className="size-5" defaultChecked={first[togetherOf(job.id)] === "on"} />
                All or nothing
              </label>
            </div>
          )}
        </fieldset>
      ))}
      {errors?.lines && <FieldError id="lines-error">{errors.lines}</FieldError>}
      <p className="text-right font-semibold">
        {total.count === 1 ? "1 line" : `${total.count} lines`}, {money(total.sum)} before supplies and tax; total{" "}
        <output className="tabular-nums">{money(total.whole)}</output>
      </p>
      <input type="hidden" name="total" value={total.whole} />
    </div>
  );
}

type LinesProps = Pick<Props, "authorization" | "estimateId" | "photosAt" | "chosen"> & {
  job: Order["jobs"][number];
  onChoose(names: readonly string[], on: boolean): void;
};

/** The lines of a job: each with a choice of its own, except cores, and options, which are offered together. */
function JobLines({ job, authorization, estimateId, photosAt, chosen, onChoose }: LinesProps) {
  const { money } = useFormat();
  const isChoice = job.lines.some(({ id }) => authorization.lines.get(id)?.isAlternative);
  const own = job.lines.filter(({ option }) => !isChoice || option === undefined);
  const options = isChoice ? livingOptions(job) : [];
  const closedOf = (line: OrderLine) => notOffered(line, authorization.lines.get(line.id), estimateId);
  const closed =
    options.length > 0
      ? (job.lines
          .filter(({ option }) => option)
          .map(closedOf)
          .find((reason) => reason !== null) ?? null)
      : null;
  const lineOf = (line: OrderLine, box: ReactNode, mark: LineMark | null) => (
    <li key={line.id} className="flex flex-wrap items-center gap-x-3">
      <label htmlFor={lineChoice(line.id)} className="flex min-h-(--target) min-w-0 flex-1 basis-64 items-center gap-2.5 py-1">
        {box}
        <span className="min-w-0 flex-1">
          {line.text}
          <span className="block text-small text-ink-soft">
            {[lineKindLabels[line.kind], `${formatQuantity(line)} at ${money(line.each)}`, formatDiscount(line)].filter(Boolean).join(" · ")}
          </span>
        </span>
        <span className="grid justify-items-end">
          <span className="tabular-nums">{money(priceOf(line))}</span>
          {mark && <StateMark bare tone={mark.tone} label={mark.label} />}
        </span>
      </label>
      {photosAt && <Photos of={line} {...photosAt(line.id)} />}
    </li>
  );
  return (
    <>
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {own.map((line) => {
          const reason = closedOf(line);
          const part = partOf(line, job.lines);
          // A core goes with its part, wherever that can be chosen.
          if (part && closedOf(part) === null) return lineOf(line, <span className="w-5 shrink-0" />, { label: "With its part", tone: "slate" });
          const mark = reason === null ? lineMark(authorization.lines.get(line.id), authorization.applies) : { label: reason, tone: "slate" as const };
          return lineOf(line, <Box name={lineChoice(line.id)} closed={reason !== null} chosen={chosen} onChoose={onChoose} />, mark);
        })}
      </ul>
      {options.length > 0 && (
        <>
          <label htmlFor={optionsOf(job.id)} className="flex min-h-(--target) items-center gap-2.5">
            <Box name={optionsOf(job.id)} closed={closed !== null} chosen={chosen} onChoose={onChoose} />
            <span>
              Offer the options: {options.map(({ name }) => name).join(", ")}
              <span className="block text-small text-ink-soft">{closed ?? "The customer chooses one. Until then the preselected one counts."}</span>
            </span>
          </label>
          <div className="grid gap-2 pl-7.5">
            {options.map(({ id, name }) => (
              <div key={id}>
                <p className="font-semibold">
                  {name}
                  {job.options?.preselected === id && <span className="font-normal text-ink-soft">, preselected</span>}
                </p>
                <ul className="divide-y divide-line border-y border-line">
                  {job.lines.filter(({ option }) => option === id).map((line) => lineOf(line, null, null))}
                </ul>
              </div>
            ))}
          </div>
        </>
      )}
    </>
  );
}

type BoxProps = Pick<LinesProps, "chosen" | "onChoose"> & { name: string; closed: boolean };
const Box = ({ name, closed, chosen, onChoose }: BoxProps) => (
  <input
    type="checkbox"
    id={name}
    name={name}
    value="on"
    className="size-5 shrink-0"
    checked={!closed && chosen[name] === "on"}
    disabled={closed}
    onChange={(event) => onChoose([name], event.currentTarget.checked)}
  />
);

const Photos = ({ of, href, count }: { of: OrderLine; href: string; count: number }) => (
  <TextLink to={href}>
    <span className="inline-flex items-center gap-1">
      <Icon of={Camera} />
      {count}
      <span className="sr-only"> photos of {of.text}</span>
    </span>
  </TextLink>
);

/** The chosen lines: how many, their sum, and what they add to the order with supplies and tax. */
function totalOf(order: Props["order"], authorization: OrderAuthorization, chosen: Readonly<Record<string, string>>) {
  const read = readOfferedJobs(chosen, order.jobs);
  const jobs: readonly OfferedJob[] = read.ok ? read.jobs : [];
  const head = { title: "", note: "", insideNote: "", validThrough: "", deposit: null };
  const facts = { number: 0, revision: 0, ...noParties, taxExempt: order.taxExempt, rules: order.rules.rules, photos: {} };
  const { groups, charges } = takeSnapshot({ ...head, jobs }, { jobs: order.jobs, authorization }, facts);
  const lines = countedIn({ groups });
  return { count: lines.length, sum: sumCents(lines.map(({ price }) => price)), whole: charges.total };
}
