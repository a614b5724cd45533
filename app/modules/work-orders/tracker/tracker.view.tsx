import { Link } from "react-router";
import { paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { Docket } from "~/ui/docket";
import { useFormat } from "~/ui/format";
import { StateGlyph, StateMark, type Tone } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { docketNumber } from "../work-order";
import { type Stage, stageLabels, type Track } from "./tracker";

export const stageTones: Record<Stage, Tone> = {
  received: "slate",
  diagnosing: "blue",
  approval: "amber",
  parts: "amber",
  vendor: "amber",
  "in-work": "blue",
  ready: "green",
};

export type TrackedOrder = {
  id: string;
  number: number;
  title: string;
  unitNumber: string;
  /** Null if the customer no longer owns the unit. */
  assetId: string | null;
  promisedAt: UtcMs | null;
  track: Track;
};

type Props = {
  track: Track;
  number: number;
  /** In a list on a phone: a bar with the current stage below it. */
  compact?: boolean;
};

/** An order's progress: stages reached with their times, the current one, and those that usually follow. */
export function Tracker({ track, number, compact = false }: Props) {
  const { list, step, label } = styles[compact ? "compact" : "full"];
  const now = stageLabels[track.stage];
  return (
    <>
      <ol aria-label={`Progress of ${docketNumber(number)}`} className={list}>
        {track.passed.map(({ stage, at }, place) => {
          const isNow = place === track.passed.length - 1;
          return (
            <li
              key={stage}
              data-tone={stageTones[stage]}
              aria-current={isNow ? "step" : undefined}
              className={`${step} ${isNow ? "border-tone font-semibold" : "border-control"}`}
            >
              <span className={label}>
                <span className="flex items-center gap-1.5">
                  {isNow && <StateGlyph tone={stageTones[stage]} />}
                  {stageLabels[stage]}
                </span>
                <span className="block text-small font-normal text-ink-soft">
                  <Moment at={at} />
                </span>
              </span>
            </li>
          );
        })}
        {track.ahead.map((stage) => (
          <li key={stage} className={`${step} border-dotted border-line text-ink-soft`}>
            <span className={label}>
              {stageLabels[stage]}
              <span className="sr-only">, not reached yet</span>
            </span>
          </li>
        ))}
      </ol>
      {compact && (
        <p aria-hidden="true" className="flex flex-wrap items-center gap-x-2 sm:hidden">
          <StateMark tone={stageTones[track.stage]} label={now} />
          <span className="text-small text-ink-soft">
            <Moment at={track.since} />
          </span>
        </p>
      )}
      <p role="status" className="sr-only">
        {docketNumber(number)}: {now}
      </p>
    </>
  );
}

const styles = {
  full: {
    list: "grid sm:auto-cols-fr sm:grid-flow-col sm:gap-1",
    step: "border-l-4 py-1 pl-3 sm:border-t-4 sm:border-l-0 sm:py-1.5 sm:pl-0",
    label: "flex flex-wrap items-baseline justify-between gap-x-3 sm:block",
  },
  compact: { list: "grid auto-cols-fr grid-flow-col gap-1", step: "border-t-4 sm:py-1.5", label: "max-sm:sr-only" },
};

/** A customer's order with its tracker. */
function TrackedOrderBlock({ order }: { order: TrackedOrder }) {
  const { now } = useFormat();
  const { id, number, title, unitNumber, assetId, promisedAt, track } = order;
  const plate = <UnitPlate number={unitNumber} />;
  return (
    <article aria-label={`${docketNumber(number)}, unit ${unitNumber}`} className="grid gap-1.5 py-3">
      <div className="flex flex-wrap items-center gap-x-3">
        {assetId ? (
          <Link to={paths.customer.asset(assetId)} aria-label={`Unit ${unitNumber}`} className="inline-flex min-h-(--target) items-center">
            {plate}
          </Link>
        ) : (
          plate
        )}
        <Link
          to={paths.customer.order(id)}
          className="inline-flex min-h-(--target) min-w-0 flex-1 items-center font-semibold text-accent underline-offset-2 hover:underline"
        >
          {title}
        </Link>
        {promisedAt !== null && (
          <span className="order-last w-full text-small text-ink-soft sm:order-none sm:w-auto">
            {promisedAt < now ? "was promised for" : "promised for"} <Moment at={promisedAt} />
          </span>
        )}
        <Docket number={docketNumber(number)} state={stageTones[track.stage]} />
      </div>
      <Tracker track={track} number={number} compact />
    </article>
  );
}

export function TrackedOrders({ orders }: { orders: readonly TrackedOrder[] }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets.
    <ul role="list" aria-label="Work at the shop" className="divide-y divide-line border-y border-line">
      {orders.map((order) => (
        <li key={order.id}>
          <TrackedOrderBlock order={order} />
        </li>
      ))}
    </ul>
  );
}
