import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import * as z from "zod";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { err } from "~/kernel/result";
import { formatPlan } from "~/modules/maintenance/format-due";
import { type Category, categoryLabels, readyTemplates, type Template } from "~/modules/maintenance/template";
import { templateForm } from "~/modules/maintenance/template-form";
import { saveTemplate } from "~/modules/maintenance/templates/save-template.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { readMaintenanceTemplates } from "~/queries/staff/maintenance-templates.server";
import { ButtonLink } from "~/ui/button";
import { CommandForm, useCan } from "~/ui/command-form";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Maintenance templates" }];
export const shouldRevalidate = () => true;

export const loader = staff.loader("maintenance:read", async ({ services }) => {
  const templates = await readMaintenanceTemplates(services.db);
  const names = new Set(templates.map(({ name }) => name));
  const now = services.clock.now();
  const ready = readyTemplates
    .map(({ name, category, plan }, index) => ({ index, name, category, plan, id: newId("maintenanceTemplate", now) }))
    .filter(({ name }) => !names.has(name));
  return { templates, ready, fresh: newId("maintenanceTemplate", now) };
});

export const action = staff.commands({
  "add-ready": staff.command({
    permission: "maintenance:manage",
    form: z.object({ id: idField("maintenanceTemplate", "Reload the page."), index: z.coerce.number().int().min(0) }),
    async run({ services, scope, form: { id, index } }) {
      const ready = readyTemplates[index];
      if (!ready) return err({ kind: "not-found" as const });
      const { fixed = false } = ready.plan.calendar ?? {};
      const typed = templateForm({ ...ready, cannedJobId: null }, scope.organization.distanceUnit);
      return saveTemplate(services, { id, seen: 0, form: { ...blank, ...typed, fixed } });
    },
    done: "Template added. Put it on units next.",
  }),
});

const blank = {
  name: "",
  category: "",
  kind: "",
  distance: "",
  distanceSoon: "",
  hoursMeter: "",
  hours: "",
  hoursSoon: "",
  calendar: "",
  calendarUnit: "",
  soonDays: "",
  cannedJobId: "",
};

export default function MaintenanceTemplates() {
  const { templates, ready, fresh } = useLoaderData<typeof loader>();
  const { distanceUnit, locale } = useFormat();
  const mayManage = useCan<typeof action>()("add-ready") === null;
  type Row = Pick<Template, "name" | "category" | "plan" | "id"> & { units: number; refreshed: number | null };
  return (
    <>
      <PageHeader
        title="Maintenance templates"
        action={
          mayManage && (
            <ButtonLink to={paths.staff.maintenanceTemplate(fresh)} kind="primary" icon={Plus}>
              New template
            </ButtonLink>
          )
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        {templates.length === 0 ? (
          <Empty
            title="No templates yet"
            body="A template holds the intervals and the job of a service. Put it on many units, and change it for all of them in one place."
          />
        ) : (
          <DataTable
            caption="Maintenance templates"
            rows={templates}
            rowKey={({ id }: Row) => id}
            rowTo={mayManage ? ({ id }) => paths.staff.maintenanceTemplate(id) : undefined}
            columns={[
              { key: "name", title: "Name", wraps: true, cell: (row) => <TemplateName {...row} /> },
              { key: "plan", title: "Interval", wraps: true, cell: ({ plan }) => formatPlan(plan, { distanceUnit, locale }) },
              { key: "category", title: "Kind", from: "sm", cell: ({ category }) => categoryLabels[category] },
              { key: "units", title: "Units", figures: true, cell: ({ units }) => units },
            ]}
          />
        )}
        {ready.length > 0 && (
          <Section title="Ready to use" count={ready.length}>
            <p className="text-ink-soft">Intervals that makers usually ask for. Check the unit's manual, and change them as you like.</p>
            <ul className="divide-y divide-line border-y border-line">
              {ready.map(({ index, id, name, category, plan }) => (
                <li key={index} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
                  <span className="grid">
                    <span>{name}</span>
                    <span className="text-small text-ink-soft">
                      {categoryOf(category)}
                      {formatPlan(plan, { distanceUnit, locale })}
                    </span>
                  </span>
                  <CommandForm<typeof action> intent="add-ready" row={{ id, index: String(index) }}>
                    <SubmitButton kind="quiet" pendingLabel="Adding">
                      Add<span className="sr-only"> {name}</span>
                    </SubmitButton>
                  </CommandForm>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </PageBody>
    </>
  );
}

function TemplateName({ name, units, refreshed }: { name: string; units: number; refreshed: number | null }) {
  return (
    <span className="grid">
      {name}
      {refreshed !== null && (
        <span className="text-small text-ink-soft">
          Saved. Lists show the new interval on {refreshed} of {units} units so far.
        </span>
      )}
    </span>
  );
}

const categoryOf = (category: Category): string => (category === "service" ? "" : `${categoryLabels[category]} · `);
