import { useLoaderData } from "react-router";
import { localText } from "~/kernel/time";
import { PersonSelect } from "~/modules/work-orders/person-select.view";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Button, ButtonLink } from "~/ui/button";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { useDraftId } from "~/ui/use-draft-id";
import { useFormResult } from "~/ui/use-form-result";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** Edits the order's title, assignee, dates and PO number while it is open, and cancels it. */
export function OrderHead() {
  const { order, people, whyNotCanceled } = useLoaderData<PageData>();
  const { zone } = useFormat();
  const refused = useRefusedForm<typeof commands>();
  return (
    <Disclosure title="Edit title, assignee or date" open={Boolean(refused("head") ?? refused("cancel"))}>
      <CommandForm<typeof commands>
        intent="head"
        className="grid gap-3"
        saved={{
          title: order.title,
          lead: order.lead?.id,
          promised: order.promisedAt === null ? "" : localText(order.promisedAt, zone),
          purchaseOrder: order.purchaseOrder,
        }}
      >
        <input type="hidden" name="version" value={order.version} />
        <Field label="Title" name="title" />
        <PersonSelect label="Assigned to" name="lead" people={people} />
        <Field label="Promised" name="promised" type="datetime-local" hint="When the customer gets the unit back. They see it in the portal." />
        <Field label="Customer's PO number" name="purchaseOrder" />
        <SubmitButton pendingLabel="Saving">Save</SubmitButton>
      </CommandForm>
      {whyNotCanceled !== null && <CannotCancel why={whyNotCanceled} />}
      {whyNotCanceled === null && (
        <CommandForm<typeof commands> intent="cancel" className="mt-4 grid gap-3 border-t border-line pt-3">
          <Field label="Reason for canceling" name="why" id="cancel-why" />
          <SubmitButton kind="danger" pendingLabel="Canceling">
            Cancel order
          </SubmitButton>
        </CommandForm>
      )}
    </Disclosure>
  );
}

/** Why the order can't be canceled, with the way to complete it where that is possible now. */
function CannotCancel({ why }: { why: string }) {
  const { order } = useLoaderData<PageData>();
  return (
    <div className="mt-4 grid justify-items-start gap-2 border-t border-line pt-3">
      <Button kind="danger" blocked={why}>
        Cancel order
      </Button>
      {order.state === "in-progress" && <ButtonLink to="?complete=yes">Complete this order</ButtonLink>}
    </div>
  );
}

/** The order's activity, with a form to add a note. */
export function OrderActivity() {
  const { order, activity, freshNote } = useLoaderData<PageData>();
  const result = useFormResult<typeof commands>();
  const noteId = useDraftId({ of: order.id, fresh: freshNote, taken: result?.problem === null ? result.addedNoteId : undefined });
  return (
    <Section title="Activity">
      <CommandForm<typeof commands> intent="note" className="grid gap-2" key={noteId}>
        <input type="hidden" name="id" value={noteId} />
        <TextArea label="Internal note" name="text" hint="Only staff can read it" />
        <div>
          <SubmitButton kind="quiet" pendingLabel="Saving">
            Add note
          </SubmitButton>
        </div>
      </CommandForm>
      <ActivityTimeline lines={activity} />
    </Section>
  );
}
