import { Form } from "react-router";
import { paths } from "~/kernel/paths";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";

/** Asks for a reason, which is stored with the file. */
export function HideForm({ id, back, error, reason }: { id: string; back: string; error?: string; reason?: string }) {
  return (
    <Form method="post" action={paths.staff.hideFile(id)} preventScrollReset className="grid gap-4" noValidate>
      <input type="hidden" name="back" value={back} />
      <p className="text-ink-soft">
        The file disappears from this page and every portal, but isn't deleted. Your staff see who hid it and why. Owners and managers can still open it.
      </p>
      <Field
        label="Reason"
        name="reason"
        defaultValue={reason}
        error={error}
        required
        autoComplete="off"
        hint="Such as: wrong truck, or not for the customer"
      />
      <div>
        <SubmitButton pendingLabel="Hiding">Hide file</SubmitButton>
      </div>
    </Form>
  );
}
