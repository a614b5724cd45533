import { vendorChargesTotal } from "~/modules/vendor-jobs/invoicing/vendor-charges";
import { ChargesTable, estimateStates, invoiceStates } from "~/modules/vendor-jobs/vendor-job.view";
import type { VendorPortalJob } from "~/queries/vendor/jobs.server";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { useFormat } from "~/ui/format";

type Open = NonNullable<VendorPortalJob["open"]>;

/** Submitted estimates and invoices, newest first, each as it was sent. */
export function VendorDocuments({ open: { estimates, invoices } }: { open: Open }) {
  return (
    <>
      {[...invoices].reverse().map(({ submission, state, reference, reason, ...sent }) => (
        <VendorDocument key={submission} what={`Invoice ${reference}`} stateLabel={invoiceStates[state].label} answer={reason} {...sent} />
      ))}
      {[...estimates].reverse().map(({ revision, state, feedback, ...sent }) => (
        <VendorDocument key={revision} what={`Estimate, revision ${revision}`} stateLabel={estimateStates[state].label} answer={feedback} {...sent} />
      ))}
    </>
  );
}

type VendorDocumentProps = Pick<Open["estimates"][number], "charges" | "submitted"> & { what: string; stateLabel: string; answer: string };

function VendorDocument({ what, stateLabel, charges, submitted, answer }: VendorDocumentProps) {
  const { money } = useFormat();
  return (
    <Disclosure title={`${what}: ${stateLabel.toLowerCase()}, ${money(vendorChargesTotal(charges))}`}>
      <p className="text-small text-ink-soft">
        Sent by {submitted.by}, <Moment at={submitted.at} />
      </p>
      {answer && <p className="whitespace-pre-line">“{answer}”</p>}
      <ChargesTable label={what} charges={charges} />
      {charges.note && <p className="pt-2 whitespace-pre-line">{charges.note}</p>}
    </Disclosure>
  );
}
