import { useLoaderData } from "@remix-run/react";
import { formatMoney } from "~/kernel/money";
import { billTotal } from "~/modules/vendor-jobs/bill";
import type { OwnJob } from "~/modules/vendor-jobs/own-jobs.read.server";
import { BillTable, estimateWords, invoiceWords } from "~/modules/vendor-jobs/vendor-job.view";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import type { loader } from "./job";

type Open = NonNullable<OwnJob["open"]>;

/** What was sent so far, the newest first, each as it was sent. */
export function Papers({ open: { estimates, invoices } }: { open: Open }) {
  const { locale, currency, zone, now } = useLoaderData<typeof loader>();
  const moment = { zone, locale, now };
  return (
    <>
      {[...invoices].reverse().map(({ submission, state, reference, bill, submitted, reason }) => (
        <Disclosure
          key={submission}
          title={`Invoice ${reference}: ${invoiceWords[state].word.toLowerCase()}, ${formatMoney(billTotal(bill), currency, locale)}`}
        >
          <p className="text-small text-ink-soft">
            Sent by {submitted.by}, <Moment at={submitted.at} {...moment} />
          </p>
          {reason && <p className="whitespace-pre-line">“{reason}”</p>}
          <BillTable label={`Invoice ${reference}`} bill={bill} currency={currency} locale={locale} />
          {bill.note && <p className="pt-2 whitespace-pre-line">{bill.note}</p>}
        </Disclosure>
      ))}
      {[...estimates].reverse().map(({ revision, state, bill, submitted, feedback }) => (
        <Disclosure
          key={revision}
          title={`Estimate, revision ${revision}: ${estimateWords[state].word.toLowerCase()}, ${formatMoney(billTotal(bill), currency, locale)}`}
        >
          <p className="text-small text-ink-soft">
            Sent by {submitted.by}, <Moment at={submitted.at} {...moment} />
          </p>
          {feedback && <p className="whitespace-pre-line">“{feedback}”</p>}
          <BillTable label={`Estimate, revision ${revision}`} bill={bill} currency={currency} locale={locale} />
          {bill.note && <p className="pt-2 whitespace-pre-line">{bill.note}</p>}
        </Disclosure>
      ))}
    </>
  );
}
