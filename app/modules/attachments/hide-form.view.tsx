import { paths } from "~/kernel/paths";
import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";

/** The action of the page that hides a file, as far as this form knows it. */
type HideAction = { commands: { hide: unknown } };

/** Asks for a reason, which is stored with the file. */
export function HideForm({ id, back }: { id: string; back: string }) {
  return (
    <CommandForm<HideAction> intent="hide" action={paths.staff.hideFile(id)} preventScrollReset className="grid gap-4">
      <input type="hidden" name="back" value={back} />
      <p className="text-ink-soft">
        The file disappears from this page and every portal, but isn't deleted. Your staff see who hid it and why. Owners and managers can still open it.
      </p>
      <Field label="Reason" name="reason" required autoComplete="off" hint="Such as: wrong truck, or not for the customer" />
      <div>
        <SubmitButton pendingLabel="Hiding">Hide file</SubmitButton>
      </div>
    </CommandForm>
  );
}
