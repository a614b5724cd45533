import { Form, useLoaderData } from "react-router";
import { localText } from "~/kernel/time";
import { canCancel } from "~/modules/work-orders/work-order";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { useDraftId } from "~/ui/use-draft-id";
import { useFormResult } from "~/ui/use-form-result";
import { useRefused } from "~/ui/use-refused";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** Edits the order's title, assignee, dates and PO number while it is open, and cancels it. */
export function OrderHead() {
  const { order, people } = useLoaderData<PageData>();
  const { zone } = useFormat();
  const refused = useRefused();
  const [changing, canceling] = [refused("head"), refused("cancel")];
  return (
    <Disclosure title="Edit title, assignee or date" open={Boolean(changing ?? canceling)}>
      <Form method="post" className="grid gap-3" noValidate>
        <input type="hidden" name="intent" value="head" />
        <input type="hidden" name="version" value={order.version} />
        <Field label="Title" name="title" defaultValue={changing?.typed.title ?? order.title} error={changing?.fields.title} />
        <Select label="Assigned to" name="lead" defaultValue={changing?.typed.lead ?? order.lead?.id ?? ""}>
          <option value="">Unassigned</option>
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
          hint="When the customer gets the unit back. They see it in the portal."
          defaultValue={changing?.typed.promised ?? (order.promisedAt === null ? "" : localText(order.promisedAt, zone))}
          error={changing?.fields.promised}
        />
        <Field label="Customer's PO number" name="purchaseOrder" defaultValue={changing?.typed.purchaseOrder ?? order.purchaseOrder ?? ""} />
        <SubmitButton pendingLabel="Saving">Save</SubmitButton>
      </Form>
      {canCancel(order.state) === true && (
        <Form method="post" className="mt-4 grid gap-3 border-t border-line pt-3" noValidate>
          <input type="hidden" name="intent" value="cancel" />
          <Field label="Reason for canceling" name="why" id="cancel-why" defaultValue={canceling?.typed.why} error={canceling?.fields.why} />
          <SubmitButton kind="danger" pendingLabel="Canceling">
            Cancel order
          </SubmitButton>
        </Form>
      )}
    </Disclosure>
  );
}

/** The order's activity, with a form to add a note. */
export function OrderActivity() {
  const { order, activity, freshNote } = useLoaderData<PageData>();
  const result = useFormResult<typeof commands>();
  const noteId = useDraftId({ of: order.id, fresh: freshNote, taken: result && "addedNoteId" in result ? result.addedNoteId : undefined });
  const refused = useRefused()("note");
  return (
    <Section title="Activity">
      <Form method="post" className="grid gap-2" key={noteId}>
        <input type="hidden" name="intent" value="note" />
        <input type="hidden" name="id" value={noteId} />
        <TextArea label="Internal note" name="text" hint="Only staff can read it" defaultValue={refused?.typed.text} error={refused?.fields.text} />
        <div>
          <SubmitButton kind="quiet" pendingLabel="Saving">
            Add note
          </SubmitButton>
        </div>
      </Form>
      <ActivityTimeline lines={activity} />
    </Section>
  );
}
