import { CircleSlash, RotateCcw, Undo2 } from "lucide-react";
import { Form, useLoaderData } from "react-router";
import { moneyText } from "~/kernel/money";
import { can } from "~/modules/vendor-jobs/job-states";
import { BudgetBars } from "~/modules/vendor-jobs/vendor-job.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { FieldError } from "~/ui/field-frame";
import { SubmitButton } from "~/ui/form";
import { Section, Timeline, TimelineItem } from "~/ui/page";
import { useRefused } from "~/ui/use-refused";
import type { loader } from "./route";

/** The limits that the job counts against, and the one of its order. */
export function Limits() {
  const { budgets, more, orderBudget, currency, locale } = useLoaderData<typeof loader>();
  const refused = useRefused()("budget");
  return (
    <Section title="Budgets">
      <BudgetBars budgets={budgets} more={more} currency={currency} locale={locale} />
      <Disclosure title={orderBudget === null ? "Limit the order's outside work" : "Change the order's limit"} style="link" open={refused !== undefined}>
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="intent" value="budget" />
          <Field
            label="Outside work of the order, at most"
            name="amount"
            figures
            unit={currency}
            defaultValue={refused?.typed.amount ?? (orderBudget === null ? "" : moneyText(orderBudget))}
            error={refused?.fields.amount}
          />
          <SubmitButton kind="quiet" pendingLabel="Setting">
            Set limit
          </SubmitButton>
        </Form>
      </Disclosure>
    </Section>
  );
}

/** How the shop gets out of a job, by how far it is: what was not accepted is taken back, the rest called off, an approval reversed. */
export function WaysOut() {
  const { job, about, holdsOrder } = useLoaderData<typeof loader>();
  const refused = useRefused();
  const [recall, callOff, reverse] = [refused("recall"), refused("call-off"), refused("reverse")];
  const isEnding = job.state === "ending";
  return (
    <>
      {can("recall", job.state) === true && (
        <Disclosure title="Take it back" icon={Undo2} open={recall !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="recall" />
            <Field label="Because" name="reason" hint="The vendor reads it" defaultValue={recall?.typed.reason} />
            <SubmitButton kind="danger" pendingLabel="Taking back">
              Take job back
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
      {can("call-off", job.state) === true && (
        <Disclosure title={isEnding ? "Close without an invoice" : "Call it off"} icon={CircleSlash} open={callOff !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="call-off" />
            <input type="hidden" name="seen" value={job.version} />
            <p className="text-ink-soft">{isEnding ? "The vendor can send no invoice any more." : "The vendor stops the work."}</p>
            <Field label="Because" name="reason" hint="The vendor reads it" defaultValue={callOff?.typed.reason} error={callOff?.fields.reason} />
            {!isEnding && (
              <label className="flex min-h-(--target) items-center gap-2">
                <input type="checkbox" name="pays" value="on" defaultChecked={callOff?.typed.pays === "on"} className="size-4 shrink-0" />
                <span>Will pay for work done so far</span>
              </label>
            )}
            {holdsOrder && <GoesOn docket={docketNumber(about.order)} typed={callOff?.typed.goesOn} error={callOff?.fields.goesOn} />}
            <SubmitButton kind="danger" pendingLabel={isEnding ? "Closing" : "Calling off"}>
              {isEnding ? "Close the job" : "Call off"}
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
      {can("reverse", job.state) === true && (
        <Disclosure title="Reverse the approval" icon={RotateCcw} open={reverse !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="reverse" />
            <p className="text-ink-soft">The cost comes off the work order, and the invoice waits for a decision again.</p>
            <Field label="Because" name="reason" defaultValue={reverse?.typed.reason} error={reverse?.fields.reason} />
            <SubmitButton kind="danger" pendingLabel="Reversing">
              Reverse approval
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
    </>
  );
}

const answers = { yes: "goes on", no: "stays on hold" } as const;

/** Asked where the order waits for this job alone. Nothing is chosen beforehand: what the floor does next is the shop's to say. */
const GoesOn = ({ docket, typed, error }: { docket: string; typed?: string; error?: string }) => (
  <fieldset className="grid gap-1" aria-describedby={error ? "goesOn-error" : undefined}>
    <legend className="font-semibold">{docket} waits for nothing else outside</legend>
    {Object.entries(answers).map(([value, label], at) => (
      <label key={value} className="flex min-h-(--target) items-center gap-2">
        <input type="radio" name="goesOn" id={at === 0 ? "goesOn" : undefined} value={value} defaultChecked={typed === value} className="size-4 shrink-0" />
        <span>
          {docket} {label}
        </span>
      </label>
    ))}
    {error && <FieldError id="goesOn-error">{error}</FieldError>}
  </fieldset>
);

/** What has happened to the job, the newest first. */
export function VendorJobActivity() {
  const { activity, zone, locale, now } = useLoaderData<typeof loader>();
  const moment = { zone, locale, now };
  return (
    <Section title="What happened">
      <Timeline label="What happened">
        {activity.map(({ version, at, what, actor, body }) => (
          <TimelineItem key={version} title={what.charAt(0).toUpperCase() + what.slice(1)} who={actor.name} at={<Moment at={at} {...moment} />}>
            {typeof body.why === "string" && body.why && <p className="whitespace-pre-line">“{body.why}”</p>}
            {typeof body.note === "string" && body.note && <p className="whitespace-pre-line">“{body.note}”</p>}
            {typeof body.onBehalfOf === "string" && <p>Written down for {body.onBehalfOf}</p>}
            {body.pays === true && <p>Work done so far may still be billed.</p>}
            {typeof body.override === "string" && body.override && <p className="whitespace-pre-line">Over budget: “{body.override}”</p>}
          </TimelineItem>
        ))}
      </Timeline>
    </Section>
  );
}
