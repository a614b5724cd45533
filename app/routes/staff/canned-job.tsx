import { useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { err } from "~/kernel/result";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { readCannedJob } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import { archiveCannedJob, saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { firstRows, readJobForm, typedLines } from "~/modules/work-orders/jobs/job-form";
import { LineRows } from "~/modules/work-orders/jobs/job-form.view";
import { firstOptions, PRESELECTED, typedOptions } from "~/modules/work-orders/jobs/options-form";
import { noFields } from "~/platform/http/commands.server";
import { requiredText, seenVersion } from "~/platform/http/fields.server";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { invalid } from "~/platform/http/refusals.server";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { useFormResult } from "~/ui/use-form-result";
import { linePrices, usualPrices } from "./line-prices.server";

export const meta = ({ loaderData }: { loaderData?: { job: { name: string } | null } }) => [{ title: loaderData?.job?.name ?? "New canned job" }];

export const loader = staff.loader("canned-job:manage", async ({ services, session, scope, params }) => {
  const id = orNotFound(parseId("cannedJob", params.cannedJobId));
  const [job, { rules }] = await Promise.all([readCannedJob(services.db, id), readShopRules(services.db)]);
  const prices = linePrices({ session, scope }, rules, null);
  return {
    job,
    rows: firstRows(job?.lines ?? [], prices.hour),
    options: { rows: firstOptions(job?.options ?? undefined), preselected: job?.options?.preselected ?? "" },
    prices,
  };
});

export const action = staff.commands({
  save: staff.command({
    permission: "canned-job:manage",
    form: z.looseObject({ version: seenVersion, name: requiredText(80, "Enter a name.") }),
    async run({ services, id, form }) {
      const { rules } = await readShopRules(services.db);
      const read = readJobForm(asTyped(form), usualPrices(rules, null), rules.markups);
      if (!read.ok) return err(invalid(read.fields));
      const { complaint, correction, vmrs, options = null, lines } = read.job;
      return saveCannedJob(services, { id: id("cannedJob"), name: form.name, complaint, correction, vmrs, options, lines }, form.version);
    },
    goTo: () => paths.staff.cannedJobs,
  }),
  archive: staff.command({
    permission: "canned-job:manage",
    form: noFields,
    run: ({ services, id }) => archiveCannedJob(services, id("cannedJob")),
    goTo: () => paths.staff.cannedJobs,
  }),
});

export default function CannedJobPage() {
  const { job, rows, options, prices } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const refused = useRefusedForm<typeof action>()("save");
  return (
    <>
      <PageHeader title={job?.name ?? "New canned job"} />
      <PageBody>
        <FormResult result={result} />
        <CommandForm<typeof action>
          intent="save"
          saved={{ name: job?.name, complaint: job?.complaint, correction: job?.correction, vmrs: job?.vmrs }}
          className="grid gap-4"
        >
          <input type="hidden" name="version" value={job?.version ?? 0} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name" name="name" required />
            <Field label="VMRS code" hint="Three digits, or three and three: 013-001" name="vmrs" className="font-mono" />
            <TextArea label="Complaint" hint="What the customer asks for, as it appears on the order" name="complaint" required />
            <TextArea label="Correction" hint="What was done, as it appears on the order" name="correction" />
          </div>
          <LineRows
            rows={refused ? typedLines(refused.typed) : rows}
            {...prices}
            errors={refused?.fields}
            options={refused ? { rows: typedOptions(refused.typed), preselected: refused.typed[PRESELECTED] ?? "" } : options}
          />
          <div>
            <SubmitButton pendingLabel="Saving">Save canned job</SubmitButton>
          </div>
        </CommandForm>
        {job && (
          <CommandForm<typeof action> intent="archive">
            <SubmitButton kind="danger" pendingLabel="Archiving">
              Archive canned job
            </SubmitButton>
          </CommandForm>
        )}
      </PageBody>
    </>
  );
}
