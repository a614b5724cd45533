export type RowSelection = { name: string; value: string; label: string; chosen?: boolean; onChange?: (chosen: boolean) => void };

/** The checkbox that adds a row to a bulk action; part of the form around the list. */
export function RowCheck({ selection }: { selection: RowSelection }) {
  return (
    <label className="flex min-w-(--target) shrink-0 cursor-pointer items-center justify-center">
      <span className="sr-only">{selection.label}</span>
      <input
        type="checkbox"
        name={selection.name}
        value={selection.value}
        {...(selection.onChange ? { checked: selection.chosen ?? false } : { defaultChecked: selection.chosen })}
        onChange={(event) => selection.onChange?.(event.currentTarget.checked)}
        className="size-4"
      />
    </label>
  );
}
