import { Form, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { readCannedJob } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import { archiveCannedJob, saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { firstRows, readJobForm, typedLines } from "~/modules/work-orders/jobs/job-form";
import { LineRows } from "~/modules/work-orders/jobs/job-form.view";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { linePrices, usualPrices } from "./line-prices.server";

export const meta = ({ loaderData }: { loaderData?: { job: { name: string } | null } }) => [{ title: loaderData?.job?.name ?? "New canned job" }];

export const loader = staff.loader("canned-job:manage", async ({ services, session, scope, params }) => {
  const id = orNotFound(parseId("cannedJob", params.cannedJobId));
  const [job, { rules }] = await Promise.all([readCannedJob(services.db, id), readShopRules(services.db)]);
  const prices = linePrices({ session, scope }, rules, null);
  return {
    job,
    rows: firstRows(job?.lines ?? [], prices.hour),
    prices,
  };
});

const CannedForm = z.discriminatedUnion("intent", [
  z.looseObject({
    intent: z.literal("save"),
    version: z.coerce.number().int().min(0),
    name: z.string().trim().min(1, "Enter a name.").max(80, "Use at most 80 characters."),
  }),
  z.object({ intent: z.literal("archive") }),
]);

export const action = staff.action("canned-job:manage", CannedForm, async ({ services, params, form }) => {
  const id = orNotFound(parseId("cannedJob", params.cannedJobId));
  if (form.intent === "archive") {
    const archived = await archiveCannedJob(services, id);
    if (!archived.ok && archived.error.kind === "not-found") throw new Response("Not found", { status: 404 });
    throw redirect(paths.staff.cannedJobs);
  }
  const typed = asTyped(form);
  const { rules } = await readShopRules(services.db);
  const read = readJobForm(typed, usualPrices(rules, null), rules.markups);
  if (!read.ok) return problem(422, { message: "Fix the highlighted fields.", fields: read.fields, values: typed });
  const { complaint, correction, vmrs, lines } = read.job;
  const saved = await saveCannedJob(services, { id, name: form.name, complaint, correction, vmrs, lines }, form.version);
  if (!saved.ok) return problem(409, { message: "Someone else just changed this canned job. Reload the page to see the latest version.", values: typed });
  throw redirect(paths.staff.cannedJobs);
});

export default function CannedJobPage() {
  const { job, rows, prices } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const values = refusal?.values;
  const text = (name: "name" | "complaint" | "correction" | "vmrs") => ({
    name,
    defaultValue: values?.[name] ?? job?.[name] ?? "",
    error: refusal?.fields?.[name],
  });
  return (
    <>
      <PageHeader title={job?.name ?? "New canned job"} />
      <PageBody>
        <FormResult result={result} />
        <Form method="post" className="grid gap-4" noValidate>
          <input type="hidden" name="intent" value="save" />
          <input type="hidden" name="version" value={job?.version ?? 0} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name" {...text("name")} required />
            <Field label="VMRS code" hint="Three digits, or three and three: 013-001" {...text("vmrs")} className="font-mono" />
            <TextArea label="Complaint" hint="What the customer asks for, as it appears on the order" {...text("complaint")} required />
            <TextArea label="Correction" hint="What was done, as it appears on the order" {...text("correction")} />
          </div>
          <LineRows rows={values ? typedLines(values) : rows} {...prices} errors={refusal?.fields} />
          <div>
            <SubmitButton pendingLabel="Saving">Save canned job</SubmitButton>
          </div>
        </Form>
        {job && (
          <Form method="post">
            <input type="hidden" name="intent" value="archive" />
            <SubmitButton kind="danger" pendingLabel="Archiving">
              Archive canned job
            </SubmitButton>
          </Form>
        )}
      </PageBody>
    </>
  );
}
