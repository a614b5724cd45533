import { paths } from "~/kernel/paths";
import { docketNumber } from "~/modules/work-orders/work-order";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import type { Schedule } from "./data.server";

/** Each time that it was done or skipped: when, at what the meters counted, where, and whether that was on time. */
export function History({ schedule: { history, plan } }: { schedule: Schedule }) {
  const { day: format, reading } = useFormat();
  if (history.length === 0) return null;
  return (
    <Section title="History" count={history.length}>
      <ul aria-label="History" className="divide-y divide-line border-y border-line">
        {history.map(({ id, day, kind, until, meters, isLate, order, note, by }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
            <span className="min-w-0">
              {[
                `${kind === "skipped" ? "Skipped" : until ? "Renewed" : "Done"} ${format(day)}`,
                until && `until ${format(until)}`,
                ...plan.meters.flatMap(({ meter }) => (meters[meter] === undefined ? [] : reading(meter, meters[meter]))),
              ]
                .filter(Boolean)
                .join(", ")}
              <span className="block text-small text-ink-soft">
                {order ? <TextLink to={paths.staff.order(order.id)}>{docketNumber(order.number)}</TextLink> : [note, by].filter(Boolean).join(", by ")}
              </span>
            </span>
            {isLate !== null && <StateMark bare tone={isLate ? "amber" : "green"} label={isLate ? "Late" : "On time"} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}
