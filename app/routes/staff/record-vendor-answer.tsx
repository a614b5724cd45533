import { redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { awaitsVendor } from "~/modules/vendor-jobs/job-states";
import { jobNumber } from "~/modules/vendor-jobs/labels";
import { waitingAddition } from "~/modules/vendor-jobs/vendor-job";
import { JobMark } from "~/modules/vendor-jobs/vendor-job.view";
import { readVendorJobRecord } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { ChargesStep, NextStep } from "~/modules/vendor-jobs/vendor-steps.view";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { ButtonLink } from "~/ui/button";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { useRefused } from "~/ui/use-refused";
import { answerForms, readAnswer, refusedJob } from "../parts/vendor-job-commands.server";

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

export const action = staff.action("vendor-job:manage", z.discriminatedUnion("intent", [...answerForms]), async ({ services, session, params, form }) => {
  const id = orNotFound(parseId("vendorJob", params.jobId));
  const values = asTyped(form);
  const read = readAnswer(form);
  if (!read.ok) return problem(422, { message: "Fix the highlighted fields.", fields: read.fields, values });
  const changed = await changeVendorJob(services, id, read.command);
  if (!changed.ok) return refusedJob(changed.error, "Someone else", session.organization, values);
  throw redirect(paths.staff.vendorJob(id), 303);
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
