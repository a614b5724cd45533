import { Form, useLoaderData } from "react-router";
import { localText } from "~/kernel/time";
import { canCancel } from "~/modules/work-orders/work-order";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import type { MomentOptions } from "~/ui/moment";
import { Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { useDraftId } from "~/ui/use-draft-id";
import { useFormResult } from "~/ui/use-form-result";
import { useRefused } from "~/ui/use-refused";
import type { action, loader } from "./route";

/** What the order says of itself, to be changed while it is open; and its end before its time. */
export function OrderHead() {
  const { order, people, zone } = useLoaderData<typeof loader>();
  const refused = useRefused();
  const [changing, cancelling] = [refused("head"), refused("cancel")];
  return (
    <Disclosure title="Change title, person or date" open={Boolean(changing ?? cancelling)}>
      <Form method="post" className="grid gap-3" noValidate>
        <input type="hidden" name="intent" value="head" />
        <input type="hidden" name="version" value={order.version} />
        <Field label="What is wrong, in short" name="title" defaultValue={changing?.typed.title ?? order.title} error={changing?.fields.title} />
        <Select label="Who has it" name="lead" defaultValue={changing?.typed.lead ?? order.lead?.id ?? ""}>
          <option value="">Nobody</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Field
          label="Promised"
          name="promised"
          type="datetime-local"
          hint="When the customer gets it back; they see it in the portal"
          defaultValue={changing?.typed.promised ?? (order.promisedAt === null ? "" : localText(order.promisedAt, zone))}
          error={changing?.fields.promised}
        />
        <Field label="Customer's order number" name="purchaseOrder" defaultValue={changing?.typed.purchaseOrder ?? order.purchaseOrder ?? ""} />
        <SubmitButton pendingLabel="Saving">Save</SubmitButton>
      </Form>
      {canCancel(order.state) === true && (
        <Form method="post" className="mt-4 grid gap-3 border-t border-line pt-3" noValidate>
          <input type="hidden" name="intent" value="cancel" />
          <Field label="Cancel the order because" name="why" id="cancel-why" defaultValue={cancelling?.typed.why} error={cancelling?.fields.why} />
          <SubmitButton kind="danger" pendingLabel="Cancelling">
            Cancel order
          </SubmitButton>
        </Form>
      )}
    </Disclosure>
  );
}

/** What happened, and a word of one's own to it. */
export function OrderActivity(moment: MomentOptions) {
  const { order, activity, freshNote } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const noteId = useDraftId({ of: order.id, fresh: freshNote, taken: result && "noted" in result ? result.addedNoteId : undefined });
  const refused = useRefused()("note");
  return (
    <Section title="What happened">
      <Form method="post" className="grid gap-2" key={noteId}>
        <input type="hidden" name="intent" value="note" />
        <input type="hidden" name="id" value={noteId} />
        <TextArea label="Note for the shop" name="text" hint="Only your own people read it" defaultValue={refused?.typed.text} error={refused?.fields.text} />
        <div>
          <SubmitButton kind="quiet" pendingLabel="Noting">
            Add note
          </SubmitButton>
        </div>
      </Form>
      <ActivityTimeline lines={activity} {...moment} />
    </Section>
  );
}
