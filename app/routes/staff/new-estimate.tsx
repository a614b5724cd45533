import { Plus } from "lucide-react";
import { Form, Link, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { DAY, dayOf, later } from "~/kernel/time";
import { UnitChoice } from "~/modules/assets/unit-select.view";
import { createEstimate } from "~/modules/estimates/create-estimate.server";
import { estimateNumber } from "~/modules/estimates/format";
import { headFields, headOf, lastDayRefusal, USUAL_DAYS } from "~/modules/estimates/head-form";
import { HeadFields } from "~/modules/estimates/head-form.view";
import { priceOf } from "~/modules/work-orders/jobs/job";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { idTaken, orNotFound, problem } from "~/platform/http/problem.server";
import { readDeferredWork, readUnitOfOrder } from "~/queries/staff/estimate-record.server";
import { findUnits } from "~/queries/staff/find-units.server";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "New estimate" }];

export const loader = staff.loader("estimate:write", async ({ services, session, url }) => {
  const query = url.searchParams.get("q") ?? "";
  const orderId = parseId("workOrder", url.searchParams.get("order"));
  const order = orderId ? orNotFound(await readUnitOfOrder(services.db, orderId)) : null;
  const wanted = order?.assetId ?? parseId("asset", url.searchParams.get("unit"));
  const [found, deferred] = await Promise.all([findUnits(services.db, { query, only: wanted }), wanted ? readDeferredWork(services.db, wanted) : []]);
  const now = services.clock.now();
  const unit = wanted ? (found[0] ?? null) : null;
  return {
    unit,
    order: order && { id: orderId, title: order.title, customer: order.customer },
    units: unit ? [] : found,
    declined: deferred.flatMap(({ complaint, number, lines }) =>
      lines.map((line) => ({ id: line.id, text: line.text, price: priceOf(line), complaint, number })),
    ),
    query,
    fresh: newId("estimate", now),
    validThrough: dayOf(later(now, USUAL_DAYS * DAY), session.organization.zone),
  };
});

const NewEstimate = z.looseObject({ id: z.string(), unit: z.string(), order: z.string(), ...headFields });

export const action = staff.action("estimate:write", NewEstimate, async ({ services, session, form }) => {
  const values = asTyped(form);
  const [id, assetId, orderId] = [parseId("estimate", form.id), parseId("asset", form.unit), parseId("workOrder", form.order)];
  if (!id || !assetId) return problem(422, { message: "Something was missing from that form. Reload the page and try again.", values });
  const tooLate = lastDayRefusal(form.validThrough, dayOf(services.clock.now(), session.organization.zone));
  if (tooLate) return problem(422, { message: tooLate, fields: { validThrough: tooLate }, values });
  const order = orderId ? await readUnitOfOrder(services.db, orderId) : null;
  if (orderId && order?.assetId !== assetId)
    return problem(404, { message: "That work order doesn't exist anymore. Start again from the work order list.", values });
  const declined = Object.entries(values).flatMap(([name, value]) => (name.startsWith("again-") && value === "on" ? [name.slice("again-".length)] : []));
  const created = await createEstimate(services, { id, assetId, workOrderId: orderId, head: headOf(form), declined });
  if (!created.ok && created.error.kind === "id-taken") return idTaken(values);
  if (!created.ok) return problem(404, { message: "That unit doesn't exist anymore. Choose another.", values });
  throw redirect(declined.length > 0 ? paths.staff.estimate(id) : paths.staff.estimateJob(id, newId("job", services.clock.now())));
});

export default function NewEstimatePage() {
  const { unit, order, units, declined, query, fresh, validThrough } = useLoaderData<typeof loader>();
  const { money } = useFormat();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  if (!unit) {
    return (
      <>
        <PageHeader title="New estimate" />
        <PageBody>
          <UnitChoice units={units} query={query} />
        </PageBody>
      </>
    );
  }
  return (
    <>
      <PageHeader title="New estimate" mark={<UnitPlate number={unit.unitNumber} size="medium" />} state={<span>{order?.customer ?? unit.customer}</span>} />
      <PageBody>
        <FormResult result={result} />
        <p className="text-ink-soft">
          {order ? (
            <>
              For work order{" "}
              <Link to={paths.staff.order(order.id ?? "")} className="text-accent underline">
                {order.title}
              </Link>
              : approved lines are added to it.
            </>
          ) : (
            "A work order opens when the customer approves."
          )}
        </p>
        <Form method="post" className="grid max-w-120 gap-4" noValidate>
          <input type="hidden" name="id" value={fresh} />
          <input type="hidden" name="unit" value={unit.id} />
          <input type="hidden" name="order" value={order?.id ?? ""} />
          <HeadFields
            values={{ title: order?.title ?? "", note: "", insideNote: "", validThrough, deposit: "", ...refusal?.values }}
            errors={refusal?.fields}
          />
          {declined.length > 0 && (
            <fieldset className="grid gap-1">
              <legend className="pb-1 font-semibold">Add work declined earlier</legend>
              {declined.map(({ id, text, price, complaint, number }) => (
                <label key={id} className="flex min-h-(--target) items-center gap-2.5">
                  <input
                    type="checkbox"
                    name={`again-${id}`}
                    value="on"
                    defaultChecked={refusal?.values?.[`again-${id}`] === "on"}
                    className="size-4 shrink-0"
                  />
                  <span className="min-w-0 flex-1">
                    {text}
                    <span className="block text-small text-ink-soft">
                      {complaint}, declined on {estimateNumber(number)}
                    </span>
                  </span>
                  <span className="tabular-nums">{money(price)}</span>
                </label>
              ))}
            </fieldset>
          )}
          <div>
            <SubmitButton icon={Plus} pendingLabel="Creating">
              Create estimate
            </SubmitButton>
          </div>
        </Form>
      </PageBody>
    </>
  );
}
