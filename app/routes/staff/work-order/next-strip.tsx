import type { ReactNode } from "react";
import { useLoaderData } from "react-router";
import { capitalized } from "~/kernel/capitalized";
import { paths } from "~/kernel/paths";
import { estimateNumber } from "~/modules/estimates/format";
import { overLabel } from "~/modules/work-orders/lines/line-labels";
import { holdLabels } from "~/modules/work-orders/work-order";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { NextStrip } from "~/ui/next-strip";
import { TextLink } from "~/ui/text-link";
import type { PageData } from "./data.server";
import { FleetRepaired } from "./fleet-repaired";
import { type NextStep, nextStep } from "./next-step";

/** What the order needs next or waits for. */
export function OrderNext() {
  const { order, facts, authorization, estimates, atVendors, invoices, fleetRepairs } = useLoaderData<PageData>();
  const format = useFormat();
  const step = nextStep(
    {
      ...order,
      isSelf: facts.isSelf,
      isOnInvoice: invoices.some(({ status }) => status !== "void"),
      overLines: authorization.applies ? authorization.overLines : 0,
      over: authorization.over,
      estimates,
      vendorJobs: atVendors.rows,
      fleetRepairs,
    },
    format,
  );
  return step && <Strip step={step} customer={facts.customer} />;
}

function Strip({ step, customer }: { step: NextStep; customer: string }) {
  const { money, shortDay } = useFormat();
  const estimateLink = ({ id, number }: { id: string; number: number }): ReactNode => (
    <TextLink to={paths.staff.estimate(id)}>Open {estimateNumber(number)}</TextLink>
  );
  switch (step.kind) {
    case "fleet-repaired":
      return <FleetRepaired {...step} />;
    case "decide-vendor":
      return (
        <NextStrip
          tone="amber"
          title={`${step.job.vendor} waits for you`}
          detail={
            <>
              since <Moment at={step.job.stateSince} />
              {step.others > 0 && `, and ${step.others} more`}
            </>
          }
          action={<TextLink to={paths.staff.vendorJob(step.job.id)}>Decide</TextLink>}
        />
      );
    case "waiting-for-customer":
      return (
        <NextStrip
          tone="slate"
          title={`Waiting for ${customer}`}
          detail={
            <>
              since <Moment at={step.estimate.stateSince} />
              {step.estimate.total !== null && ` · ${money(step.estimate.total)}`}
            </>
          }
          action={estimateLink(step.estimate)}
        />
      );
    case "answer-changes":
      return (
        <NextStrip
          tone="amber"
          title={`${customer} asked for changes`}
          detail={<Moment at={step.estimate.stateSince} />}
          action={estimateLink(step.estimate)}
        />
      );
    case "expired":
      return (
        <NextStrip
          tone="amber"
          title={`${estimateNumber(step.estimate.number)} expired without an answer`}
          detail={step.estimate.validThrough && `on ${shortDay(step.estimate.validThrough)}`}
          action={estimateLink(step.estimate)}
        />
      );
    case "authorize":
      return (
        <NextStrip tone="amber" title={overLabel({ applies: true, overLines: step.lines }) ?? ""} detail={`${money(step.over)} to offer before you go on`} />
      );
    case "late":
      return (
        <NextStrip
          tone="red"
          title="Late"
          detail={
            <>
              promised for <Moment at={step.promisedAt} />
            </>
          }
        />
      );
    case "hold":
      return (
        <NextStrip
          tone="slate"
          title={capitalized(holdLabels[step.reason])}
          detail={
            <>
              since <Moment at={step.since} />
            </>
          }
        />
      );
    case "expected":
      return (
        <NextStrip
          tone="slate"
          title="The unit isn't here yet"
          detail={
            step.promisedAt !== null && (
              <>
                promised for <Moment at={step.promisedAt} />
              </>
            )
          }
        />
      );
    case "invoice":
      return (
        <NextStrip
          tone="amber"
          title="Ready to invoice"
          detail={
            <>
              since <Moment at={step.since} />
            </>
          }
        />
      );
  }
}
