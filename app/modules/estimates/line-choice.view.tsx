import { Camera } from "lucide-react";
import { useState } from "react";
import { sumCents } from "~/kernel/money";
import { formatDiscount, lineKindLabels, priceOf } from "~/modules/work-orders/jobs/job";
import { formatQuantity } from "~/modules/work-orders/jobs/job-form";
import type { OrderAuthorization } from "~/modules/work-orders/lines/authorization";
import { lineMark } from "~/modules/work-orders/lines/line-labels";
import type { Order } from "~/modules/work-orders/order";
import { FieldError } from "~/ui/field-frame";
import { useFormat } from "~/ui/format";
import { Icon } from "~/ui/icon";
import { StateMark } from "~/ui/state-mark";
import { TextArea } from "~/ui/text-area";
import { TextLink } from "~/ui/text-link";
import { noParties, type OfferedJob, takeSnapshot } from "./estimate-snapshot";
import { lineChoice, notOffered, readOfferedJobs, recommendationOf, togetherOf } from "./line-choice";

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
          <ul className="divide-y divide-line border-y border-line empty:hidden">
            {job.lines.map((line) => {
              const its = authorization.lines.get(line.id);
              const closed = notOffered(line, its, estimateId);
              const mark = closed === null ? lineMark(its, authorization.applies) : { label: closed, tone: "slate" as const };
              const photos = photosAt?.(line.id);
              const name = lineChoice(line.id);
              return (
                <li key={line.id} className="flex flex-wrap items-center gap-x-3">
                  <label className="flex min-h-(--target) min-w-0 flex-1 basis-64 items-center gap-2.5 py-1">
                    <input
                      type="checkbox"
                      name={name}
                      value="on"
                      className="size-5 shrink-0"
                      checked={closed === null && chosen[name] === "on"}
                      disabled={closed !== null}
                      onChange={(event) => choose([name], event.currentTarget.checked)}
                    />
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
                  {photos && (
                    <TextLink to={photos.href}>
                      <span className="inline-flex items-center gap-1">
                        <Icon of={Camera} />
                        {photos.count}
                        <span className="sr-only"> photos of {line.text}</span>
                      </span>
                    </TextLink>
                  )}
                </li>
              );
            })}
          </ul>
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

/** The chosen lines: how many, their sum, and what they add to the order with supplies and tax. */
function totalOf(order: Props["order"], authorization: OrderAuthorization, chosen: Readonly<Record<string, string>>) {
  const read = readOfferedJobs(chosen, order.jobs);
  const jobs: readonly OfferedJob[] = read.ok ? read.jobs : [];
  const head = { title: "", note: "", insideNote: "", validThrough: "", deposit: null };
  const facts = { number: 0, revision: 0, ...noParties, taxExempt: order.taxExempt, rules: order.rules.rules, photos: {} };
  const { groups, charges } = takeSnapshot({ ...head, jobs }, { jobs: order.jobs, authorization }, facts);
  const lines = groups.flatMap((group) => group.lines);
  return { count: lines.length, sum: sumCents(lines.map(({ price }) => price)), whole: charges.total };
}
