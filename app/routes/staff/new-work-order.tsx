import { Plus } from "lucide-react";
import { Form, Link, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { UnitChoice } from "~/modules/assets/unit-select.view";
import { readStaff } from "~/modules/people/staff.read.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { readPromise } from "~/modules/work-orders/tracker/promise";
import { staff } from "~/platform/http/guards.server";
import { idTaken, problem } from "~/platform/http/problem.server";
import { findUnits } from "~/queries/staff/find-units.server";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "New work order" }];

export const loader = staff.loader("work-order:write", async ({ services, url }) => {
  const query = url.searchParams.get("q") ?? "";
  const wanted = parseId("asset", url.searchParams.get("unit"));
  const [found, people] = await Promise.all([findUnits(services.db, { query, only: wanted }), readStaff(services)]);
  const unit = wanted ? (found[0] ?? null) : null;
  return { unit, units: unit ? [] : found, query, fresh: newId("workOrder", services.clock.now()), people: people.map(({ id, name }) => ({ id, name })) };
});

const NewOrder = z.object({
  id: z.string(),
  unit: z.string(),
  complaint: z.string().trim().min(1, "Enter what's wrong.").max(4_000, "Use at most 4,000 characters."),
  lead: z.string(),
  promised: z.string(),
  purchaseOrder: z.string().trim().max(40, "Use at most 40 characters."),
  draft: z.literal("on").optional(),
});

export const action = staff.action("work-order:write", NewOrder, async ({ services, session, form }) => {
  const [id, assetId] = [parseId("workOrder", form.id), parseId("asset", form.unit)];
  if (!id || !assetId) return problem(422, { message: "Something was missing from that form. Reload the page and try again.", values: form });
  const promised = readPromise(form.promised, session.organization.zone, services.clock.now());
  if (!promised.ok) return problem(422, { message: "Fix the highlighted fields.", fields: { promised: promised.error }, values: form });
  const lead = (await readStaff(services)).find((person) => person.id === form.lead) ?? null;
  const opened = await openWorkOrder(services, {
    id,
    assetId,
    complaint: form.complaint,
    lead: lead && { id: lead.id, name: lead.name },
    promisedAt: promised.value,
    purchaseOrder: form.purchaseOrder || null,
    asDraft: form.draft === "on",
  });
  if (!opened.ok && opened.error.kind === "id-taken") return idTaken(form);
  if (!opened.ok) return problem(404, { message: "That unit doesn't exist anymore. Choose another.", values: form });
  throw redirect(paths.staff.order(id));
});

export default function NewWorkOrder() {
  const { unit, units, query, fresh, people } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const value = (name: string) => refusal?.values?.[name] ?? "";
  if (!unit) {
    return (
      <>
        <PageHeader title="New work order" />
        <PageBody>
          <UnitChoice units={units} query={query} />
        </PageBody>
      </>
    );
  }
  return (
    <>
      <PageHeader title="New work order" mark={<UnitPlate number={unit.unitNumber} size="medium" />} state={<span>{unit.customer}</span>} />
      <PageBody>
        <FormResult result={result} />
        <p className="text-ink-soft">
          {[unit.year, unit.make, unit.model].filter(Boolean).join(" ")}{" "}
          <Link to={paths.staff.newOrder} className="text-accent underline">
            Choose another unit
          </Link>
        </p>
        <Form method="post" className="grid max-w-120 gap-4" noValidate>
          <input type="hidden" name="id" value={fresh} />
          <input type="hidden" name="unit" value={unit.id} />
          <TextArea
            label="What's wrong"
            name="complaint"
            hint="In the customer's or driver's words"
            rows={3}
            defaultValue={value("complaint")}
            error={refusal?.fields?.complaint}
            required
            autoFocus
          />
          <Select label="Assigned to" name="lead" defaultValue={value("lead")}>
            <option value="">Unassigned</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Field
            label="Promised"
            name="promised"
            type="datetime-local"
            defaultValue={value("promised")}
            error={refusal?.fields?.promised}
            hint="When the customer gets the unit back. They see it in the portal."
          />
          <Field label="Customer's PO number" name="purchaseOrder" defaultValue={value("purchaseOrder")} error={refusal?.fields?.purchaseOrder} />
          <Switch label="Save as a draft" name="draft" value="on" hint="The shop starts on it once you release it." defaultChecked={value("draft") === "on"} />
          <div>
            <SubmitButton icon={Plus} pendingLabel="Opening">
              Open work order
            </SubmitButton>
          </div>
        </Form>
      </PageBody>
    </>
  );
}
