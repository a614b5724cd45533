type Props<Value extends string> = {
  legend: string;
  name: string;
  values: readonly Value[];
  labelOf(value: Value): string;
  value: Value | null;
  error?: string | null;
  onChoose(value: Value): void;
};

/** A question with large answers, for gloves. */
export function Choices<Value extends string>({ legend, name, values, labelOf, value, error, onChoose }: Props<Value>) {
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="mb-2 font-semibold">{legend}</legend>
      {error && (
        <p id={`${name}-error`} className="font-semibold text-state-red">
          {error}
        </p>
      )}
      {values.map((one) => (
        <label
          key={one}
          className="flex min-h-(--target) cursor-pointer items-center gap-3 rounded-corner border border-control px-4 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input type="radio" name={name} value={one} checked={value === one} onChange={() => onChoose(one)} className="size-6 accent-accent" />
          {labelOf(one)}
        </label>
      ))}
    </fieldset>
  );
}
