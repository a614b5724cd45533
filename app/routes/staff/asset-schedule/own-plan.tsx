import { useLoaderData } from "react-router";
import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import { CategorySelect, IntervalFields, JobSelect } from "../plan-fields";
import { StartFields } from "../start-fields";
import type { action } from "./commands.server";
import type { PageData, Schedule } from "./data.server";

/** The form for a schedule that only this unit has. */
export function NewSchedule() {
  const { unit, fresh } = useLoaderData<PageData>();
  const saved = { category: "service", calendarUnit: "month", hoursMeter: "engine" };
  return (
    <CommandForm<typeof action> intent="add" saved={saved} className="grid max-w-3xl gap-4">
      <input type="hidden" name="templateId" value={fresh.templateId} />
      <PlanFields isFixed={false} />
      <div className="grid gap-4 sm:grid-cols-3">
        <StartFields kind={unit.kind} />
      </div>
      <div>
        <SubmitButton pendingLabel="Adding">Add to this unit</SubmitButton>
      </div>
    </CommandForm>
  );
}

/** The plan of a schedule that only this unit has. */
export function OwnPlan({ schedule }: { schedule: Schedule }) {
  const { plan } = useLoaderData<PageData>();
  return (
    <Section title="Plan">
      <CommandForm<typeof action> intent="save" saved={plan ?? {}} key={schedule.planVersion} className="grid max-w-3xl gap-4">
        <input type="hidden" name="version" value={schedule.planVersion} />
        <PlanFields isFixed={plan?.fixed === "on"} />
        <div>
          <SubmitButton pendingLabel="Saving">Save plan</SubmitButton>
        </div>
      </CommandForm>
    </Section>
  );
}

function PlanFields({ isFixed }: { isFixed: boolean }) {
  const { canned } = useLoaderData<PageData>();
  return (
    <>
      <Field label="Name" name="name" required hint="As it is named on work orders and for the customer" />
      <div className="grid gap-4 sm:grid-cols-3">
        <CategorySelect />
        <JobSelect canned={canned} />
      </div>
      <IntervalFields fixed={isFixed} />
    </>
  );
}
