import { Form, useLoaderData } from "react-router";
import { localText } from "~/kernel/time";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useRefused } from "~/ui/use-refused";
import type { PageData } from "./data.server";

/** Out of service and back, to another owner, or archived. */
export function ManageAsset() {
  const { unit, customers, zone, now } = useLoaderData<PageData>();
  const refused = useRefused();
  const handing = refused("hand-over");
  return (
    <div className="grid gap-3">
      {unit.outOfServiceAt === null ? (
        <Disclosure title="Take out of service" open={refused("off") !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="off" />
            <Field label="Reason" name="why" error={refused("off")?.fields.why} />
            <SubmitButton kind="danger" pendingLabel="Saving">
              Take out of service
            </SubmitButton>
          </Form>
        </Disclosure>
      ) : (
        <Form method="post">
          <input type="hidden" name="intent" value="on" />
          <SubmitButton pendingLabel="Saving">Put back in service</SubmitButton>
        </Form>
      )}
      <Disclosure title="Change owner" open={handing !== undefined}>
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="intent" value="hand-over" />
          <Select label="New owner" name="to" defaultValue={handing?.typed.to ?? ""} error={handing?.fields.to}>
            <option value="">Choose</option>
            {customers
              .filter(({ id }) => id !== unit.customerId)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </Select>
          <Field
            label="From"
            name="from"
            type="datetime-local"
            defaultValue={handing?.typed.from ?? localText(now, zone)}
            error={handing?.fields.from}
            hint="History before this stays with the current owner"
          />
          <SubmitButton pendingLabel="Saving">Transfer unit</SubmitButton>
        </Form>
      </Disclosure>
      <Disclosure title="Archive">
        <Form method="post" className="grid gap-3">
          <input type="hidden" name="intent" value="archive" />
          <p className="text-ink-soft">The unit leaves the lists. Its work orders, files and activity are kept, and its VIN can be used again.</p>
          <SubmitButton kind="danger" pendingLabel="Archiving">
            Archive unit
          </SubmitButton>
        </Form>
      </Disclosure>
    </div>
  );
}
