import { Link, useLoaderData } from "react-router";
import * as z from "zod";
import { type Id, newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { err, ok, type Result } from "~/kernel/result";
import { readStaff } from "~/modules/people/staff.read.server";
import { type ChangeRefusal, changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { readsCosts } from "~/modules/work-orders/jobs/costs";
import { baseText, readBase } from "~/modules/work-orders/jobs/job-base";
import { firstRows, readJobForm, typedLines } from "~/modules/work-orders/jobs/job-form";
import { LineRows } from "~/modules/work-orders/jobs/job-form.view";
import { rebased } from "~/modules/work-orders/jobs/merge-job";
import { firstOptions, PRESELECTED, typedOptions } from "~/modules/work-orders/jobs/options-form";
import { JobBlock } from "~/modules/work-orders/order.view";
import { PersonSelect } from "~/modules/work-orders/person-select.view";
import { stateTones } from "~/modules/work-orders/state.view";
import { canEdit, docketNumber } from "~/modules/work-orders/work-order";
import type { Authed } from "~/platform/http/authed.server";
import { seenVersion } from "~/platform/http/fields.server";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { invalid, onField } from "~/platform/http/refusals.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Docket } from "~/ui/docket";
import { Empty } from "~/ui/empty";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { UnitPlate } from "~/ui/unit-plate";
import { AsksBeforeLeaving } from "~/ui/unsaved";
import { useFormResult } from "~/ui/use-form-result";
import { linePrices, usualPrices } from "./line-prices.server";

export const meta = ({ loaderData }: { loaderData?: { facts: { number: number } } }) => [
  { title: loaderData ? `Job on ${docketNumber(loaderData.facts.number)}` : "Job" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

const readPage = async ({ services, session, scope, params, url }: Authed<"staff">) => {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const jobId = orNotFound(parseId("job", params.jobId));
  const [record, people] = await Promise.all([readOrderRecord(services, id), readStaff(services)]);
  const { order, facts, rules } = orNotFound(record);
  const job = order.jobs.find((one) => one.id === jobId) ?? null;
  const prices = linePrices({ session, scope }, rules, facts.laborRate);
  return {
    order: { id, version: order.version, state: order.state, title: order.title },
    facts: { number: facts.number, unitNumber: facts.unitNumber },
    job,
    rows: firstRows(job?.lines ?? [], prices.hour),
    options: { rows: firstOptions(job?.options), preselected: job?.options?.preselected ?? "" },
    people: people.map(({ id: personId, name }) => ({ id: personId, name })),
    prices,
    base: job ? baseText(job) : "",
    forEstimate: url.searchParams.get("then") === "estimate",
    /** A completed order's lines are corrected with a reason until it is invoiced. */
    corrects: order.state === "completed" && may("staff", session.membership.role, "work-order:reopen"),
  };
};

const THEIRS = "Someone else changed the same thing while you were writing. Their version is below, yours is in the form. Save again to replace theirs.";

/** Where the page leads afterwards. */
type Saved = { invoice: Id<"invoice"> | null; forEstimate: boolean };
type SaveRefusal =
  | Exclude<ChangeRefusal, { kind: "collides" } | { kind: "stale" }>
  | ReturnType<typeof invalid>
  | { kind: "clash"; more: Record<string, string> };

export const action = staff.commands({
  save: staff.command({
    permission: "work-order:write",
    form: z.looseObject({
      version: seenVersion,
      technician: z.string(),
      base: z.string().optional(),
      why: z.string().trim().max(300, "Use at most 300 characters.").optional(),
    }),
    async run({ services, session, scope, params, url, id, form }): Promise<Result<Saved, SaveRefusal>> {
      const orderId = id("workOrder");
      const jobId = orNotFound(parseId("job", params.jobId));
      const record = orNotFound(await readOrderRecord(services, orderId));
      const typed = asTyped(form);
      const read = readJobForm(typed, usualPrices(record.rules, record.facts.laborRate), readsCosts(scope) ? record.rules.markups : undefined);
      if (!read.ok) return err(invalid(read.fields));
      const technician = (await readStaff(services)).find((person) => person.id === form.technician) ?? null;
      const saved = await changeWorkOrder(services, orderId, {
        intent: "save-job",
        seen: form.version,
        base: readBase(form.base),
        keepsCosts: !readsCosts(scope),
        ...(form.why ? { why: form.why } : {}),
        corrects: may("staff", session.membership.role, "work-order:reopen"),
        job: { id: jobId, ...read.job, technician: technician && { id: technician.id, name: technician.name } },
      });
      const then = url.searchParams.get("then");
      if (saved.ok) return ok({ invoice: parseId("invoice", then), forEstimate: then === "estimate" });
      const { error } = saved;
      if (error.kind !== "collides" && error.kind !== "stale") return err(error);
      const fresh = await readOrderRecord(services, orderId);
      const theirs = fresh?.order.jobs.find((job) => job.id === jobId);
      const base = readBase(form.base);
      const next = theirs && (error.kind === "collides" && base ? rebased(base, theirs, error) : theirs);
      // A line that they removed comes back as a new one, if it is saved again.
      const gone = error.kind === "collides" ? error.lines.filter((line) => !theirs?.lines.some((one) => one.id === line)) : [];
      const more = { version: String(fresh?.order.version ?? form.version), base: next ? baseText(next) : "", clash: "yes", ...freshIds(typed, gone) };
      return err({ kind: "clash", more });
    },
    goTo: ({ id }, { invoice, forEstimate }) =>
      invoice ? paths.staff.invoice(invoice) : forEstimate ? `${paths.staff.newEstimate}?order=${id("workOrder")}` : paths.staff.order(id("workOrder")),
    refusals: {
      clash: ({ more }) => ({ status: 409, message: THEIRS, more }),
      "no-reason": onField("why", "Enter the reason for the correction. It stays on record."),
      "job-in-use": ({ message }) => message,
      "job-gone": ({ message }) => message,
      "line-offered": ({ message }) => message,
      "line-authorized": ({ message }) => onField("why", message),
      "bad-times": ({ message }) => message,
      "other-owner": ({ message }) => message,
      "clock-elsewhere": "Your clock was just started somewhere else. Check and try again.",
    },
  }),
});

/** New ids for these lines of a form. */
const freshIds = (typed: Readonly<Record<string, string>>, lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).flatMap(([name, value]) => (/^line-\d+-id$/.test(name) && lines.includes(value) ? [[name, newId("line")]] : [])));

export const loader = staff.loader("work-order:write", readPage, action);

export default function JobPage() {
  const { order, facts, job, rows, options, prices, people, base, forEstimate, corrects } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const refused = useRefusedForm<typeof action>()("save");
  const values = refused?.typed;
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
        {values?.clash ? null : <FormResult result={result} />}
        {values?.clash && job && (
          <Notice tone="amber" title={result?.problem?.message}>
            <div className="mt-2 bg-panel p-3 text-ink">
              <JobBlock job={job} edit={null} />
            </div>
          </Notice>
        )}
        {canEdit(order.state) !== true && !corrects ? (
          <Empty title="This order is locked" body={canEdit(order.state)} action={back} />
        ) : (
          <CommandForm<typeof action>
            intent="save"
            className="grid gap-4"
            saved={job ? { complaint: job.complaint, cause: job.cause, correction: job.correction, vmrs: job.vmrs, technician: job.technician?.id } : {}}
          >
            <AsksBeforeLeaving />
            <input type="hidden" name="version" value={values?.version ?? order.version} />
            <input type="hidden" name="base" value={values?.base ?? base} />
            <div className="grid gap-4 lg:grid-cols-3">
              <TextArea label="Complaint" hint="What's wrong, in the customer's words" rows={3} name="complaint" required />
              <TextArea label="Cause" hint="What was found" rows={3} name="cause" />
              <TextArea label="Correction" hint="What was done" rows={3} name="correction" />
            </div>
            <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
              <PersonSelect label="Technician" name="technician" people={people} />
              <Field label="VMRS code" hint="Three digits, or three and three: 013-001" name="vmrs" className="font-mono" />
            </div>
            <LineRows
              rows={values ? typedLines(values) : rows}
              options={values ? { rows: typedOptions(values), preselected: values[PRESELECTED] ?? "" } : options}
              {...prices}
              errors={refused?.fields}
            />
            {(corrects || refused?.fields.why) && <Field label="Reason" name="why" hint="It stays on record." />}
            <div className="flex flex-wrap items-center gap-4">
              <SubmitButton pendingLabel="Saving">{forEstimate ? "Save and go on to the estimate" : "Save job"}</SubmitButton>
              {back}
            </div>
          </CommandForm>
        )}
      </PageBody>
    </>
  );
}
