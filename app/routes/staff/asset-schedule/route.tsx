import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { formatDueAt, formatPlan, formatRemaining } from "~/modules/maintenance/format-due";
import { ScheduleMark } from "~/modules/maintenance/schedule.view";
import { categoryLabels } from "~/modules/maintenance/template";
import { staff } from "~/platform/http/guards.server";
import { CommandForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { PageBody, Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { useFormResult } from "~/ui/use-form-result";
import { UnitHeader } from "../unit-header";
import { action } from "./commands.server";
import { type PageData, type Schedule, schedulePage } from "./data.server";
import { NewSchedule, OwnPlan } from "./own-plan";
import { Renewal } from "./renewal";

export const meta = ({ loaderData }: { loaderData?: { schedule: { name: string } | null } }) => [{ title: loaderData?.schedule?.name ?? "New maintenance" }];
export const shouldRevalidate = () => true;

export const loader = staff.loader("maintenance:read", schedulePage);

export { action };

/** One schedule of a unit: its plan, the renewal of a document with its file, and its end; under a new id, the form for one. */
export default function AssetSchedule() {
  const { unit, schedule, attachments, mayManage } = useLoaderData<PageData>();
  return (
    <>
      <UnitHeader title={schedule?.name ?? "New maintenance"} unit={unit} />
      <PageBody>
        <p>
          <TextLink to={paths.staff.assetMaintenance(unit.id)}>All maintenance of this unit</TextLink>
        </p>
        <FormResult result={useFormResult<typeof action>()} />
        {schedule ? <State schedule={schedule} /> : <NewSchedule />}
        {schedule && schedule.category !== "service" && schedule.plan.meters.length === 0 && <Renewal schedule={schedule} />}
        {attachments && <AttachmentPanel {...attachments} empty="No files yet. Add the certificate, the registration card or the policy." />}
        {schedule?.isOwn && mayManage && <OwnPlan schedule={schedule} />}
        {schedule && mayManage && (
          <Disclosure title="End this maintenance">
            <CommandForm<typeof action> intent="end" className="grid gap-3">
              <p>The unit doesn't need this anymore. What was done stays on its work orders, and files stay on record.</p>
              <SubmitButton kind="danger" pendingLabel="Ending">
                End maintenance
              </SubmitButton>
            </CommandForm>
          </Disclosure>
        )}
      </PageBody>
    </>
  );
}

function State({ schedule: { state, category, triggers, plan, isOwn, templateId } }: { schedule: Schedule }) {
  const { mayManage } = useLoaderData<PageData>();
  const { distanceUnit, locale } = useFormat();
  const manner = { distanceUnit, locale };
  return (
    <Section title="Due" action={<ScheduleMark state={state} />}>
      <ul className="grid gap-0.5">
        {triggers.map((trigger) => (
          <li key={trigger.by}>
            {formatDueAt(trigger.by, trigger.due, manner) ?? "Not known when"}: {formatRemaining(trigger, manner)}
          </li>
        ))}
      </ul>
      <p className="text-small text-ink-soft">
        {categoryLabels[category]} · {formatPlan(plan, manner)} ·{" "}
        {isOwn ? (
          "this unit's own plan"
        ) : mayManage ? (
          <TextLink to={paths.staff.maintenanceTemplate(templateId)}>plan of a template</TextLink>
        ) : (
          "plan of a template"
        )}
      </p>
    </Section>
  );
}
