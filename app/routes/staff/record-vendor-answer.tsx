import { redirect, useLoaderData } from "react-router";
import type * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { awaitsVendor } from "~/modules/vendor-jobs/job-states";
import { jobNumber } from "~/modules/vendor-jobs/labels";
import { waitingAddition } from "~/modules/vendor-jobs/vendor-job";
import { JobMark } from "~/modules/vendor-jobs/vendor-job.view";
import { readVendorJobRecord } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { ChargesStep, NextStep } from "~/modules/vendor-jobs/vendor-steps.view";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { ButtonLink } from "~/ui/button";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { useRefused } from "~/ui/use-refused";
import { type AnswerForm, answers, jobRefusal } from "../parts/vendor-job-commands.server";

export const meta = ({ loaderData }: { loaderData?: { vendor: string } }) => [
  { title: loaderData ? `Record ${loaderData.vendor}'s answer` : "Record vendor's answer" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("vendor-job:manage", async ({ services, params }) => {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const { job, about } = orNotFound(await readVendorJobRecord(services.db, id, services.clock.now()));
  // A vendor with portal access answers there, and a job that awaits no answer has nothing to record: show the job instead.
  if (about.portalEnabled || !awaitsVendor(job.state)) throw redirect(paths.staff.vendorJob(id));
  const { number, title, state, laterId, needsEstimate } = job;
  return {
    id,
    number,
    title,
    laterId,
    vendor: about.vendor,
    unitNumber: about.unitNumber,
    job: {
      state,
      needsEstimate,
      estimates: job.estimates.map(({ decided, ...estimate }) => ({ ...estimate, feedback: decided?.feedback ?? "" })),
      invoices: job.invoices.map(({ decided, ...invoice }) => ({ ...invoice, reason: decided?.reason ?? "" })),
    },
  };
});

const record = <Schema extends z.ZodType>({ form, asked }: AnswerForm<Schema>) =>
  staff.command({
    permission: "vendor-job:manage",
    form,
    async run({ services, id, form: given }) {
      const read = asked(given);
      return read.ok ? changeVendorJob(services, id("vendorJob"), read.value) : read;
    },
    goTo: ({ id }) => paths.staff.vendorJob(id("vendorJob")),
    refuse: jobRefusal,
  });

export const action = staff.commands({
  accept: record(answers.accept),
  decline: record(answers.decline),
  "submit-estimate": record(answers["submit-estimate"]),
  withdraw: record(answers.withdraw),
  complete: record(answers.complete),
  "submit-invoice": record(answers["submit-invoice"]),
  "withdraw-invoice": record(answers["withdraw-invoice"]),
});

/** For a vendor without portal access: staff record the answer that it gave by phone. */
export default function RecordAnswer() {
  const { id, number, title, laterId, vendor, unitNumber, job } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const steps = { job, onBehalfOf: vendor, refused: useRefused() };
  return (
    <>
      <PageHeader
        title={`Record ${vendor}'s answer`}
        mark={
          <>
            <span className="text-lead text-ink-soft tabular-nums">{jobNumber(number)}</span>
            <UnitPlate number={unitNumber} size="medium" />
          </>
        }
        state={<JobMark state={job.state} laterId={laterId} waits={waitingAddition(job) !== null} />}
        action={<ButtonLink to={paths.staff.vendorJob(id)}>Back to the job</ButtonLink>}
      />
      <PageBody>
        <FormResult result={result} />
        <div className="grid max-w-180 gap-6">
          <p className="text-ink-soft">
            {title}. Activity shows that you recorded this for {vendor}.
          </p>
          <NextStep {...steps} />
          <ChargesStep {...steps} />
        </div>
      </PageBody>
    </>
  );
}
