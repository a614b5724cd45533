import { ArrowRight, Save, Send } from "lucide-react";
import { redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { err, ok } from "~/kernel/result";
import { DAY, dayOf, later } from "~/kernel/time";
import { UnitChoice } from "~/modules/assets/unit-select.view";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { createEstimate } from "~/modules/estimates/create-estimate.server";
import { DeferredChoice } from "~/modules/estimates/deferred.view";
import { headFields, headOf, headRefusal, USUAL_DAYS } from "~/modules/estimates/head-form";
import { HeadFields } from "~/modules/estimates/head-form.view";
import { offeredText, openLines, readOfferedJobs } from "~/modules/estimates/line-choice";
import { LineChoice } from "~/modules/estimates/line-choice.view";
import { reviveLines } from "~/modules/work-orders/lines/revive-lines.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { canEdit, docketNumber } from "~/modules/work-orders/work-order";
import { idField, requiredText } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { invalid, missing } from "~/platform/http/refusals.server";
import { readDeciders, readDeferredWork } from "~/queries/staff/estimate-record.server";
import { findUnits } from "~/queries/staff/find-units.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "New estimate" }];

const MISSING = "Something was missing from that form. Reload the page and try again.";
const again = "again-";

export const action = staff.commands({
  /** From a work order: its open lines, with notes, deposit and last day. */
  create: staff.command({
    permission: "estimate:write",
    form: z.looseObject({
      id: idField("estimate", MISSING),
      order: idField("workOrder", MISSING),
      next: z.enum(["save", "send"]).default("save"),
      ...headFields,
    }),
    async run({ services, session, form }) {
      const refused = headRefusal(form, dayOf(services.clock.now(), session.organization.zone));
      if (refused) return err(invalid(refused));
      const { order } = orNotFound(await readOrderRecord(services, form.order));
      const read = readOfferedJobs(form, order.jobs);
      if (!read.ok) return err(invalid(read.fields));
      const jobs = read.jobs.filter(({ lineIds }) => lineIds.length > 0);
      if (jobs.length === 0) return err(invalid({ lines: "Choose at least one line. There's nothing to approve yet." }));
      const created = await createEstimate(services, { id: form.id, workOrderId: form.order, content: { ...headOf(form), jobs } });
      if (!created.ok) return created;
      if (form.next === "save" || !may("staff", session.membership.role, "estimate:send")) return ok({ isSent: null });
      // What can't be sent is saved all the same; its own page tells why when it is sent from there.
      const total = Number(form.total);
      const sent = await changeEstimate(services, form.id, { intent: "send", seen: 1, total: Number.isSafeInteger(total) ? toCents(total) : null });
      return ok({ isSent: sent.ok });
    },
    goTo: ({ form }, { isSent }) => (isSent === false ? `${paths.staff.estimate(form.id)}?not-sent` : paths.staff.estimate(form.id)),
  }),
  /** From a unit without an order: opens a draft order for the quote, with work that was declined before. */
  open: staff.command({
    permission: "estimate:write",
    form: z.looseObject({
      order: idField("workOrder", MISSING),
      unit: idField("asset", MISSING),
      complaint: requiredText(4_000, "Enter what the quote is for."),
    }),
    async run({ services, form }) {
      const opening = { id: form.order, assetId: form.unit, complaint: form.complaint, lead: null, promisedAt: null, purchaseOrder: null, asDraft: true };
      const opened = await openWorkOrder(services, opening);
      if (!opened.ok) return opened;
      const wanted = Object.entries(form).flatMap(([name, value]) => (name.startsWith(again) && value === "on" ? [name.slice(again.length)] : []));
      if (wanted.length > 0) {
        const revived = await reviveLines(services, form.order, wanted);
        if (!revived.ok) return err({ kind: "stale" as const });
      }
      const { order } = orNotFound(await readOrderRecord(services, form.order));
      return ok({ order: form.order, job: order.jobs.length === 1 ? (order.jobs[0]?.id ?? null) : null });
    },
    goTo: (_, { order, job }) => (job ? `${paths.staff.job(order, job)}?then=estimate` : `${paths.staff.newEstimate}?order=${order}`),
    refusals: { "no-such-unit": missing("That unit doesn't exist anymore. Choose another.") },
  }),
});

export const loader = staff.loader(
  "estimate:write",
  async ({ services, session, url }) => {
    const query = url.searchParams.get("q") ?? "";
    const now = services.clock.now();
    const orderId = parseId("workOrder", url.searchParams.get("order"));
    const record = orderId ? orNotFound(await readOrderRecord(services, orderId)) : null;
    // An order that is done takes no more lines: a quote for more work is an order of its own.
    if (record && canEdit(record.order.state) !== true) throw redirect(`${paths.staff.newEstimate}?unit=${record.facts.assetId}&done=${record.facts.number}`);
    const wanted = record?.facts.assetId ?? parseId("asset", url.searchParams.get("unit"));
    const [found, deferred, deciders] = await Promise.all([
      findUnits(services.db, { query, only: wanted }),
      wanted && !record ? readDeferredWork(services.db, wanted) : [],
      record ? readDeciders(services.db, record.facts.customerId) : [],
    ]);
    return {
      unit: wanted ? (found[0] ?? null) : null,
      units: wanted && found[0] ? [] : found,
      order: record && {
        ...record.order,
        number: record.facts.number,
        customer: record.facts.customer,
        authorization: record.authorization,
        chosen: offeredText({ jobs: openLines(record.order.jobs, record.authorization) }, record.order.jobs),
      },
      deferred,
      deciders,
      doneOrder: /^\d{1,9}$/.exec(url.searchParams.get("done") ?? "")?.[0] ?? null,
      query,
      fresh: newId("estimate", now),
      freshOrder: newId("workOrder", now),
      validThrough: dayOf(later(now, USUAL_DAYS * DAY), session.organization.zone),
      maySend: may("staff", session.membership.role, "estimate:send"),
    };
  },
  action,
);

export default function NewEstimatePage() {
  const { unit, order, units, query } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  if (!unit)
    return (
      <>
        <PageHeader title="New estimate" />
        <PageBody>
          <UnitChoice units={units} query={query} />
        </PageBody>
      </>
    );
  return (
    <>
      <PageHeader title="New estimate" mark={<UnitPlate number={unit.unitNumber} size="medium" />} state={<span>{order?.customer ?? unit.customer}</span>} />
      <PageBody>
        <FormResult result={result} />
        {order ? <FromOrder order={order} /> : <FromUnit unitId={unit.id} />}
      </PageBody>
    </>
  );
}

type PageData = Awaited<ReturnType<typeof loader>>;

function FromOrder({ order }: { order: NonNullable<PageData["order"]> }) {
  const { fresh, validThrough, maySend, deciders } = useLoaderData<typeof loader>();
  const refused = useRefusedForm<typeof action>()("create");
  const values = refused?.typed ?? { title: order.title, note: "", insideNote: "", validThrough, deposit: "", ...order.chosen };
  return (
    <CommandForm<typeof action> intent="create" className="grid gap-5">
      <p className="text-ink-soft">
        Lines of <TextLink to={paths.staff.order(order.id)}>{docketNumber(order.number)}</TextLink> that the customer hasn't decided on. What they approve stays
        on that order.
      </p>
      <input type="hidden" name="id" value={refused?.typed.id ?? fresh} />
      <input type="hidden" name="order" value={order.id} />
      <LineChoice
        order={order}
        authorization={order.authorization}
        estimateId={null}
        chosen={values}
        errors={refused?.fields}
        editAt={(jobId) => `${paths.staff.job(order.id, jobId)}?then=estimate`}
      />
      <div className="grid max-w-120 gap-4">
        <HeadFields values={values} errors={refused?.fields} deciders={deciders} />
      </div>
      <div className="flex flex-wrap gap-3">
        {maySend && (
          <SubmitButton name="next" value="send" icon={Send} pendingLabel="Sending">
            Send to customer
          </SubmitButton>
        )}
        <SubmitButton name="next" value="save" kind="quiet" icon={Save} pendingLabel="Saving">
          Save draft
        </SubmitButton>
      </div>
    </CommandForm>
  );
}

function FromUnit({ unitId }: { unitId: string }) {
  const { deferred, freshOrder, doneOrder } = useLoaderData<typeof loader>();
  const refused = useRefusedForm<typeof action>()("open");
  return (
    <CommandForm<typeof action> intent="open" className="grid max-w-120 gap-4">
      {doneOrder && (
        <Notice tone="amber" title={`${docketNumber(Number(doneOrder))} is locked`}>
          <p>It takes no more lines. This estimate is for new work, on a work order of its own.</p>
        </Notice>
      )}
      <p className="text-ink-soft">A draft work order opens for the quote. Write its lines next, then send them to the customer.</p>
      <input type="hidden" name="order" value={refused?.typed.order ?? freshOrder} />
      <input type="hidden" name="unit" value={unitId} />
      <TextArea label="Complaint" name="complaint" hint="What the quote is for" rows={3} required />
      <DeferredChoice deferred={deferred} prefix={again} typed={refused?.typed} />
      <div>
        <SubmitButton icon={ArrowRight} pendingLabel="Opening">
          Continue
        </SubmitButton>
      </div>
    </CommandForm>
  );
}
