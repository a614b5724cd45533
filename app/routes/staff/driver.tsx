import { KeyRound } from "lucide-react";
import { Link, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { toUtcMs, type UtcMs } from "~/kernel/time";
import { assignmentRefusalMessages } from "~/modules/assets/assignment";
import { assignVehicle, giveBackVehicle } from "~/modules/assets/driver-vehicles.server";
import { readDriversCustomer } from "~/modules/drivers/drivers.read.server";
import { proposeCode } from "~/modules/drivers/propose-code.server";
import { addDriver, archiveDriver, changeDriver, resetPin } from "~/modules/drivers/save-driver.server";
import { noFields } from "~/platform/http/commands.server";
import { idField, requiredText, seenVersion, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { onField } from "~/platform/http/refusals.server";
import { readDriverRecord } from "~/queries/staff/driver-record.server";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Moment } from "~/ui/clock";
import { CommandForm, useCan } from "~/ui/command-form";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { DriverVehicles } from "../parts/driver-vehicles";

export const meta = ({ loaderData }: { loaderData?: { record: { driver: { name: string } } | null } }) => [
  { title: loaderData?.record?.driver.name ?? "New driver" },
];

const unit = idField("asset", "Choose a unit.");

export const action = staff.commands({
  save: staff.command({
    permission: "driver:manage",
    form: z.object({
      version: seenVersion,
      name: requiredText(80, "Enter the driver's name."),
      phone: z.string().trim().max(40, "Use at most 40 characters."),
      email: z.string(),
      code: z.string(),
      portalEnabled: switched,
    }),
    async run({ services, id, url, form: { version, ...form } }) {
      if (version > 0) return changeDriver(services, { id: id("driver"), version, form });
      const customerId = orNotFound(parseId("customer", url.searchParams.get("customer")));
      return addDriver(services, { id: id("driver"), customerId, form });
    },
    done(added, { form: { name } }) {
      if (!added) return "Saved.";
      return added.pin ? { done: `${name} added.`, pin: added.pin } : `${name} was already added by this form. If no one wrote down the PIN, reset it.`;
    },
    drain: "before-answer",
    refusals: {
      archived: "This driver is archived and can't be changed.",
      "not-an-email": onField("email", "Enter a valid email address."),
      "not-a-code": onField("code", "Enter a code of 4 to 8 digits."),
      "code-taken": onField("code", "Another driver has this code."),
      "email-taken": onField("email", "Another driver has this address."),
    },
  }),
  "reset-pin": staff.command({
    permission: "driver:manage",
    form: noFields,
    run: ({ services, id }) => resetPin(services, id("driver")),
    done: ({ pin }) => ({ done: "PIN reset. The old PIN no longer works.", pin }),
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
    form: z.object({ unit, first: z.string(), last: z.string() }),
    run: ({ services, id, form: { unit: assetId, first, last } }) => assignVehicle(services, { driverId: id("driver"), assetId, first, last: last || null }),
    done: "Unit assigned.",
    refuse: ({ kind }) => onField(kind === "backwards" ? "last" : kind === "overlaps" ? "unit" : "first", assignmentRefusalMessages[kind]),
  }),
  "end-assignment": staff.command({
    permission: "driver:manage",
    form: z.object({ unit, from: z.coerce.number().transform(toUtcMs) }),
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
  const result = useActionData<typeof action>();
  const pin = result?.problem === null ? result.pin : undefined;
  const mayManage = useCan<typeof action>()("save") === null;
  const driver = record?.driver;
  const isOpen = driver?.archivedAt == null;
  return (
    <>
      <PageHeader title={driver?.name ?? "New driver"} state={driver && <DriverStatus driver={driver} />} />
      <PageBody>
        {pin === undefined ? (
          <FormResult result={result} />
        ) : (
          <Notice tone="green" title={result?.done ?? ""}>
            <p>Give the driver this PIN now. It won't be shown again.</p>
            <p>
              Code <span className="font-mono">{code}</span>, PIN <span className="font-mono text-lead">{pin}</span>
            </p>
          </Notice>
        )}
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
            {isOpen && (
              <Section title={driver ? "Name and sign-in" : "Driver details"}>
                <CommandForm<typeof action>
                  intent="save"
                  saved={{ ...driver, code, portalEnabled: driver?.portalEnabled ?? true }}
                  className="grid max-w-96 gap-4"
                >
                  <input type="hidden" name="version" value={driver?.version ?? 0} />
                  <Field label="Name" name="name" autoComplete="off" required />
                  <Field label="Phone" name="phone" type="tel" />
                  <Field label="Email" name="email" type="email" hint="Optional. With an address, the driver can sign in with an emailed link." />
                  <Field
                    key={code}
                    label="Code"
                    name="code"
                    inputMode="numeric"
                    autoComplete="off"
                    className="font-mono"
                    hint="4 to 8 digits. The driver enters it with the PIN on a shop tablet."
                    required
                  />
                  <Switch
                    key={String(driver?.portalEnabled)}
                    label="Driver portal"
                    name="portalEnabled"
                    value="on"
                    hint="Turning it off or changing the email signs the driver out at once."
                  />
                  <div>
                    <SubmitButton pendingLabel="Saving">{driver ? "Save" : "Add driver"}</SubmitButton>
                  </div>
                </CommandForm>
              </Section>
            )}
            {driver && isOpen && (
              <Section title="PIN">
                <CommandForm<typeof action> intent="reset-pin" className="flex flex-wrap items-center gap-3">
                  <span className="text-ink-soft">We store only a hash of the PIN. A new PIN ends sessions that the old one started.</span>
                  <SubmitButton kind="quiet" icon={KeyRound} pendingLabel="Resetting">
                    Reset PIN
                  </SubmitButton>
                </CommandForm>
              </Section>
            )}
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
