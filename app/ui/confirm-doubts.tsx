import { useContext } from "react";
import { ErrorTarget, FieldError } from "./field-frame";
import { FormState } from "./form-state";

/** Saves what looked like a slip of the hand, once somebody looked at it again: the answer to such a form names its doubts. */
export function ConfirmDoubts({ form }: { form: string }) {
  const { typed, fields } = useContext(FormState);
  const doubts = typed?.doubts;
  const error = fields.confirmed;
  const id = `${form}-confirmed`;
  if (!doubts) return null;
  return (
    <div className="grid gap-1">
      {error && (
        <FieldError id={`${id}-error`}>
          <ErrorTarget name="confirmed" id={id} />
          {error}
        </FieldError>
      )}
      <label className="flex min-h-(--target) cursor-pointer items-center gap-2 font-semibold">
        <input type="checkbox" id={id} name="confirmed" value={doubts} aria-describedby={error ? `${id}-error` : undefined} className="size-4" />
        It's right, record it
      </label>
    </div>
  );
}
