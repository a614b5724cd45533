import { Form, useLoaderData } from "react-router";
import { localText } from "~/kernel/time";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useRefused } from "~/ui/use-refused";
import type { loader } from "./route";

/** Off the road and back, to another owner, out of the lists. */
export function ManageAsset() {
  const { unit, customers, zone, now } = useLoaderData<typeof loader>();
  const refused = useRefused();
  const handing = refused("hand-over");
  return (
    <div className="grid gap-3">
      {unit.outOfServiceAt === null ? (
        <Disclosure title="Take out of service" open={refused("off") !== undefined}>
          <Form method="post" className="grid gap-3" noValidate>
            <input type="hidden" name="intent" value="off" />
            <Field label="Because" name="why" error={refused("off")?.fields.why} />
            <SubmitButton kind="danger" pendingLabel="Taking off">
              Take out of service
            </SubmitButton>
          </Form>
        </Disclosure>
      ) : (
        <Form method="post">
          <input type="hidden" name="intent" value="on" />
          <SubmitButton pendingLabel="Putting back">Put back in service</SubmitButton>
        </Form>
      )}
      <Disclosure title="Hand over to another owner" open={handing !== undefined}>
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
            hint="The history before this stays with the owner of that time"
          />
          <SubmitButton pendingLabel="Handing over">Hand over</SubmitButton>
        </Form>
      </Disclosure>
      <Disclosure title="Archive">
        <Form method="post" className="grid gap-3">
          <input type="hidden" name="intent" value="archive" />
          <p className="text-ink-soft">It leaves the lists. Its orders, files and story stay, and its VIN is free again.</p>
          <SubmitButton kind="danger" pendingLabel="Archiving">
            Archive unit
          </SubmitButton>
        </Form>
      </Disclosure>
    </div>
  );
}
