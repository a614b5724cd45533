import { CONTROL, FieldError } from "~/ui/field-frame";
import { optionField, PRESELECTED, type TypedOption } from "./options-form";

type Props = {
  rows: readonly TypedOption[];
  preselected: string;
  errors: Readonly<Record<string, string>> | undefined;
  onName(row: number, name: string): void;
};

const examples = ["Good", "Better", "Best"];

/** The options of a job, such as good, better and best. Where it has none they are folded away. */
export function OptionFields({ rows, preselected, errors, onName }: Props) {
  const isUsed = rows.some(({ name }) => name !== "");
  const wrong = rows.map((_, row) => optionField(row, "name")).filter((name) => errors?.[name]);
  return (
    <details open={isUsed || wrong.length > 0}>
      <summary className="inline-flex min-h-(--target) cursor-pointer list-none items-center text-small text-accent underline-offset-2 select-none hover:underline [&::-webkit-details-marker]:hidden">
        {isUsed ? "Options" : "Add options"}
      </summary>
      <fieldset className="grid max-w-160 gap-2 pb-2">
        <legend className="pb-1 text-small text-ink-soft">
          Ways to do this job that the customer chooses from. Name them, then say at each line which one it is in. Only the preselected one counts until the
          customer chooses.
        </legend>
        {rows.map(({ id, name }, row) => {
          const field = optionField(row, "name");
          return (
            <div key={id} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1">
              <input type="hidden" name={optionField(row, "id")} value={id} />
              <label htmlFor={field} className="sr-only">
                Option {row + 1}
              </label>
              <input
                id={field}
                name={field}
                value={name}
                placeholder={examples[row] ? `Option ${row + 1}, such as ${examples[row]}` : `Option ${row + 1}`}
                className={CONTROL}
                aria-invalid={errors?.[field] ? true : undefined}
                aria-describedby={errors?.[field] ? `${field}-error` : undefined}
                onChange={(event) => onName(row, event.currentTarget.value)}
              />
              <label className="flex min-h-(--target) items-center gap-1.5 text-small whitespace-nowrap">
                <input type="radio" name={PRESELECTED} value={id} defaultChecked={preselected === "" ? row === 0 : preselected === id} className="size-4" />
                Preselected<span className="sr-only"> is option {row + 1}</span>
              </label>
            </div>
          );
        })}
        {wrong.map((name) => (
          <FieldError key={name} id={`${name}-error`}>
            {errors?.[name]}
          </FieldError>
        ))}
      </fieldset>
    </details>
  );
}
