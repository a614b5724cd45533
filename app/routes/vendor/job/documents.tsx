import { useLoaderData } from "react-router";
import { formatMoney } from "~/kernel/money";
import { billTotal } from "~/modules/vendor-jobs/invoicing/vendor-charges";
import { BillTable, estimateWords, invoiceWords } from "~/modules/vendor-jobs/vendor-job.view";
import type { OwnJob } from "~/queries/vendor/jobs.server";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import type { PageData } from "./data.server";

type Open = NonNullable<OwnJob["open"]>;

/** What was sent so far, the newest first, each as it was sent. */
export function Papers({ open: { estimates, invoices } }: { open: Open }) {
  return (
    <>
      {[...invoices].reverse().map(({ submission, state, reference, reason, ...sent }) => (
        <Paper key={submission} what={`Invoice ${reference}`} stands={invoiceWords[state].word} answer={reason} {...sent} />
      ))}
      {[...estimates].reverse().map(({ revision, state, feedback, ...sent }) => (
        <Paper key={revision} what={`Estimate, revision ${revision}`} stands={estimateWords[state].word} answer={feedback} {...sent} />
      ))}
    </>
  );
}

type PaperProps = Pick<Open["estimates"][number], "bill" | "submitted"> & { what: string; stands: string; answer: string };

function Paper({ what, stands, bill, submitted, answer }: PaperProps) {
  const { locale, currency, zone, now } = useLoaderData<PageData>();
  return (
    <Disclosure title={`${what}: ${stands.toLowerCase()}, ${formatMoney(billTotal(bill), currency, locale)}`}>
      <p className="text-small text-ink-soft">
        Sent by {submitted.by}, <Moment at={submitted.at} zone={zone} locale={locale} now={now} />
      </p>
      {answer && <p className="whitespace-pre-line">“{answer}”</p>}
      <BillTable label={what} bill={bill} currency={currency} locale={locale} />
      {bill.note && <p className="pt-2 whitespace-pre-line">{bill.note}</p>}
    </Disclosure>
  );
}
