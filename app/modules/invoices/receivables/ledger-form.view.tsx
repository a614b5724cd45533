import { useContext } from "react";
import { Form } from "react-router";
import type { Id } from "~/kernel/ids";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { ErrorTarget, FieldError } from "~/ui/field-frame";
import { SubmitButton } from "~/ui/form";
import { FormState } from "~/ui/form-state";
import { methodLabels, methods } from "./ledger";

/** Typed values and errors of the refused form; null for every other form of the page. */
export type Typed = { fields?: Record<string, string>; values?: Record<string, string> } | null;

/** Name, value and error of a field. `form` keeps the ids of several forms apart. */
export const fieldOf = (form: string, typed: Typed | undefined, name: string, first = "") => ({
  name,
  id: `${form}-${name}`,
  defaultValue: typed?.values?.[name] ?? first,
  error: typed?.fields?.[name],
});

type Props = { form: string /** Of a form that is no `CommandForm`. */; typed?: Typed; amount: string; today: string; dayLabel: string };

/** Fields of a payment or refund. */
export function MoneyFields({ form, typed, amount, today, dayLabel }: Props) {
  return (
    <>
      <Field label="Amount" figures {...fieldOf(form, typed, "amount", amount)} />
      <Select label="How" {...fieldOf(form, typed, "method", "check")}>
        {methods.map((method) => (
          <option key={method} value={method}>
            {methodLabels[method]}
          </option>
        ))}
      </Select>
      <Field label="Reference" hint="Check number or last four digits of the card" {...fieldOf(form, typed, "reference")} />
      <Field label={dayLabel} type="date" {...fieldOf(form, typed, "day", today)} />
      <ConfirmSurplus form={form} given={typed} />
    </>
  );
}

/** Records a payment far above what is open, once somebody looked at it again. */
function ConfirmSurplus({ form, given }: { form: string; given: Typed | undefined }) {
  const around = useContext(FormState);
  const surplus = given?.values?.surplus ?? around.typed?.surplus;
  const error = given?.fields?.confirmed ?? around.fields.confirmed;
  const id = `${form}-confirmed`;
  if (surplus === undefined) return null;
  return (
    <div className="grid gap-1">
      {error && (
        <FieldError id={`${id}-error`}>
          <ErrorTarget name="confirmed" id={id} />
          {error}
        </FieldError>
      )}
      <label className="flex min-h-(--target) cursor-pointer items-center gap-2 font-semibold">
        <input type="checkbox" id={id} name="confirmed" value={surplus} aria-describedby={error ? `${id}-error` : undefined} className="size-4" />
        The amount is right
      </label>
    </div>
  );
}

export const UndoReversalFields = ({ source, typed }: { source: Id<"entry">; typed?: Typed }) => (
  <>
    <Field label="Why" hint="Such as: the check cleared after all, or the wrong one was reversed" {...fieldOf(`again-${source}`, typed, "why")} />
    <SubmitButton pendingLabel="Undoing">Undo reversal</SubmitButton>
  </>
);

/** The form that undoes a reversal made by mistake. */
export function UndoReversal({ source, typed }: { source: Id<"entry">; typed: Typed }) {
  return (
    <Disclosure title="Undo reversal" style="link" open={typed !== null}>
      <Form method="post" className="grid gap-3" noValidate>
        <input type="hidden" name="intent" value="reinstate" />
        <input type="hidden" name="source" value={source} />
        <UndoReversalFields source={source} typed={typed} />
      </Form>
    </Disclosure>
  );
}
