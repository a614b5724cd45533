export type RowChoice = { name: string; value: string; label: string; chosen?: boolean; onChange?: (chosen: boolean) => void };

/** The tick that takes a row into a bulk action; part of the form around the list. */
export function RowCheck({ choice }: { choice: RowChoice }) {
  return (
    <label className="flex min-w-(--target) shrink-0 cursor-pointer items-center justify-center">
      <span className="sr-only">{choice.label}</span>
      <input
        type="checkbox"
        name={choice.name}
        value={choice.value}
        {...(choice.onChange ? { checked: choice.chosen ?? false } : { defaultChecked: choice.chosen })}
        onChange={(event) => choice.onChange?.(event.currentTarget.checked)}
        className="size-4"
      />
    </label>
  );
}
