import { ClipboardPen } from "lucide-react";
import { paths } from "~/kernel/paths";
import { type Line, priceOf, sumsOf } from "~/modules/work-orders/jobs/job";
import { partOf } from "~/modules/work-orders/lines/core-lines";
import { type DeferredLine, deferralLabels } from "~/modules/work-orders/lines/deferred-work";
import { SafetyMark } from "~/modules/work-orders/lines/safety-mark.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";

/** Work on a unit that was not done, ready to offer again. */
export function DeferredWork({ assetId, deferred }: { assetId: string; deferred: readonly DeferredLine[] }) {
  const { money } = useFormat();
  if (deferred.length === 0) return null;
  return (
    <Section
      title="Deferred work"
      count={deferred.length}
      action={
        <ButtonLink to={`${paths.staff.newEstimate}?unit=${assetId}`} icon={ClipboardPen}>
          Add to a new estimate
        </ButtonLink>
      }
    >
      <ul className="divide-y divide-line border-y border-line">
        {deferred.map(({ line, complaint, deferredAs, deferredAt, order, workOrderId }) => (
          <li key={line.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
            <span className="min-w-0">
              {line.text}
              <SafetyMark of={line} />
              <span className="block text-small text-ink-soft">
                {complaint} · <TextLink to={paths.staff.order(workOrderId)}>{docketNumber(order)}</TextLink>, {deferralLabels[deferredAs]}{" "}
                <Moment at={deferredAt} />
              </span>
            </span>
            <span className="tabular-nums">{money(priceOf(line))}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

type ChoiceProps = { deferred: readonly DeferredLine[]; prefix: string; typed: Readonly<Record<string, string>> | undefined };

/** Deferred lines to add to a new order. */
export function DeferredChoice({ deferred, prefix, typed }: ChoiceProps) {
  const { money } = useFormat();
  if (deferred.length === 0) return null;
  const lines = deferred.map(({ line }) => line);
  const own = deferred.filter(({ line }) => !partOf(line, lines));
  const coresOf = (part: Line) => lines.filter(({ ofLine }) => ofLine === part.id);
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 font-semibold">Add deferred work</legend>
      {own.map(({ line, complaint, deferredAs, order }) => (
        <label key={line.id} className="flex min-h-(--target) items-center gap-2.5">
          <input type="checkbox" name={prefix + line.id} value="on" defaultChecked={typed?.[prefix + line.id] === "on"} className="size-5 shrink-0" />
          <span className="min-w-0 flex-1">
            {line.text}
            <SafetyMark of={line} />
            <span className="block text-small text-ink-soft">
              {complaint}, {deferralLabels[deferredAs]} on {docketNumber(order)}
              {line.kind === "part" && ". Check the part's price."}
              {coresOf(line).length > 0 && " With its core charge."}
            </span>
          </span>
          <span className="tabular-nums">{money(sumsOf([line, ...coresOf(line)]).price)}</span>
        </label>
      ))}
    </fieldset>
  );
}
