import { useLoaderData } from "react-router";
import { localText } from "~/kernel/time";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

/** Out of service and back, to another owner, or archived. */
export function ManageAsset() {
  const { unit, customers } = useLoaderData<PageData>();
  const { now, zone } = useFormat();
  const refused = useRefusedForm<typeof action>();
  return (
    <div className="grid gap-3">
      {unit.outOfServiceAt === null ? (
        <Disclosure title="Take out of service" open={refused("set-out-of-service") !== null}>
          <CommandForm<typeof action> intent="set-out-of-service" className="grid gap-3">
            <Field label="Reason" name="why" />
            <SubmitButton kind="danger" pendingLabel="Saving">
              Take out of service
            </SubmitButton>
          </CommandForm>
        </Disclosure>
      ) : (
        <CommandForm<typeof action> intent="set-in-service">
          <SubmitButton pendingLabel="Saving">Put back in service</SubmitButton>
        </CommandForm>
      )}
      <Disclosure title="Change owner" open={refused("hand-over") !== null}>
        <CommandForm<typeof action> intent="hand-over" className="grid gap-3">
          <Select label="New owner" name="to" defaultValue="">
            <option value="">Choose</option>
            {customers
              .filter(({ id }) => id !== unit.customerId)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </Select>
          <Field label="From" name="from" type="datetime-local" defaultValue={localText(now, zone)} hint="History before this stays with the current owner" />
          <SubmitButton pendingLabel="Saving">Transfer unit</SubmitButton>
        </CommandForm>
      </Disclosure>
      <Disclosure title="Archive">
        <CommandForm<typeof action> intent="archive" className="grid gap-3">
          <p className="text-ink-soft">The unit leaves the lists. Its work orders, files and activity are kept, and its VIN can be used again.</p>
          <SubmitButton kind="danger" pendingLabel="Archiving">
            Archive unit
          </SubmitButton>
        </CommandForm>
      </Disclosure>
    </div>
  );
}
