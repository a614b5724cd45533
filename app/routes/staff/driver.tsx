import { Link, useLoaderData } from "react-router";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { assignVehicle, giveBackVehicle } from "~/modules/assets/driver-vehicles.server";
import { readDriversCustomer } from "~/modules/drivers/drivers.read.server";
import { proposeCode } from "~/modules/drivers/propose-code.server";
import { addDriver, archiveDriver, changeDriver, resetPin } from "~/modules/drivers/save-driver.server";
import { noFields } from "~/platform/http/commands.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readDriverRecord } from "~/queries/staff/driver-record.server";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Moment } from "~/ui/clock";
import { CommandForm, useCan } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { useFormResult } from "~/ui/use-form-result";
import { assignmentForm, assignmentRefusal, driverForm, driverRefusals, driverSaved, endedAssignmentForm, PIN_RESET } from "../parts/driver-commands.server";
import { DriverForm, PinNotice, PinSection } from "../parts/driver-form";
import { DriverVehicles } from "../parts/driver-vehicles";

export const meta = ({ loaderData }: { loaderData?: { record: { driver: { name: string } } | null } }) => [
  { title: loaderData?.record?.driver.name ?? "New driver" },
];

export const action = staff.commands({
  save: staff.command({
    permission: "driver:manage",
    form: driverForm,
    async run({ services, id, url, form: { version, ...form } }) {
      if (version > 0) return changeDriver(services, { id: id("driver"), version, form });
      const customerId = orNotFound(parseId("customer", url.searchParams.get("customer")));
      return addDriver(services, { id: id("driver"), customerId, form });
    },
    done: (added, { form: { name } }) => driverSaved(added, name),
    drain: "before-answer",
    refusals: {
      archived: "This driver is archived and can't be changed.",
      ...driverRefusals,
    },
  }),
  "reset-pin": staff.command({
    permission: "driver:manage",
    form: noFields,
    run: ({ services, id }) => resetPin(services, id("driver")),
    done: ({ pin }) => ({ done: PIN_RESET, pin }),
    drain: "before-answer",
  }),
  archive: staff.command({
    permission: "driver:manage",
    form: noFields,
    run: ({ services, id }) => archiveDriver(services, id("driver")),
    done: "Driver archived and signed out. The code can be used again.",
    drain: "before-answer",
  }),
  "assign-unit": staff.command({
    permission: "driver:manage",
    form: assignmentForm,
    run: ({ services, id, form: { unit: assetId, first, last } }) => assignVehicle(services, { driverId: id("driver"), assetId, first, last: last || null }),
    done: "Unit assigned.",
    refuse: assignmentRefusal,
  }),
  "end-assignment": staff.command({
    permission: "driver:manage",
    form: endedAssignmentForm,
    run: ({ services, id, form: { unit: assetId, from } }) => giveBackVehicle(services, { driverId: id("driver"), assetId, from }),
    done: "Assignment ended.",
  }),
});

export const loader = staff.loader(
  "driver:read",
  async ({ services, id, url }) => {
    const record = await readDriverRecord(services.db, id("driver"));
    // A driver not saved yet belongs to the customer named in the URL.
    const newFor = parseId("customer", url.searchParams.get("customer"));
    const customer = record
      ? { id: record.driver.customerId, name: record.driver.customer }
      : orNotFound(newFor && (await readDriversCustomer(services.db, newFor)));
    return {
      record,
      customer,
      code: record?.driver.code ?? (await proposeCode(services.db)),
    };
  },
  action,
);

export default function Driver() {
  const { record, customer, code } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const pin = result?.problem === null ? result.pin : undefined;
  const mayManage = useCan<typeof action>()("save") === null;
  const driver = record?.driver;
  const isOpen = driver?.archivedAt == null;
  return (
    <>
      <PageHeader title={driver?.name ?? "New driver"} state={driver && <DriverStatus driver={driver} />} />
      <PageBody>
        {pin === undefined ? <FormResult result={result} /> : <PinNotice title={result?.done ?? ""} code={code} pin={pin} />}
        <Facts>
          <Fact term="Drives for">
            <Link to={paths.staff.customer(customer.id)} className="text-accent underline">
              {customer.name}
            </Link>
          </Fact>
          {driver && (
            <>
              <Fact term="Code" code>
                {driver.code}
              </Fact>
              <Fact term="Email">{driver.email ?? "none (code and PIN only)"}</Fact>
              <Fact term="Phone">{driver.phone ?? "not on file"}</Fact>
              <Fact term={isOpen ? "Driver since" : "Archived"}>
                <Moment at={driver.archivedAt ?? driver.createdAt} />
              </Fact>
            </>
          )}
        </Facts>
        <div className="grid gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid content-start gap-6">
            {record && <DriverVehicles {...record} mayManage={mayManage && isOpen} />}
            {isOpen && <DriverForm driver={driver} code={code} />}
            {driver && isOpen && <PinSection about="We store only a hash of the PIN. A new PIN ends sessions that the old one started." />}
            {driver && isOpen && (
              <Section title="Archive">
                <CommandForm<typeof action> intent="archive" className="flex flex-wrap items-center gap-3">
                  <span className="text-ink-soft">For a driver who no longer drives. The record and its activity are kept. You can't undo this.</span>
                  <SubmitButton kind="danger" pendingLabel="Archiving">
                    Archive driver
                  </SubmitButton>
                </CommandForm>
              </Section>
            )}
          </div>
          {record && (
            <Section title="Activity">
              {record.activity.length === 0 ? (
                <p className="text-ink-soft">Sign-ins, PIN resets and vehicle assignments are listed here.</p>
              ) : (
                <ActivityTimeline lines={record.activity} />
              )}
            </Section>
          )}
        </div>
      </PageBody>
    </>
  );
}

function DriverStatus({ driver: { archivedAt, portalEnabled } }: { driver: { archivedAt: UtcMs | null; portalEnabled: boolean } }) {
  if (archivedAt !== null) return <StateMark tone="slate" label="Archived" />;
  return <StateMark tone={portalEnabled ? "green" : "slate"} label={portalEnabled ? "Portal on" : "Portal off"} />;
}
