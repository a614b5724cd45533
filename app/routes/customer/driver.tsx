import { KeyRound } from "lucide-react";
import { useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { toUtcMs } from "~/kernel/time";
import { assignmentRefusalMessages } from "~/modules/assets/assignment";
import { assignVehicle, giveBackVehicle } from "~/modules/assets/driver-vehicles.server";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { proposeCode } from "~/modules/drivers/propose-code.server";
import { addDriver, archiveDriver, changeDriver, resetPin } from "~/modules/drivers/save-driver.server";
import { noFields } from "~/platform/http/commands.server";
import { idField, requiredText, seenVersion, switched } from "~/platform/http/fields.server";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { onField } from "~/platform/http/refusals.server";
import { readPortalDriver } from "~/queries/customer/drivers.server";
import { CommandForm } from "~/ui/command-form";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { DriverVehicles } from "../parts/driver-vehicles";

export const meta = ({ loaderData }: { loaderData?: { record: { driver: { name: string } } | null } }) => [
  { title: loaderData?.record?.driver.name ?? "New driver" },
];

const unit = idField("asset", "Choose a unit.");

export const action = customer.commands({
  save: customer.command({
    permission: "driver:manage",
    form: z.object({
      version: seenVersion,
      name: requiredText(80, "Enter the driver's name."),
      phone: z.string().trim().max(40, "Use at most 40 characters."),
      email: z.string(),
      code: z.string(),
      portalEnabled: switched,
    }),
    async run({ services, id, scope, form: { version, ...form } }) {
      if (version > 0) return changeDriver(services, { id: id("driver"), version, form });
      return addDriver(services, { id: id("driver"), customerId: scope.partyId as Id<"customer">, form }); // a customer's session names its customer
    },
    done(added, { form: { name } }) {
      if (!added) return "Saved.";
      return added.pin ? { done: `${name} added.`, pin: added.pin } : `${name} was already added by this form. If no one wrote down the PIN, reset it.`;
    },
    drain: "before-answer",
    refusals: {
      archived: "This driver was removed and can't be changed.",
      "not-an-email": onField("email", "Enter a valid email address."),
      "not-a-code": onField("code", "Enter a code of 4 to 8 digits."),
      "code-taken": onField("code", "Another driver has this code."),
      "email-taken": onField("email", "Another driver has this address."),
    },
  }),
  "reset-pin": customer.command({
    permission: "driver:manage",
    form: noFields,
    run: ({ services, id }) => resetPin(services, id("driver")),
    done: ({ pin }) => ({ done: "PIN reset. The old PIN no longer works.", pin }),
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
    form: z.object({ unit, first: z.string(), last: z.string() }),
    run: ({ services, id, form: { unit: assetId, first, last } }) => assignVehicle(services, { driverId: id("driver"), assetId, first, last: last || null }),
    done: "Unit assigned.",
    refuse: ({ kind }) => onField(kind === "backwards" ? "last" : kind === "overlaps" ? "unit" : "first", assignmentRefusalMessages[kind]),
  }),
  "end-assignment": customer.command({
    permission: "driver:manage",
    form: z.object({ unit, from: z.coerce.number().transform(toUtcMs) }),
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
  const result = useActionData<typeof action>();
  const pin = result?.problem === null ? result.pin : undefined;
  const driver = record?.driver;
  const isOpen = driver?.archivedAt == null;
  return (
    <>
      <PageHeader title={driver?.name ?? "New driver"} state={!isOpen && <StateMark tone="slate" label="Removed" />} />
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
        {record && <DriverVehicles {...record} mayManage={isOpen} />}
        {isOpen && (
          <Section title={driver ? "Name and sign-in" : "Driver details"}>
            <CommandForm<typeof action> intent="save" saved={{ ...driver, code, portalEnabled: driver?.portalEnabled ?? true }} className="grid max-w-96 gap-4">
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
              <span className="text-ink-soft">Nobody can look a PIN up. A new one ends sessions that the old one started.</span>
              <SubmitButton kind="quiet" icon={KeyRound} pendingLabel="Resetting">
                Reset PIN
              </SubmitButton>
            </CommandForm>
          </Section>
        )}
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
