import { useLoaderData } from "react-router";
import { localText } from "~/kernel/time";
import { canCancel, docketNumber, stateLabels } from "~/modules/work-orders/work-order";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";
import { ownerField } from "./owner-field";

/** Out of service and back, to another owner, or archived. */
export function ManageAsset() {
  const { unit, customers, unbilled } = useLoaderData<PageData>();
  const { now, zone, money } = useFormat();
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
          {unbilled.length > 0 && (
            <fieldset className="grid gap-2">
              <legend className="font-semibold">Work orders of {unit.customer} that aren't invoiced</legend>
              {unbilled.map((order) => {
                const name = `${docketNumber(order.number)} ${order.title}, ${stateLabels[order.state]}, ${money(order.price)}`;
                return canCancel(order.state) === true ? (
                  <Select key={order.id} label={name} name={ownerField(order.id)} defaultValue="keep">
                    <option value="keep">Keep it for {unit.customer}</option>
                    <option value="copy">Cancel it, and copy its work to an order of the new owner</option>
                  </Select>
                ) : (
                  <p key={order.id}>
                    {name}: stays with {unit.customer}.
                  </p>
                );
              })}
              <p className="text-small text-ink-soft">The new owner decides about copied work again. What {unit.customer} approved doesn't count for them.</p>
            </fieldset>
          )}
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
