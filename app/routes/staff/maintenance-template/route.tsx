import { Truck } from "lucide-react";
import { redirect, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { assetKinds, kindLabels } from "~/modules/assets/asset";
import { scheduleStateLabels } from "~/modules/maintenance/format-due";
import { templateForm } from "~/modules/maintenance/template-form";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import { staff } from "~/platform/http/guards.server";
import { readIsTemplate, readMaintenanceTemplates } from "~/queries/staff/maintenance-templates.server";
import { Button, ButtonLink } from "~/ui/button";
import { CommandForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";
import { CategorySelect, IntervalFields, JobSelect } from "../plan-fields";
import { action } from "./commands.server";

export const meta = ({ loaderData }: { loaderData?: { template: { name: string } | null } }) => [{ title: loaderData?.template?.name ?? "New template" }];
export const shouldRevalidate = () => true;

export const loader = staff.loader("maintenance:manage", async ({ services, id: idOf }) => {
  const id = idOf("maintenanceTemplate");
  const [templates, canned] = await Promise.all([readMaintenanceTemplates(services.db), readCannedJobs(services.db)]);
  const template = templates.find((one) => one.id === id) ?? null;
  // Under a new id it is the form for one; a template that was archived, or is one unit's own, has no page.
  if (!template && (await readIsTemplate(services.db, id))) throw redirect(paths.staff.maintenanceTemplates);
  return { id, template, canned: canned.map(({ id: cannedId, name }) => ({ id: cannedId, name })) };
});

export { action };

export default function MaintenanceTemplatePage() {
  const { id, template, canned } = useLoaderData<typeof loader>();
  const { distanceUnit } = useFormat();
  const result = useFormResult<typeof action>();
  const typed = result?.problem === null ? result.typed : undefined;
  const saved = typed ?? (template ? templateForm(template, distanceUnit) : { category: "service", calendarUnit: "month", hoursMeter: "engine" });
  return (
    <>
      <PageHeader
        title={template?.name ?? "New maintenance template"}
        state={template && <span className="text-ink-soft">{template.units === 1 ? "on 1 unit" : `on ${template.units} units`}</span>}
        action={
          template && (
            <ButtonLink to={paths.staff.applyTemplate(id)} kind="primary" icon={Truck}>
              Put on units
            </ButtonLink>
          )
        }
      />
      <PageBody>
        <FormResult result={result} />
        <Preview />
        <CommandForm<typeof action> intent="save" saved={saved} className="grid max-w-3xl gap-4" key={typed ? "typed" : "saved"}>
          <input type="hidden" name="version" value={template?.version ?? 0} />
          <Field label="Name" name="name" required hint="As it is named on work orders and for the customer" />
          <div className="grid gap-4 sm:grid-cols-3">
            <CategorySelect />
            <Select label="For" name="kind">
              <option value="">Any unit</option>
              {assetKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {kindLabels[kind]}
                </option>
              ))}
            </Select>
            <JobSelect canned={canned} />
          </div>
          <IntervalFields fixed={typed ? typed.fixed === "on" : (template?.plan.calendar?.fixed ?? false)} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton pendingLabel="Saving">Save template</SubmitButton>
            {template && (
              <Button type="submit" name="intent" value="preview">
                Show what moves
              </Button>
            )}
          </div>
        </CommandForm>
        {template && (
          <Disclosure title="Archive">
            <CommandForm<typeof action> intent="archive" className="grid gap-3">
              <p>No unit can get it anymore. Units that have it keep their schedules.</p>
              <SubmitButton kind="danger" pendingLabel="Archiving">
                Archive template
              </SubmitButton>
            </CommandForm>
          </Disclosure>
        )}
      </PageBody>
    </>
  );
}

/** What saving the typed form would change, before it is saved. */
function Preview() {
  const result = useFormResult<typeof action>();
  const { day, today } = useFormat();
  const preview = result?.problem === null ? result.preview : undefined;
  if (!preview) return null;
  const { moved, stays, more } = preview;
  return (
    <Notice
      tone={moved.length > 0 ? "amber" : "green"}
      title={moved.length === 0 ? "Nothing would move." : `${moved.length === 1 ? "1 unit" : `${moved.length} units`} would move. Nothing is saved yet.`}
    >
      {moved.length > 0 && (
        <ul className="mt-1 grid gap-0.5">
          {moved.slice(0, 30).map(({ unitNumber, from, to, dayBefore, dayAfter }) => (
            <li key={unitNumber}>
              Unit {unitNumber}: {from === to ? scheduleStateLabels[to] : `${scheduleStateLabels[from]} to ${scheduleStateLabels[to]}`}
              {dayAfter !== dayBefore &&
                dayAfter !== null &&
                dayAfter >= today &&
                `, expected ${day(dayAfter)}${dayBefore === null ? "" : ` instead of ${day(dayBefore)}`}`}
            </li>
          ))}
        </ul>
      )}
      <p>
        {stays} stay as they are{more > 0 && `; ${more} more units weren't looked at`}.
      </p>
    </Notice>
  );
}
