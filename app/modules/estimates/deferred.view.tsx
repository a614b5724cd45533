import { ClipboardPen } from "lucide-react";
import { paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { priceOf } from "~/modules/work-orders/jobs/job";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import type { Group } from "./estimate-snapshot";
import { estimateNumber } from "./format";

type Props = {
  assetId: string;
  deferred: readonly (Group & { declinedAt: UtcMs; number: number })[];
};

/** Work the customer declined on a unit, ready to offer again. */
export function DeferredWork({ assetId, deferred }: Props) {
  const { money } = useFormat();
  const lines = deferred.flatMap(({ lines: its, complaint, declinedAt, number }) => its.map((line) => ({ line, complaint, declinedAt, number })));
  if (lines.length === 0) return null;
  return (
    <Section
      title="Deferred work"
      count={lines.length}
      action={
        <ButtonLink to={`${paths.staff.newEstimate}?unit=${assetId}`} icon={ClipboardPen}>
          Add to a new estimate
        </ButtonLink>
      }
    >
      <ul className="divide-y divide-line border-y border-line">
        {lines.map(({ line, complaint, declinedAt, number }) => (
          <li key={line.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
            <span className="min-w-0">
              {line.text}
              <span className="block text-small text-ink-soft">
                {complaint} · {estimateNumber(number)}, <Moment at={declinedAt} />
              </span>
            </span>
            <span className="tabular-nums">{money(priceOf(line))}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
