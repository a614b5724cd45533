import type { ComponentProps } from "react";
import { PortalEstimateList } from "~/modules/estimates/portal-estimates.view";
import { deferralLabels } from "~/modules/work-orders/lines/deferred-work";
import { SafetyMark } from "~/modules/work-orders/lines/safety-mark.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import type { readPortalDeferredWork } from "~/queries/customer/estimates.server";
import type { readPortalHistory } from "~/queries/customer/work-orders.server";
import { Moment } from "~/ui/clock";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { Section, Timeline, TimelineItem } from "~/ui/page";
import { Pager } from "~/ui/pager";

type Props = {
  history: Awaited<ReturnType<typeof readPortalHistory>> | null;
  deferred: Awaited<ReturnType<typeof readPortalDeferredWork>>;
  estimates: ComponentProps<typeof PortalEstimateList>["rows"] | undefined;
  /** Whether this is the first page of the history. */
  first: boolean;
};

/** What was done to a unit, what was put off, and its estimates. */
export function UnitPast({ history, deferred, estimates, first }: Props) {
  const format = useFormat();
  return (
    <>
      {history && (
        <Section title="Work done">
          {history.rows.length === 0 ? (
            <Empty title="No finished work yet" body="Finished repairs show up here with the complaint and the work done." />
          ) : (
            <Timeline label="Work done">
              {history.rows.map(({ id, number, title, completedAt, meter, reading, jobs }) => (
                <TimelineItem
                  key={id}
                  tone="green"
                  title={title}
                  at={
                    <>
                      {docketNumber(number)}
                      {completedAt !== null && (
                        <>
                          {" · "}
                          <Moment at={completedAt} />
                        </>
                      )}
                      {meter && reading !== null && ` · ${format.reading(meter, reading)}`}
                    </>
                  }
                >
                  {jobs.map(({ id: jobId, complaint, correction }) => (
                    <p key={jobId} className="whitespace-pre-line">
                      {complaint !== title && <span className="block">{complaint}</span>}
                      {correction}
                    </p>
                  ))}
                </TimelineItem>
              ))}
            </Timeline>
          )}
          {(history.next !== null || !first) && (
            <Pager label="Pages of finished work" previous={first ? undefined : "?"} next={history.next ? `?before=${history.next}` : undefined} />
          )}
        </Section>
      )}
      {deferred.length > 0 && (
        <Section title="Deferred work" count={deferred.length}>
          <p className="text-ink-soft">Work that was recommended and not done. Ask the shop for it anytime; it will be quoted at current prices.</p>
          <ul aria-label="Deferred work" className="divide-y divide-line border-y border-line">
            {deferred.map(({ id, order, complaint, deferredAs, deferredAt, text, safety, price }) => (
              <li key={id} className="grid gap-1 py-2">
                <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                  <span className="font-semibold">
                    {text}
                    <SafetyMark of={{ safety }} />
                  </span>
                  <span className="tabular-nums">was {format.money(price)}</span>
                </span>
                <span className="text-small text-ink-soft">
                  {complaint}, {docketNumber(order)}, {deferralLabels[deferredAs]} <Moment at={deferredAt} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {estimates && estimates.length > 0 && (
        <Section title="Estimates" count={estimates.length}>
          <PortalEstimateList rows={estimates} />
        </Section>
      )}
    </>
  );
}
