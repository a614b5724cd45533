import { useContext } from "react";
import { FormState } from "./form-state";

export type RowSelection = { name: string; value: string; label: string; chosen?: boolean; onChange?: (chosen: boolean) => void };

/** The checkbox that adds a row to a bulk action; part of the form around the list. */
export function RowCheck({ selection }: { selection: RowSelection }) {
  // After a refusal, what was chosen is chosen still.
  const { typed } = useContext(FormState);
  const chosen = typed ? typed[selection.name] === selection.value : selection.chosen;
  return (
    <label className="flex min-w-(--target) shrink-0 cursor-pointer items-center justify-center">
      <span className="sr-only">{selection.label}</span>
      <input
        type="checkbox"
        name={selection.name}
        value={selection.value}
        {...(selection.onChange ? { checked: selection.chosen ?? false } : { defaultChecked: chosen })}
        onChange={(event) => selection.onChange?.(event.currentTarget.checked)}
        className="size-4"
      />
    </label>
  );
}
