import { useLoaderData } from "react-router";
import { vendorChargesTotal } from "~/modules/vendor-jobs/invoicing/vendor-charges";
import { ChargesTable, estimateStates, invoiceStates } from "~/modules/vendor-jobs/vendor-job.view";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import type { PageData } from "./data.server";

/** Decided estimates and invoices, newest first. Pending ones are shown above. */
export function VendorDocuments() {
  const { job } = useLoaderData<PageData>();
  const { money } = useFormat();
  const invoices = [...job.invoices].reverse().filter(({ state }) => state !== "submitted");
  const estimates = [...job.estimates].reverse().filter(({ state }) => state !== "submitted");
  return (
    <>
      {invoices.map(({ submission, state, reference, charges, decided }) => (
        <Disclosure key={submission} title={`Invoice ${reference}: ${invoiceStates[state].label.toLowerCase()}, ${money(vendorChargesTotal(charges))}`}>
          {decided && (
            <p className="text-ink-soft">
              {decided.by}, <Moment at={decided.at} />
              {decided.reason && `: “${decided.reason}”`}
            </p>
          )}
          <ChargesTable label={`Invoice ${reference}, submission ${submission}`} charges={charges} />
        </Disclosure>
      ))}
      {estimates.map(({ revision, state, charges, decided }) => (
        <Disclosure
          key={revision}
          title={`Estimate, revision ${revision}: ${estimateStates[state].label.toLowerCase()}, ${money(vendorChargesTotal(charges))}`}
        >
          {decided && (
            <p className="text-ink-soft">
              {decided.by}, <Moment at={decided.at} />
              {decided.feedback && `: “${decided.feedback}”`}
            </p>
          )}
          <ChargesTable label={`Estimate, revision ${revision}`} charges={charges} />
        </Disclosure>
      ))}
      {job.costs.length > 0 && (
        <Section title="Costs on the work order" count={job.costs.length}>
          <ul aria-label="Costs" className="divide-y divide-line border-y border-line">
            {job.costs.map(({ id, amount: cost, price, reverses, why, at, by }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-4 py-1.5">
                <span>
                  {reverses ? "Reversed" : "Approved"} by {by}, <Moment at={at} />
                  {why && <span className="block text-small text-ink-soft">“{why}”</span>}
                </span>
                <span className="text-right tabular-nums">
                  {money(cost)}
                  {price !== 0 && <span className="block text-small text-ink-soft">sold at {money(price)}</span>}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
