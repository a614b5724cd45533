import { Check, X } from "lucide-react";
import { Form, useLoaderData } from "react-router";
import { type Cents, percentText, toCents } from "~/kernel/money";
import { formatBudgetImpact } from "~/modules/vendor-jobs/budget/budget";
import { vendorChargesTotal } from "~/modules/vendor-jobs/invoicing/vendor-charges";
import { approvedEstimate, newestInvoice, waitingEstimate } from "~/modules/vendor-jobs/vendor-job";
import { ChargesTable } from "~/modules/vendor-jobs/vendor-job.view";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Fact, Facts } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { useRefused } from "~/ui/use-refused";
import type { PageData } from "./data.server";

/** The pending estimate or invoice: its total, the difference from what was approved, its effect on budgets, and the two answers. */
export function Decision() {
  const { job, about, budgets, more, variance, outsideMarkup, priceFixed } = useLoaderData<PageData>();
  const format = useFormat();
  const { money } = format;
  const { typed, fields } = useRefused()("approve-estimate", "decline-estimate", "approve-invoice", "dispute") ?? {};
  const over = budgets.filter(({ level }) => level === "over");
  const near = budgets.filter(({ level }) => level === "near");
  const [estimate, invoice] = [waitingEstimate(job), newestInvoice(job)];
  const before = approvedEstimate(job);
  const limits = (
    <>
      {near.length > 0 && (
        <Notice tone="amber" title="This brings a budget to 80% or more">
          <p>{near.map((one) => formatBudgetImpact(one, format)).join("; ")}</p>
        </Notice>
      )}
      {over.length > 0 && (
        <>
          <Notice tone="red" title="This goes over a budget">
            <p>{over.map((one) => formatBudgetImpact(one, format)).join("; ")}</p>
          </Notice>
          <Field label="Reason for going over budget" name="override" defaultValue={typed?.override} error={fields?.override} hint="It's kept with the job" />
        </>
      )}
    </>
  );
  // Enter in a field presses a form's first button. This one does nothing, so no one approves by accident.
  const nothing = <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />;
  if (estimate)
    return (
      <Form key={`estimate-${estimate.revision}`} method="post" className="grid gap-4 border-y-2 border-ink py-4" noValidate>
        {nothing}
        <input type="hidden" name="revision" value={estimate.revision} />
        <p className="text-title">
          {about.vendor} estimated <span className="tabular-nums">{money(more)}</span>
        </p>
        <p className="text-ink-soft">Sent by {estimate.submitted.by}</p>
        {before && <Addition before={vendorChargesTotal(before.charges)} total={more} />}
        <ChargesTable label={`Estimate, revision ${estimate.revision}`} charges={estimate.charges} />
        {estimate.charges.note && <p className="whitespace-pre-line">“{estimate.charges.note}”</p>}
        {limits}
        <TextArea
          label="Feedback"
          name="feedback"
          hint="Required to decline: what should be different"
          defaultValue={typed?.feedback}
          error={fields?.feedback}
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton name="intent" value="approve-estimate" icon={Check} pendingLabel="Approving">
            Approve
          </SubmitButton>
          <SubmitButton name="intent" value="decline-estimate" kind="quiet" icon={X} pendingLabel="Declining">
            Decline
          </SubmitButton>
        </div>
      </Form>
    );
  if (job.state !== "invoiced" || !invoice) return null;
  return (
    <Form key={`invoice-${invoice.submission}`} method="post" className="grid gap-4 border-y-2 border-ink py-4" noValidate>
      {nothing}
      <input type="hidden" name="submission" value={invoice.submission} />
      <p className="text-title">
        {about.vendor} billed <span className="tabular-nums">{money(more)}</span>
      </p>
      <p className="text-ink-soft">
        Vendor's invoice {invoice.reference}, sent by {invoice.submitted.by}
      </p>
      <ChargesTable label={`Invoice ${invoice.reference}`} charges={invoice.charges} />
      {invoice.charges.note && <p className="whitespace-pre-line">“{invoice.charges.note}”</p>}
      {variance !== null && variance !== 0 && (
        <Notice
          tone={variance > 0 ? "red" : "green"}
          title={`${money(toCents(Math.abs(variance)))} ${variance > 0 ? "above" : "below"} the approved estimate of ${money(toCents(more - variance))}`}
        />
      )}
      {variance !== null && variance > 0 && (
        <Field
          label="Reason for the difference"
          name="varianceReason"
          defaultValue={typed?.varianceReason}
          error={fields?.varianceReason}
          hint="Required to approve"
        />
      )}
      {limits}
      {priceFixed === null ? (
        <Field
          label="Markup on the customer's line"
          name="markup"
          figures
          unit="%"
          defaultValue={typed?.markup ?? percentText(outsideMarkup)}
          error={fields?.markup}
          className="max-w-28"
        />
      ) : (
        <p className="text-ink-soft">{priceFixed}</p>
      )}
      <TextArea label="Reason" name="reason" hint="Required to dispute: what is wrong" defaultValue={typed?.reason} error={fields?.reason} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="intent" value="approve-invoice" icon={Check} pendingLabel="Approving">
          Approve
        </SubmitButton>
        <SubmitButton name="intent" value="dispute" kind="quiet" icon={X} pendingLabel="Disputing">
          Dispute
        </SubmitButton>
      </div>
    </Form>
  );
}

/** What was approved, what the vendor adds, and what it comes to. */
function Addition({ before, total }: { before: Cents; total: Cents }) {
  const { money } = useFormat();
  return (
    <Facts>
      <Fact term="Approved before">{money(before)}</Fact>
      <Fact term="Addition">{money(toCents(total - before))}</Fact>
      <Fact term="New total">{money(total)}</Fact>
    </Facts>
  );
}
