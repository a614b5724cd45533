import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { formatDueAt, formatPlan, formatRange, formatRemaining } from "~/modules/maintenance/format-due";
import { ScheduleMark } from "~/modules/maintenance/schedule.view";
import { categoryLabels } from "~/modules/maintenance/template";
import { docketNumber } from "~/modules/work-orders/work-order";
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
import { History } from "./history";
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
        {schedule && <History schedule={schedule} />}
        {attachments && <AttachmentPanel {...attachments} empty="No files yet. Add the certificate, the registration card or the policy." />}
        {schedule?.isOwn && mayManage && <OwnPlan schedule={schedule} />}
        {schedule && mayManage && (
          <Disclosure title="Remove">
            <CommandForm<typeof action> intent="end" className="grid gap-3">
              <p>
                The unit doesn't need this anymore. What was done stays on its work orders, and files stay on record. It can be put back on the unit's
                maintenance page.
              </p>
              <SubmitButton kind="danger" pendingLabel="Removing">
                Remove
              </SubmitButton>
            </CommandForm>
          </Disclosure>
        )}
      </PageBody>
    </>
  );
}

function State({ schedule }: { schedule: Schedule }) {
  const { state, category, triggers, plan, isOwn, templateId, isTemplateArchived, openOrder, earliest, latest } = schedule;
  const { mayManage } = useLoaderData<PageData>();
  const { distanceUnit, locale, today } = useFormat();
  const manner = { distanceUnit, locale };
  return (
    <Section
      title="Due"
      action={
        <span className="flex flex-wrap items-center gap-3">
          {openOrder && <TextLink to={paths.staff.order(openOrder.id)}>On {docketNumber(openOrder.number)}</TextLink>}
          <ScheduleMark state={state} />
        </span>
      }
    >
      <ul className="grid gap-0.5">
        {triggers.map((trigger) => (
          <li key={trigger.by}>
            {formatDueAt(trigger.by, trigger.due, manner) ?? "Not known when"}: {formatRemaining(trigger, manner)}
          </li>
        ))}
      </ul>
      <p className="text-small text-ink-soft">
        {[categoryLabels[category], formatPlan(plan, manner), formatRange({ state, earliest, latest }, today, locale)].filter(Boolean).join(" · ")} ·{" "}
        {isOwn ? (
          "this unit's own plan"
        ) : isTemplateArchived ? (
          "plan of a template that was archived"
        ) : mayManage ? (
          <TextLink to={paths.staff.maintenanceTemplate(templateId)}>plan of a template</TextLink>
        ) : (
          "plan of a template"
        )}
      </p>
    </Section>
  );
}
