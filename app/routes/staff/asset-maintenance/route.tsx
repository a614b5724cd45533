import { Wrench } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { staff } from "~/platform/http/guards.server";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { SubmitButton } from "~/ui/form";
import { PageBody, Section } from "~/ui/page";
import { RowCheck } from "~/ui/row-check";
import { TextLink } from "~/ui/text-link";
import { useFormResult } from "~/ui/use-form-result";
import { OrdersMade } from "../maintenance/orders-made";
import { UnitHeader } from "../unit-header";
import { AddSchedule } from "./add";
import { action } from "./commands.server";
import { assetMaintenancePage, type PageData } from "./data.server";
import { RemovedSchedules } from "./removed";
import { ScheduleEntry } from "./schedule";

export const meta = ({ loaderData }: { loaderData?: { unit: { unitNumber: string } } }) => [
  { title: loaderData ? `Maintenance of unit ${loaderData.unit.unitNumber}` : "Maintenance" },
];
export const shouldRevalidate = () => true;

export const loader = staff.loader("maintenance:read", assetMaintenancePage);

export { action };

/** A unit's maintenance: what is due and why, work orders for it, what was done elsewhere or skipped. */
export default function AssetMaintenance() {
  const { unit, schedules, freshSchedule } = useLoaderData<PageData>();
  const open = schedules.filter(({ openOrder }) => openOrder === null);
  return (
    <>
      <UnitHeader title="Maintenance" unit={unit} />
      <PageBody>
        <OrdersMade result={useFormResult<typeof action>()} />
        {schedules.length === 0 ? (
          <Empty title="No maintenance yet" body="Put a template on this unit, and it shows here when each service is due." />
        ) : (
          <Section title="Schedules" count={schedules.length}>
            <ul className="divide-y divide-line border-y border-line">
              {schedules.map((schedule) => (
                <ScheduleEntry key={schedule.id} schedule={schedule} />
              ))}
            </ul>
          </Section>
        )}
        {open.length > 0 && unit.archivedAt === null && (
          <Section title="Make a work order">
            <CommandForm<typeof action> intent="make-orders" className="grid gap-2">
              {open.map(({ id, name, state }) => (
                <div key={id} className="flex items-center gap-2">
                  <RowCheck selection={{ name: `pick-${id}`, value: "on", label: `Do ${name}`, chosen: state === "due" || state === "overdue" }} />
                  <span aria-hidden="true">{name}</span>
                </div>
              ))}
              <div>
                <SubmitButton icon={Wrench} pendingLabel="Making the work order">
                  Make work order
                </SubmitButton>
              </div>
            </CommandForm>
          </Section>
        )}
        {unit.archivedAt === null && <AddSchedule />}
        <RemovedSchedules />
        {unit.archivedAt === null && freshSchedule && (
          <p>
            <TextLink to={paths.staff.schedule(unit.id, freshSchedule)}>Add maintenance that only this unit has</TextLink>
          </p>
        )}
      </PageBody>
    </>
  );
}
