import { Form, Link, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { newest } from "~/modules/estimates/estimate";
import { estimateNumber } from "~/modules/estimates/format";
import { can } from "~/modules/estimates/life-cycle";
import { readsCosts } from "~/modules/work-orders/jobs/costs";
import { firstRows, readJobForm, typedLines } from "~/modules/work-orders/jobs/job-form";
import { LineRows } from "~/modules/work-orders/jobs/job-form.view";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { Empty } from "~/ui/empty";
import { Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { UnitPlate } from "~/ui/unit-plate";
import { linePrices, usualPrices } from "./line-prices.server";

export const meta = ({ loaderData }: { loaderData?: { number: number } }) => [{ title: loaderData ? `Job on ${estimateNumber(loaderData.number)}` : "Job" }];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("estimate:write", async ({ services, session, scope, params }) => {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const jobId = orNotFound(parseId("job", params.jobId));
  const { estimate, facts, rules, laborRate } = orNotFound(await readEstimateRecord(services.db, id));
  const draft = newest(estimate);
  const { groups, title } = draft.content;
  const group = groups.find((one) => one.id === jobId) ?? null;
  const prices = linePrices({ session, scope }, rules.rules, laborRate);
  return {
    id,
    number: estimate.number,
    unitNumber: facts.unitNumber,
    title,
    version: draft.version,
    writable: can("write", draft.state),
    place: group ? groups.indexOf(group) + 1 : null,
    // The first job is most often what the estimate is for.
    complaint: group?.complaint ?? (groups.length === 0 ? title : ""),
    recommendation: group?.recommendation ?? "",
    together: group?.together ?? false,
    rows: firstRows(group?.lines ?? [], prices.hour),
    prices,
  };
});

const JobForm = z.looseObject({ version: z.coerce.number().int().positive(), recommendation: z.string(), together: z.literal("on").optional() });

export const action = staff.action("estimate:write", JobForm, async ({ services, scope, params, form }) => {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const jobId = orNotFound(parseId("job", params.jobId));
  const typed = asTyped(form);
  const { rules, laborRate } = orNotFound(await readEstimateRecord(services.db, id));
  const read = readJobForm({ ...typed, cause: form.recommendation }, usualPrices(rules.rules, laborRate), readsCosts(scope) ? rules.rules.markups : undefined);
  if (!read.ok) {
    const { cause, ...fields } = read.fields;
    return problem(422, { message: "Fix the highlighted fields.", fields: cause ? { ...fields, recommendation: cause } : fields, values: typed });
  }
  const { complaint, cause: recommendation, lines } = read.job;
  const group = { id: jobId, complaint, recommendation, together: form.together === "on", lines };
  const saved = await changeEstimate(services, id, { intent: "write-group", seen: form.version, group, keepsCosts: !readsCosts(scope) });
  if (saved.ok) {
    throw redirect(paths.staff.estimate(id));
  }
  if (saved.error.kind === "not-allowed") return problem(409, { message: saved.error.message, values: typed });
  if (saved.error.kind !== "stale") throw new Response("Not found", { status: 404 });
  const fresh = orNotFound(await readEstimateRecord(services.db, id));
  return problem(409, {
    message: "Someone else changed this estimate while you were writing. Your entries are still here; save again to replace theirs.",
    values: { ...typed, version: String(newest(fresh.estimate).version) },
  });
});

export default function EstimateJob() {
  const { id, number, unitNumber, title, version, writable, place, complaint, recommendation, together, rows, prices } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const values = refusal?.values;
  const back = (
    <Link to={paths.staff.estimate(id)} className="inline-flex min-h-(--target) items-center text-accent underline">
      Back to the estimate
    </Link>
  );
  return (
    <>
      <PageHeader
        title={place ? `Job ${place}` : "New job"}
        mark={<UnitPlate number={unitNumber} />}
        state={
          <span className="text-ink-soft">
            {estimateNumber(number)}, {title}
          </span>
        }
        action={back}
      />
      <PageBody>
        <FormResult result={result} />
        {writable !== true ? (
          <Empty title="This estimate is locked" body={writable} action={back} />
        ) : (
          <Form method="post" className="grid gap-4" noValidate>
            <input type="hidden" name="version" value={values?.version ?? version} />
            <div className="grid gap-4 lg:grid-cols-2">
              <TextArea
                label="Complaint"
                name="complaint"
                hint="What's wrong, in the customer's words"
                rows={3}
                defaultValue={values?.complaint ?? complaint}
                error={refusal?.fields?.complaint}
                required
              />
              <TextArea
                label="Recommendation"
                name="recommendation"
                hint="What you suggest, and why"
                rows={3}
                defaultValue={values?.recommendation ?? recommendation}
                error={refusal?.fields?.recommendation}
              />
            </div>
            <LineRows rows={values ? typedLines(values) : rows} {...prices} errors={refusal?.fields} />
            <Switch
              label="All or nothing"
              name="together"
              value="on"
              hint="The customer approves or declines these lines together."
              defaultChecked={values ? values.together === "on" : together}
            />
            <div className="flex flex-wrap items-center gap-4">
              <SubmitButton pendingLabel="Saving">Save job</SubmitButton>
              {back}
            </div>
          </Form>
        )}
      </PageBody>
    </>
  );
}
