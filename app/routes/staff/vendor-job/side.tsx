import { Banknote, CircleSlash, RotateCcw, Undo2 } from "lucide-react";
import { Form, useLoaderData } from "react-router";
import { moneyText } from "~/kernel/money";
import { can } from "~/modules/vendor-jobs/job-states";
import { BudgetBars } from "~/modules/vendor-jobs/vendor-job.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { FieldError } from "~/ui/field-frame";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { useRefused } from "~/ui/use-refused";
import type { PageData } from "./data.server";

/** The budgets that the job counts against, and the limit for its order's outside work. */
export function Limits() {
  const { budgets, more, orderBudget } = useLoaderData<PageData>();
  const { currency } = useFormat();
  const refused = useRefused()("budget");
  return (
    <Section title="Budgets">
      <BudgetBars budgets={budgets} more={more} />
      <Disclosure title={orderBudget === null ? "Limit the order's outside work" : "Edit the order's limit"} style="link" open={refused !== undefined}>
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="intent" value="budget" />
          <Field
            label="Limit for the order's outside work"
            name="amount"
            figures
            unit={currency}
            defaultValue={refused?.typed.amount ?? (orderBudget === null ? "" : moneyText(orderBudget))}
            error={refused?.fields.amount}
          />
          <SubmitButton kind="quiet" pendingLabel="Saving">
            Set limit
          </SubmitButton>
        </Form>
      </Disclosure>
    </Section>
  );
}

/** Ways to end a job: a job not yet accepted is recalled, an accepted one is canceled, and an approval is reversed. An approved invoice is marked as paid. */
export function WaysOut() {
  const { job, about, holdsOrder } = useLoaderData<PageData>();
  const refused = useRefused();
  const [recall, callOff, reverse] = [refused("recall"), refused("call-off"), refused("reverse")];
  const [paid, unpaid] = [refused("mark-paid"), refused("remove-paid")];
  const { today } = useFormat();
  const isEnding = job.state === "ending";
  return (
    <>
      {can("recall", job.state) === true && (
        <Disclosure title="Recall this job" icon={Undo2} open={recall !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="recall" />
            <Field label="Reason" name="reason" hint="The vendor can read it" defaultValue={recall?.typed.reason} />
            <SubmitButton kind="danger" pendingLabel="Recalling">
              Recall job
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
      {can("call-off", job.state) === true && (
        <Disclosure title={isEnding ? "Close without an invoice" : "Cancel this job"} icon={CircleSlash} open={callOff !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="call-off" />
            <input type="hidden" name="seen" value={job.version} />
            <p className="text-ink-soft">{isEnding ? "The vendor can't send an invoice anymore." : "The vendor stops work on this job."}</p>
            <Field label="Reason" name="reason" hint="The vendor can read it" defaultValue={callOff?.typed.reason} error={callOff?.fields.reason} />
            {!isEnding && (
              <label className="flex min-h-(--target) items-center gap-2">
                <input type="checkbox" name="pays" value="on" defaultChecked={callOff?.typed.pays === "on"} className="size-4 shrink-0" />
                <span>We'll pay for work done so far</span>
              </label>
            )}
            {holdsOrder && <GoesOn docket={docketNumber(about.order)} typed={callOff?.typed.goesOn} error={callOff?.fields.goesOn} />}
            <SubmitButton kind="danger" pendingLabel={isEnding ? "Closing" : "Canceling"}>
              {isEnding ? "Close the job" : "Cancel job"}
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
      {can("mark-paid", job.state) === true && job.paid === null && (
        <Disclosure title="Mark as paid" icon={Banknote} open={paid !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="mark-paid" />
            <Field label="Date paid" type="date" name="day" defaultValue={paid?.typed.day ?? today} error={paid?.fields.day} />
            <Field label="Reference" name="reference" hint="Check or transfer number" defaultValue={paid?.typed.reference} error={paid?.fields.reference} />
            <SubmitButton pendingLabel="Saving">Mark as paid</SubmitButton>
          </Form>
        </Disclosure>
      )}
      {job.paid !== null && (
        <Disclosure title="Remove paid mark" icon={Undo2} open={unpaid !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="remove-paid" />
            <Field label="Reason" name="reason" id="remove-paid-reason" defaultValue={unpaid?.typed.reason} error={unpaid?.fields.reason} />
            <SubmitButton kind="danger" pendingLabel="Removing">
              Remove mark
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
      {can("reverse", job.state) === true && job.paid === null && (
        <Disclosure title="Reverse this approval" icon={RotateCcw} open={reverse !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="reverse" />
            <p className="text-ink-soft">The cost comes off the work order, and the invoice needs a decision again.</p>
            <Field label="Reason" name="reason" defaultValue={reverse?.typed.reason} error={reverse?.fields.reason} />
            <SubmitButton kind="danger" pendingLabel="Reversing">
              Reverse approval
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
    </>
  );
}

const answers = { yes: "resumes", no: "stays on hold" } as const;

/** Asked when the order waits only for this job. Nothing is preselected, because the shop has to decide what happens next. */
const GoesOn = ({ docket, typed, error }: { docket: string; typed?: string; error?: string }) => (
  <fieldset className="grid gap-1" aria-describedby={error ? "goesOn-error" : undefined}>
    <legend className="font-semibold">{docket} isn't waiting for any other vendor</legend>
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

/** The job's activity, newest first. */
export function VendorJobActivity() {
  const { activity } = useLoaderData<PageData>();
  return (
    <Section title="Activity">
      <ActivityTimeline lines={activity} />
    </Section>
  );
}
