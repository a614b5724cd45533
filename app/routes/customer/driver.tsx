import { useLoaderData } from "react-router";
import type { Id } from "~/kernel/ids";
import { assignVehicle, giveBackVehicle } from "~/modules/assets/driver-vehicles.server";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { proposeCode } from "~/modules/drivers/propose-code.server";
import { addDriver, archiveDriver, changeDriver, resetPin } from "~/modules/drivers/save-driver.server";
import { noFields } from "~/platform/http/commands.server";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { readPortalDriver } from "~/queries/customer/drivers.server";
import { CommandForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { useFormResult } from "~/ui/use-form-result";
import { assignmentForm, assignmentRefusal, driverForm, driverRefusals, driverSaved, endedAssignmentForm, PIN_RESET } from "../parts/driver-commands.server";
import { DriverForm, PinNotice, PinSection } from "../parts/driver-form";
import { DriverVehicles } from "../parts/driver-vehicles";

export const meta = ({ loaderData }: { loaderData?: { record: { driver: { name: string } } | null } }) => [
  { title: loaderData?.record?.driver.name ?? "New driver" },
];

export const action = customer.commands({
  save: customer.command({
    permission: "driver:manage",
    form: driverForm,
    async run({ services, id, scope, form: { version, ...form } }) {
      if (version > 0) return changeDriver(services, { id: id("driver"), version, form });
      return addDriver(services, { id: id("driver"), customerId: scope.partyId as Id<"customer">, form }); // a customer's session names its customer
    },
    done: (added, { form: { name } }) => driverSaved(added, name),
    drain: "before-answer",
    refusals: {
      archived: "This driver was removed and can't be changed.",
      ...driverRefusals,
    },
  }),
  "reset-pin": customer.command({
    permission: "driver:manage",
    form: noFields,
    run: ({ services, id }) => resetPin(services, id("driver")),
    done: ({ pin }) => ({ done: PIN_RESET, pin }),
    drain: "before-answer",
  }),
  archive: customer.command({
    permission: "driver:manage",
    form: noFields,
    run: ({ services, id }) => archiveDriver(services, id("driver")),
    done: "Driver removed and signed out.",
    drain: "before-answer",
  }),
  "assign-unit": customer.command({
    permission: "driver:manage",
    form: assignmentForm,
    run: ({ services, id, form: { unit: assetId, first, last } }) => assignVehicle(services, { driverId: id("driver"), assetId, first, last: last || null }),
    done: "Unit assigned.",
    refuse: assignmentRefusal,
  }),
  "end-assignment": customer.command({
    permission: "driver:manage",
    form: endedAssignmentForm,
    run: ({ services, id, form: { unit: assetId, from } }) => giveBackVehicle(services, { driverId: id("driver"), assetId, from }),
    done: "Assignment ended.",
  }),
});

export const loader = customer.loader(
  "driver:manage",
  async ({ services, session, id, url }) => {
    const right = mayUse(await readContactRights(services.db), "drivers");
    if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
    // The form of a new driver brings its id.
    const record = await readPortalDriver(services.db, id("driver"));
    if (!record && !url.searchParams.has("new")) throw new Response("Not found", { status: 404 });
    return { record, code: record?.driver.code ?? (await proposeCode(services.db)) };
  },
  action,
);

export default function PortalDriver() {
  const { record, code } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const pin = result?.problem === null ? result.pin : undefined;
  const driver = record?.driver;
  const isOpen = driver?.archivedAt == null;
  return (
    <>
      <PageHeader title={driver?.name ?? "New driver"} state={!isOpen && <StateMark tone="slate" label="Removed" />} />
      <PageBody>
        {pin === undefined ? <FormResult result={result} /> : <PinNotice title={result?.done ?? ""} code={code} pin={pin} />}
        {record && <DriverVehicles {...record} mayManage={isOpen} />}
        {isOpen && <DriverForm driver={driver} code={code} />}
        {driver && isOpen && <PinSection about="Nobody can look a PIN up. A new one ends sessions that the old one started." />}
        {driver && isOpen && (
          <Section title="No longer drives">
            <CommandForm<typeof action> intent="archive" className="flex flex-wrap items-center gap-3">
              <span className="text-ink-soft">Signs the driver out and ends their vehicles. Reports they signed are kept. You can't undo this.</span>
              <SubmitButton kind="danger" pendingLabel="Removing">
                Remove driver
              </SubmitButton>
            </CommandForm>
          </Section>
        )}
      </PageBody>
    </>
  );
}
