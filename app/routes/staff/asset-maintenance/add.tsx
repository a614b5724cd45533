import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { formatPlan } from "~/modules/maintenance/format-due";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { TextLink } from "~/ui/text-link";
import { StartFields } from "../start-fields";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

/** Puts a template on the unit: counted from now, due now, or from what somebody knows. */
export function AddSchedule() {
  const { unit, templates } = useLoaderData<PageData>();
  const { distanceUnit, locale } = useFormat();
  const refused = useRefusedForm<typeof action>()("add");
  if (templates.length === 0)
    return (
      <p className="text-ink-soft">
        This unit has every template that is for it. <TextLink to={paths.staff.maintenanceTemplates}>Templates</TextLink>
      </p>
    );
  return (
    <Disclosure title="Add maintenance" icon={Plus} open={refused !== null}>
      <CommandForm<typeof action> intent="add" className="grid max-w-xl gap-3">
        <Select label="Template" name="templateId">
          {templates.map(({ id, name, plan }) => (
            <option key={id} value={id}>
              {name} ({formatPlan(plan, { distanceUnit, locale }).toLowerCase()})
            </option>
          ))}
        </Select>
        <StartFields kind={unit.kind} />
        <SubmitButton pendingLabel="Adding">Add to this unit</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
