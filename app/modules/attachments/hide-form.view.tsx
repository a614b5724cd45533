import { Form } from "react-router";
import { paths } from "~/kernel/paths";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";

/** Hiding asks why: the reason stays with the file. */
export function HideForm({ id, back, error, reason }: { id: string; back: string; error?: string; reason?: string }) {
  return (
    <Form method="post" action={paths.staff.hideFile(id)} preventScrollReset className="grid gap-4" noValidate>
      <input type="hidden" name="back" value={back} />
      <p className="text-ink-soft">
        It leaves this page and every portal, and is kept. Everybody in the shop sees that it was hidden, by whom and why; owners and managers may still open
        it.
      </p>
      <Field
        label="Why should it be hidden?"
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
