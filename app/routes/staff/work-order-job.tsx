import { Form, Link, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { readStaff } from "~/modules/people/staff.read.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { readsCosts } from "~/modules/work-orders/jobs/costs";
import { firstRows, readJobForm, typedLines } from "~/modules/work-orders/jobs/job-form";
import { LineRows } from "~/modules/work-orders/jobs/job-form.view";
import { JobBlock } from "~/modules/work-orders/order.view";
import { stateTones } from "~/modules/work-orders/state.view";
import { canEdit, docketNumber } from "~/modules/work-orders/work-order";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { Docket } from "~/ui/docket";
import { Empty } from "~/ui/empty";
import { Field, Select } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { UnitPlate } from "~/ui/unit-plate";
import { linePrices, usualPrices } from "./line-prices.server";

export const meta = ({ loaderData }: { loaderData?: { facts: { number: number } } }) => [
  { title: loaderData ? `Job on ${docketNumber(loaderData.facts.number)}` : "Job" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("work-order:write", async ({ services, session, scope, params }) => {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const jobId = orNotFound(parseId("job", params.jobId));
  const [record, people] = await Promise.all([readOrderRecord(services.db, id), readStaff(services)]);
  const { order, facts, rules } = orNotFound(record);
  const job = order.jobs.find((one) => one.id === jobId) ?? null;
  const prices = linePrices({ session, scope }, rules, facts.laborRate);
  return {
    order: { id, version: order.version, state: order.state, title: order.title },
    facts: { number: facts.number, unitNumber: facts.unitNumber },
    job,
    rows: firstRows(job?.lines ?? [], prices.hour),
    people: people.map(({ id: personId, name }) => ({ id: personId, name })),
    prices,
  };
});

const JobForm = z.looseObject({ version: z.coerce.number().int().positive(), technician: z.string() });

export const action = staff.action("work-order:write", JobForm, async ({ services, scope, params, form }) => {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const jobId = orNotFound(parseId("job", params.jobId));
  const typed = asTyped(form);
  const record = orNotFound(await readOrderRecord(services.db, id));
  const read = readJobForm(typed, usualPrices(record.rules, record.facts.laborRate), readsCosts(scope) ? record.rules.markups : undefined);
  if (!read.ok) return problem(422, { message: "Fix the highlighted fields.", fields: read.fields, values: typed });
  const technician = (await readStaff(services)).find((person) => person.id === form.technician) ?? null;
  const saved = await changeWorkOrder(services, id, {
    intent: "save-job",
    seen: form.version,
    keepsCosts: !readsCosts(scope),
    job: { id: jobId, ...read.job, technician: technician && { id: technician.id, name: technician.name } },
  });
  if (saved.ok) throw redirect(paths.staff.order(id));
  if (saved.error.kind === "stale") return clash(await readOrderRecord(services.db, id), typed);
  if (saved.error.kind === "not-allowed" || saved.error.kind === "job-gone") return problem(409, { message: saved.error.message, values: typed });
  throw new Response("Not found", { status: 404 });

  /** Shows what someone else saved next to the typed values, so neither is lost. */
  function clash(fresh: Awaited<ReturnType<typeof readOrderRecord>>, values: Record<string, string>) {
    const message = "Someone else saved this job while you were writing. Their version is below. Your entries are in the form; save again to replace theirs.";
    return problem(409, { message, values: { ...values, version: String(fresh?.order.version ?? form.version), clash: "yes" } });
  }
});

export default function JobPage() {
  const { order, facts, job, rows, prices, people } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.problem;
  const values = refusal?.values;
  const text = (name: "complaint" | "cause" | "correction" | "vmrs") => ({
    name,
    defaultValue: values?.[name] ?? job?.[name] ?? "",
    error: refusal?.fields?.[name],
  });
  const back = (
    <Link to={paths.staff.order(order.id)} className="inline-flex min-h-(--target) items-center text-accent underline">
      Back to the order
    </Link>
  );
  return (
    <>
      <PageHeader
        title={job ? `Job ${job.position}` : "New job"}
        mark={
          <>
            <Docket number={docketNumber(facts.number)} state={stateTones[order.state]} />
            <UnitPlate number={facts.unitNumber} />
          </>
        }
        state={<span className="text-ink-soft">{order.title}</span>}
        action={back}
      />
      <PageBody>
        {refusal?.fields ? <ErrorSummary errors={refusal.fields} /> : refusal && !values?.clash && <FormProblem problem={{ what: refusal.message }} />}
        {values?.clash && job && (
          <Notice tone="amber" title={refusal?.message}>
            <div className="mt-2 bg-panel p-3 text-ink">
              <JobBlock job={job} edit={null} />
            </div>
          </Notice>
        )}
        {canEdit(order.state) !== true ? (
          <Empty title="This order is locked" body={canEdit(order.state)} action={back} />
        ) : (
          <Form method="post" className="grid gap-4" noValidate>
            <input type="hidden" name="version" value={values?.version ?? order.version} />
            <div className="grid gap-4 lg:grid-cols-3">
              <TextArea label="Complaint" hint="What's wrong, in the customer's words" rows={3} {...text("complaint")} required />
              <TextArea label="Cause" hint="What was found" rows={3} {...text("cause")} />
              <TextArea label="Correction" hint="What was done" rows={3} {...text("correction")} />
            </div>
            <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
              <Select label="Technician" name="technician" defaultValue={values?.technician ?? job?.technician?.id ?? ""}>
                <option value="">Unassigned</option>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
              <Field label="VMRS code" hint="Three digits, or three and three: 013-001" {...text("vmrs")} className="font-mono" />
            </div>
            <LineRows rows={values ? typedLines(values) : rows} {...prices} errors={refusal?.fields} />
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
